"""The documentation and the browser's table are what the function table says, and every example is true."""

import json
from pathlib import Path

import pytest

from engine.expressions import Compiled, compile_expression, evaluate
from engine.expressions.functions import FUNCTIONS, KINDS, Function
from engine.expressions.parser import RESERVED
from engine.expressions.reference import EXAMPLE_ENVIRONMENT, EXAMPLE_SCOPE, browser_file, browser_modes, markdown
from engine.expressions.values import text_of

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(("language", "file"), [("en", "expressions.md"), ("zh-CN", "expressions.zh-CN.md")])
def test_the_page_is_the_generated_one(language: str, file: str) -> None:
    assert (ROOT / "docs" / "reference" / file).read_text(encoding="utf-8") == markdown(language)


def test_the_table_of_the_browser_is_the_generated_one() -> None:
    file = ROOT / "admin_ui" / "src" / "core" / "expressions" / "functions.json"

    expected = browser_file(lambda value: json.dumps(value, ensure_ascii=False))

    assert file.read_text(encoding="utf-8") == expected


def test_what_evaluating_needs_of_the_table_is_the_generated_one() -> None:
    file = ROOT / "admin_ui" / "src" / "core" / "expressions" / "modes.json"

    expected = browser_modes(lambda value: json.dumps(value, ensure_ascii=False))

    assert file.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS.keys())
def test_the_example_of_a_function_is_true(function: Function) -> None:
    text, expected = function.example

    compiled = compile_expression(text, EXAMPLE_SCOPE)

    assert isinstance(compiled, Compiled), compiled
    assert text_of(evaluate(compiled, EXAMPLE_ENVIRONMENT), EXAMPLE_ENVIRONMENT.timezone) == expected
    assert function.name in compiled.functions


def test_no_two_functions_share_a_name() -> None:
    names = [name for kind in KINDS.values() for function in kind for name in (function.name, *function.aliases)]

    assert len(names) == len(set(names))


def test_only_logical_words_are_both_reserved_and_functions() -> None:
    assert set(RESERVED) & set(FUNCTIONS) == {"AND", "OR", "NOT"}
