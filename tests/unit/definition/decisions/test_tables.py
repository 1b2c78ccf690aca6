"""Decision tables answer as DMN says: cells, hit policies, aggregates, blanks."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.definition.decisions import Table, compile_table
from engine.definition.decisions.cells import Malformed, parse_literal, parse_test, written
from engine.errors import Conflict

CELLS = [
    ("-", [None, Decimal(1), "a"], []),
    ("", [None, "a"], []),
    ("5", [Decimal("5.0")], [Decimal(4), "5", None, True]),
    ("-5", [Decimal(-5)], [Decimal(5)]),
    ("< 5", [Decimal(4)], [Decimal(5), None, "a"]),
    (">= -1.5", [Decimal("-1.5")], [Decimal(-2)]),
    ("[1..5)", [Decimal(1), Decimal("4.99")], [Decimal(5), Decimal(0), None]),
    ("]1..5[", [Decimal(2)], [Decimal(1), Decimal(5)]),
    ("(1..5]", [Decimal(5)], [Decimal(1)]),
    ('"a", "b, c"', ["a", "b, c"], ["c", None]),
    ('not("a", "b")', ["c", None], ["a", "b"]),
    ("not(> 5)", [Decimal(5)], [Decimal(6), None]),
    ("< 1, [5..6], > 10", [Decimal(0), Decimal(5), Decimal(11)], [Decimal(3)]),
    ("true", [True], [False, None, Decimal(1)]),
    ("null", [None], [False, ""]),
    ('>= date("2026-03-01")', [date(2026, 3, 1)], [date(2026, 2, 28), None]),
    (r'"say \"so\""', ['say "so"'], []),
]
BROKEN = (
    "<",
    "1 2",
    "[1..",
    "[1..2",
    "a + 1",
    "not(1",
    '"open',
    "date(1)",
    'date("2026-99-99")',
    "not()",
    ",",
    "§",
    "1..2",
    "[1..2}",
    "x" * 5000,
)


@pytest.mark.parametrize(("cell", "holds", "fails"), CELLS)
def test_cell_tests_a_value(cell: str, holds: list[Any], fails: list[Any]):
    test = parse_test(cell)

    assert [test(value) is True for value in (*holds, *fails)] == [True] * len(holds) + [False] * len(fails)


@pytest.mark.parametrize("cell", BROKEN)
def test_cell_that_makes_no_sense_is_refused(cell: str):
    with pytest.raises(Malformed):
        parse_test(cell)


@pytest.mark.parametrize("value", [Decimal("-12.50"), 'a "b"\n\\', True, False, None, date(2026, 3, 1)])
def test_literal_is_written_and_read(value: Any):
    assert parse_literal(written(value)) == value


def table(policy: str, *rules: tuple[str, str], **more: Any) -> Table:
    outputs = [{"name": "grade", **{key: more.pop(key) for key in ("values", "default") if key in more}}]
    written_rules = [{"when": [when], "then": [then]} for when, then in rules]
    document = {
        "name": "grades",
        "hit_policy": policy,
        "inputs": [{"name": "points"}],
        "outputs": outputs,
        "rules": written_rules,
    }
    found = compile_table({**document, **more})
    assert isinstance(found, Table), found
    return found


def answer(asked: Table, points: int | None) -> Any:
    return asked.decide({"points": None if points is None else Decimal(points)}).value


def test_single_hit_policies_answer_one_value():
    rules = (("> 1", '"low"'), ("> 5", '"high"'))

    first = table("first", *rules)
    ranked = table("priority", *rules, values=['"high"', '"low"'])
    same = table("any", ("> 1", "7"), ("> 5", "7.0"))

    assert [answer(first, 9), answer(ranked, 9), answer(same, 9)] == ["low", "high", Decimal(7)]
    assert [answer(first, 0), answer(table("unique", *rules, default='"none"'), 0)] == [None, "none"]
    assert answer(first, None) is None


def test_tables_that_break_their_policy_say_which_rules_do():
    rules = (("> 1", "1"), ("> 5", "2"))

    refused = []
    for policy in ("unique", "any"):
        with pytest.raises(Conflict) as raised:
            answer(table(policy, *rules), 9)
        refused.append((raised.value.code, raised.value.params["rules"]))

    assert refused == [("decision_not_unique", [1, 2]), ("decision_answers_differ", [1, 2])]


def test_policies_that_collect_answer_lists_and_aggregates():
    rules = (("> 1", "2"), ("> 5", "0.5"), ("> 7", "2"))

    found = [answer(table("collect", *rules, aggregate=one), 9) for one in ("sum", "min", "max", "count")]

    assert found == [Decimal("4.5"), Decimal("0.5"), Decimal(2), Decimal(3)]
    assert [answer(table("collect", *rules, aggregate=one), 0) for one in ("sum", "count")] == [None, Decimal(0)]
    assert answer(table("collect", *rules), 9) == [Decimal(2), Decimal("0.5"), Decimal(2)]
    assert answer(table("output_order", *rules, values=["0.5", "2"]), 9) == [Decimal("0.5"), Decimal(2), Decimal(2)]


def test_several_outputs_answer_by_name():
    document = {
        "name": "t",
        "inputs": [],
        "outputs": [{"name": "a"}, {"name": "b"}],
        "rules": [{"when": [], "then": ["1", '"x"']}],
    }

    found = compile_table(document)

    assert isinstance(found, Table)
    assert found.decide({}).value == {"a": Decimal(1), "b": "x"}


def test_every_mistake_of_a_table_is_told_with_its_place():
    rules = [{"when": ["a + 1"], "then": ["f(x)"]}, {"when": [], "then": ["1"]}]
    document = {
        "name": "t",
        "hit_policy": "first",
        "aggregate": "sum",
        "inputs": [{"name": "a"}],
        "outputs": [{"name": "b"}],
        "rules": rules,
    }

    found = compile_table(document)

    assert not isinstance(found, Table)
    told = {(one.code, one.pointer) for one in found}
    assert told == {
        ("decision_cell", "/rules/0/when/0"),
        ("decision_cell", "/rules/0/then/0"),
        ("decision_cells", "/rules/1/when"),
        ("decision_aggregate", "/aggregate"),
    }
