"""One amount shared among rows: the shares add up to it, and a wrong split is found before it is published."""

from decimal import Decimal

import pytest

from engine.definition import Configuration
from engine.definition.values import entries
from engine.definition.values.entries import entries_to
from engine.expressions import Environment, ExpressionError
from tests.unit.definition.shop import Documents, configuration, document, documents, number, problems, record, text

SPLIT = {"over": "lines.shares", "weight": "weight", "field": "amount"}
SET = {"target": "target", "amount": "amount"}


def division(**posting: object) -> Documents:
    ledger = record(["amount"], target=text("Target"), amount=number("Amount", type="money"))
    rows = {"type": "array", "items": record([], target=text("Target"), weight=number("Weight"))}
    lines = record([], amount=number("Amount", type="money"), shares={"title": "Shares", **rows})
    given = {"name": "share", "to": "cut", "each": "lines", "split": SPLIT, "set": SET} | posting
    given = {key: value for key, value in given.items() if value}
    schema = record([], total=number("Total", type="money"), lines={"title": "Lines", "type": "array", "items": lines})
    return documents() | {
        "shop/entities/cut.json": document(
            "entity", name="cut", title="Cut", kind="ledger", display="target", schema=ledger
        ),
        "shop/entities/division.json": document(
            "entity",
            name="division",
            title="Division",
            kind="document",
            display="total",
            schema=schema,
            postings=[given],
        ),
    }


def configured(**posting: object) -> Configuration:
    return configuration(division(**posting))


def row(amount: str, *weights: str) -> dict[str, object]:
    return {
        "id": f"line of {amount}",
        "amount": Decimal(amount),
        "shares": [{"id": f"{at}", "target": f"T{at}", "weight": Decimal(one)} for at, one in enumerate(weights)],
    }


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        ("1000.00", ["1", "1", "1"], ["333.34", "333.33", "333.33"]),
        ("455.55", ["3.5", "2", "2.5"], ["199.30", "113.89", "142.36"]),
        ("-0.01", ["1", "1"], ["-0.01", "0.00"]),
    ],
)
def test_the_shares_add_up_to_the_amount(amount: str, weights: list[str], parts: list[str]) -> None:
    entity = configured().entity("shop.division")

    written = entries(entity, {"lines": [row(amount, *weights)]}, Environment())

    assert [str(one.values["amount"]) for one in written] == parts
    assert [one.values["target"] for one in written] == [f"T{at}" for at in range(len(weights))]


def test_every_amount_is_shared_among_its_own_rows_and_those_left_out_take_nothing() -> None:
    entity = configured(when="weight > 0").entity("shop.division")
    values = {"lines": [row("10.00", "1", "0", "1", "1"), row("7.00", "0"), row("0.05", "2", "1")]}

    written = entries(entity, values, Environment())

    assert [(one.line, str(one.values["amount"])) for one in written] == [
        ("0", "3.34"),
        ("2", "3.33"),
        ("3", "3.33"),
        ("0", "0.03"),
        ("1", "0.02"),
    ]


def test_an_amount_of_the_whole_document_is_shared_among_all_rows() -> None:
    entity = configured(each="", set={"target": "target", "amount": "total"}).entity("shop.division")
    values = {"total": Decimal("1.00"), "lines": [row("0", "1", "1"), row("0", "1")]}

    written = entries(entity, values, Environment())

    assert [str(one.values["amount"]) for one in written] == ["0.34", "0.33", "0.33"]


def test_weights_that_are_all_zero_have_no_shares() -> None:
    entity = configured().entity("shop.division")
    values = {"lines": [row("5.00", "0", "0")]}

    targets = [one.values["target"] for one in entries_to(entity, "shop.cut", values, Environment())]

    assert targets == ["T0", "T1"]
    with pytest.raises(ExpressionError, match="bad_weights"):
        entries(entity, values, Environment())


@pytest.mark.parametrize(
    ("posting", "at", "code"),
    [
        ({"split": SPLIT | {"over": "lines"}}, "/split/over", "split_not_within"),
        ({"split": SPLIT | {"over": "parts"}}, "/split/over", "unknown_table"),
        ({"split": SPLIT | {"field": "nothing"}}, "/split/field", "unknown_field"),
        (
            {"split": SPLIT | {"field": "target"}, "set": {"target": "'x'", "amount": "1"}},
            "/split/field",
            "split_of_no_number",
        ),
        ({"split": SPLIT | {"weight": "target"}}, "/split/weight", "formula_wrong_result"),
    ],
)
def test_a_wrong_split_is_found(posting: dict[str, object], at: str, code: str) -> None:
    found = problems(division(**posting))

    assert [(pointer, code) for _, pointer, code in found] == [(f"/postings/0{at}", code)]


def test_only_a_ledger_says_what_a_reversal_keeps() -> None:
    changed = division()
    schema = record([], total=number("Total", reverse="keep"))
    changed["shop/entities/division.json"] |= {"schema": schema, "postings": []}

    found = problems(changed)

    assert [code for _, _, code in found] == ["reverse_not_in_a_ledger"]
