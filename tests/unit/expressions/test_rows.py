"""Functions over rows: which paths they read, which names they see, and what they cost."""

import time

import pytest

from engine.expressions import (
    NUMBER,
    TEXT,
    Compiled,
    Environment,
    ExpressionError,
    ListOf,
    RecordOf,
    Scope,
    compile_expression,
    evaluate,
)

SCOPE = Scope(
    names={"total": NUMBER, "lines": ListOf(RecordOf("order/lines")), "parts": ListOf(RecordOf("order/parts"))},
    shapes={
        "order/lines": {"count": NUMBER, "kind": TEXT, "item": RecordOf("stock.item")},
        "order/parts": {"count": NUMBER, "name": TEXT},
        "stock.item": {"price": NUMBER},
    },
)


def compiled(text: str) -> Compiled:
    found = compile_expression(text, SCOPE)
    assert isinstance(found, Compiled), found
    return found


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("SUMEACH(lines, count)", {"lines", "lines.count"}),
        ("SUMEACH(lines, count * total, kind = 'x')", {"lines", "lines.count", "lines.kind", "total"}),
        ("SUMEACH(lines, item.price)", {"lines", "lines.item.price"}),
        ("FILTER(lines, kind = 'x').count", {"lines", "lines.count", "lines.kind"}),
        ("FIRST(SORTBY(lines, count)).item.price", {"lines", "lines.count", "lines.item.price"}),
        ("SUMEACH(lines, COUNTEACH(parts, count > 1 AND name = kind))",
         {"lines", "parts", "parts.count", "parts.name", "lines.kind"}),
        ("MAP(FILTER(lines, kind = 'x'), count)", {"lines", "lines.count", "lines.kind"}),
        ("MAP(lines.count, ITEM * 2)", {"lines.count"}),
    ],
)  # fmt: skip
def test_the_paths_behind_a_list_are_the_columns_of_the_list(text: str, reads: set[str]) -> None:
    formula = compiled(text)

    found = formula.reads

    assert found == reads


def test_the_innermost_list_that_has_the_name_wins() -> None:
    values = {"lines": [{"count": 2, "kind": "a"}], "parts": [{"count": 5, "name": "a"}, {"count": 7, "name": "b"}]}

    found = evaluate(compiled("SUMEACH(lines, SUMEACH(parts, count, name = kind))"), Environment(values=values))

    assert found == 5


def test_an_argument_that_does_not_fit_names_what_is_expected() -> None:
    found = compile_expression("SUMEACH(lines, kind)", SCOPE)

    assert not isinstance(found, Compiled)
    assert [(one.code, one.params["expected"]["en"], one.params["found"]["en"]) for one in found] == [
        ("formula_wrong_argument", "number", "text")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "SUMEACH(lines, SUMEACH(lines, SUMEACH(lines, count)))",
        "COUNT(MAP(SEQUENCE(1, 10000), MAP(SEQUENCE(1, 10000), ITEM)))",
        "MAP(SEQUENCE(1, 10000), REPEAT('x', 100000))",
        "MAP(SEQUENCE(1, 10000), SPLIT(REPEAT('x,', 50000), ','))",
        "MAP(SEQUENCE(1, 10000), MATCHES(REPEAT('a', 9000), '*' & REPEAT('a', 190) & 'b'))",
        "MAP(SEQUENCE(1, 10000), LEN(REPEAT('a', 90000)))",
        "MAP(SEQUENCE(1, 10000), SHARES(100, SEQUENCE(1, 10000)))",
        "MAP(SEQUENCE(1, 10000), MODE(SEQUENCE(1, 10000)))",
    ],
)
def test_what_would_take_for_ever_ends_soon(text: str) -> None:
    env = Environment(values={"lines": [{"count": 1}] * 500})
    formula = compiled(text)
    began = time.process_time()

    with pytest.raises(ExpressionError) as caught:
        evaluate(formula, env)

    assert caught.value.code == "too_many_steps"
    assert time.process_time() - began < 5
