"""Problems in words."""

from engine.problems import Problem, describe


def test_a_hint_is_given_where_there_is_one() -> None:
    problem = Problem("formula_unknown_name", params={"name": "totl", "near": ["total", "totals"]})

    text = describe(problem, "en")

    assert text.remedy == "Use a field that exists. Did you mean total, totals?"


def test_a_hint_without_a_guess_is_left_out() -> None:
    problem = Problem("formula_unknown_name", params={"name": "zzz", "near": []})

    text = describe(problem, "en")

    assert text.remedy == "Use a field that exists."


def test_a_missing_parameter_is_shown_by_its_name_and_loses_no_sentence() -> None:
    problem = Problem("formula_unknown_name", params={})

    text = describe(problem, "zh-CN")

    assert "{name}" in text.text
