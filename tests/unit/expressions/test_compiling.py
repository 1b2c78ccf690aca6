"""Parsing and checking: positions, suggestions, limits, what a formula reads."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions import (
    BOOLEAN,
    NUMBER,
    TEXT,
    Compiled,
    ListOf,
    MeasureType,
    RecordOf,
    Scope,
    Type,
    compile_expression,
    from_json,
    parse,
    to_json,
    type_from_json,
    type_to_json,
)
from engine.expressions.parser import MAX_HEIGHT
from engine.problems import LANGUAGES, Problem, describe

SCOPE = Scope(
    names={"total": NUMBER, "kind": TEXT, "maker": RecordOf("stock.maker"), "lines": ListOf(RecordOf("order/lines"))},
    shapes={
        "stock.maker": {"name": TEXT, "rate": NUMBER},
        "order/lines": {"amount": NUMBER, "maker": RecordOf("stock.maker")},
    },
    measures={"stock.held": MeasureType({"maker": RecordOf("stock.maker")})},
)


def compiled(text: str, expect: Type | None = None) -> Compiled:
    outcome = compile_expression(text, SCOPE, expect)
    assert isinstance(outcome, Compiled), outcome
    return outcome


def problems(text: str, expect: Type | None = None) -> tuple[Problem, ...]:
    outcome = compile_expression(text, SCOPE, expect)
    assert not isinstance(outcome, Compiled)
    return outcome


def test_all_problems_come_at_once_each_at_its_place() -> None:
    found = problems("totl + NOPE(1) & 'x' + 1")

    assert [(problem.code, problem.span) for problem in found] == [
        ("formula_unknown_name", (0, 4)),
        ("formula_unknown_function", (7, 14)),
        ("formula_wrong_operands", (17, 24)),
    ]


def test_an_unknown_name_comes_with_near_ones() -> None:
    (problem,) = problems("totl")

    assert problem.params == {"name": "totl", "near": ["total"]}


def test_what_is_unknown_is_reported_once() -> None:
    found = problems("ROUND(totl * 2, 2) > 5 AND totl2.name = 'x'")

    assert [problem.code for problem in found] == ["formula_unknown_name", "formula_unknown_name"]


def test_the_wrong_kind_of_result_is_a_problem() -> None:
    (problem,) = problems("total + 1", BOOLEAN)

    assert problem.code == "formula_wrong_result"
    assert problem.params["expected"] == {"zh-CN": "是/否", "en": "yes/no"}


def test_blank_fits_every_expectation() -> None:
    assert compiled("BLANK", BOOLEAN).tree.type != BOOLEAN


def test_a_formula_says_what_it_reads_and_uses() -> None:
    found = compiled("SUM(lines.amount) + MEASURE('stock.held', maker = maker) + LEN(maker.name) + YEAR(TODAY)")

    assert found.reads == {"lines.amount", "maker", "maker.name"}
    assert found.measures == {"stock.held"}
    assert found.functions == {"SUM", "LEN", "YEAR", "TODAY"}
    assert found.volatile


def test_a_formula_without_clock_or_person_is_not_volatile() -> None:
    assert not compiled("total * 2").volatile


def test_a_column_through_a_reference_is_a_list() -> None:
    assert compiled("lines.maker.rate").type == ListOf(NUMBER)


def test_me_has_members_where_users_have_a_shape() -> None:
    scope = Scope(shapes={"system.user": {"name": TEXT}})

    outcome = compile_expression("ME.name", scope)

    assert isinstance(outcome, Compiled)
    assert outcome.type == TEXT


@pytest.mark.parametrize("kind", [NUMBER, ListOf(TEXT), RecordOf("a.b"), ListOf(RecordOf("a/b"))])
def test_a_type_survives_json(kind: Type) -> None:
    assert type_from_json(type_to_json(kind)) == kind


def test_what_is_no_type_is_refused() -> None:
    with pytest.raises(ValueError, match="not a type"):
        type_from_json({"set": "number"})


def test_a_tree_survives_json_with_its_spans() -> None:
    tree = compiled("IF(total IN (1, 2.50), maker.name, 'x' & -total%)").tree

    read = from_json(to_json(tree))

    assert read == tree
    assert read.span == tree.span


def test_the_tallest_tree_is_allowed_and_no_taller() -> None:
    assert not isinstance(parse("+".join(["1"] * MAX_HEIGHT)), Problem)
    assert isinstance(parse("+".join(["1"] * (MAX_HEIGHT + 1))), Problem)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text("()+-*/^%&=<>'\".,1a AND NOTIN“（", max_size=60))
def test_no_text_makes_the_compiler_raise(text: str) -> None:
    outcome = compile_expression(text, SCOPE)

    if not isinstance(outcome, Compiled):
        assert all(describe(problem, language).remedy for problem in outcome for language in LANGUAGES)
