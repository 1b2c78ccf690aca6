"""Records: taking values in, computing, judging, posting."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from engine.definition.field_types import FIELD_TYPES
from engine.definition.record_schema import record_schema
from engine.definition.values import (
    accept,
    check_rules,
    completeness,
    compute,
    dump,
    entries,
    field_state,
    fill,
    read_only_changes,
    with_lookups,
)
from engine.expressions import Environment
from tests.unit.definition.shop import configuration
from tests.unit.definition.strategies import ANYTHING, VALUES, field

SHOP = configuration()
ORDER = SHOP.entity("shop.order")
ITEMS = {
    "i1": {"name": "bolt", "price": Decimal("2.50"), "unit": "box"},
    "i2": {"name": "nut", "price": Decimal("0.10")},
}
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def fetch(shape: str, key: str, name: str) -> object:
    return ITEMS.get(key, {}).get(name) if shape == "shop.item" else None


def measured(name: str, dimensions: Mapping[str, object]) -> Decimal:
    return Decimal("-3.00")


ENV = Environment(fetch=fetch, now=NOW, measure=measured)
LINES = [{"item": "i1", "count": "3"}, {"item": "i2", "count": "5", "price": "0.20"}]


def whole(payload: dict[str, object]) -> dict[str, object]:
    values, found = accept(ORDER, payload)
    assert found == ()
    return compute(ORDER, fill(ORDER, values, ENV), ENV)[0]


def told(problems: object) -> list[tuple[str, str]]:
    return [(one.pointer, one.code) for one in problems]


def test_what_was_sent_becomes_canonical_values():
    values, found = accept(ORDER, {"day": "2026-03-02", "lines": LINES, "reason": ""})

    assert found == ()
    assert values["day"] == date(2026, 3, 2)
    assert values["lines"][0] == {"item": "i1", "count": Decimal("3.00")}
    assert values["reason"] is None


def test_every_wrong_thing_is_told_with_a_pointer_into_the_payload():
    payload = {"dya": "x", "total": "5", "priority": "middle", "lines": [{"count": "1001", "item": 3, "amount": "1"}]}

    _, found = accept(ORDER, payload)

    assert set(told(found)) == {
        ("/dya", "unknown_key"),
        ("/total", "read_only"),
        ("/priority", "not_an_option"),
        ("/lines/0/count", "above_maximum"),
        ("/lines/0/item", "wrong_type"),
        ("/lines/0/amount", "read_only"),
    }


def test_a_row_keeps_what_it_does_not_name_and_must_be_known():
    before = {"lines": [{"id": "r1", "item": "i1", "count": Decimal(3)}]}
    payload = {"lines": [{"id": "r1", "count": "4"}, {"id": "r9"}, {"id": "r1"}]}

    values, found = accept(ORDER, payload, partial=True, current=before)

    assert values["lines"][0] == {"id": "r1", "item": "i1", "count": Decimal("4.00")}
    assert told(found) == [("/lines/1/id", "unknown_row"), ("/lines/2/id", "duplicate_row")]


def test_a_payload_that_is_no_object_is_told():
    values, found = accept(ORDER, [1])

    assert (values, told(found)) == ({}, [("", "wrong_type")])


@given(payload=ANYTHING)
def test_accept_never_raises(payload: object):
    accept(ORDER, payload)

    accept(ORDER, {"lines": payload, "day": payload, "priority": payload}, partial=True, current={"lines": []})


TYPED = sorted(kind for kind in set(VALUES) - {"sub_table", "secret"} if not FIELD_TYPES[kind].made)
"""A secret reads as dots, which say that it stays."""


@given(kind=st.sampled_from(TYPED), data=st.data())
def test_what_is_dumped_is_accepted_as_the_same(kind: str, data: st.DataObject):
    entity = replace(ORDER, fields=(field(kind),))
    values, found = accept(entity, {"x": data.draw(VALUES[kind])})

    again, still = accept(entity, dump(entity, values))

    assert found == still == ()
    assert again == values


def test_a_new_record_gets_defaults_and_copies_and_keeps_what_was_typed():
    values, _ = accept(ORDER, {"lines": LINES})

    record = fill(ORDER, values, ENV)

    assert (record["day"], record["priority"]) == (date(2026, 3, 2), "low")
    assert [row["price"] for row in record["lines"]] == [Decimal("2.50"), Decimal("0.20")]


def test_a_copy_stays_while_its_reference_stays_and_follows_when_it_changes():
    old = {
        "lines": [{"id": "r1", "item": "i1", "price": Decimal("9.00")}, {"id": "r2", "item": "i1", "price": Decimal(9)}]
    }

    record = fill(ORDER, {"lines": [{"id": "r1", "item": "i1"}, {"id": "r2", "item": "i2"}]}, ENV, old)

    assert [row["price"] for row in record["lines"]] == [Decimal("9.00"), Decimal("0.10")]


def test_formulas_and_look_ups_follow_their_order():
    record = whole({"lines": LINES})

    assert [row["amount"] for row in record["lines"]] == [Decimal("7.50"), Decimal("1.00")]
    assert record["total"] == Decimal("8.50")
    assert record["lines"][0]["unit"] == "box"
    assert with_lookups(ORDER, {"lines": [{"item": "i1"}]}, ENV)["lines"] == [{"item": "i1", "unit": "box"}]


def test_a_hidden_field_is_cleared_where_the_design_says_so():
    record = whole({"lines": [{"item": "i1", "count": "3", "note": "x"}, {"item": "i1", "count": "11", "note": "y"}]})

    notes = [row["note"] for row in record["lines"]]

    assert notes == [None, "y"]


def test_a_formula_without_a_value_is_told_where_it_stands():
    values = {"lines": [{"item": "i1", "count": Decimal(10) ** 12, "price": Decimal(10) ** 12}]}

    record, found = compute(ORDER, values, ENV)

    assert record["lines"][0]["amount"] is None
    assert told(found) == [("/lines/0/amount", "number_too_long")]


def test_what_is_missing_is_told_also_by_condition():
    values = {"priority": "high", "lines": [{"item": "i1", "count": None}]}

    found = completeness(ORDER, values, ENV)

    assert told(found) == [
        ("/machine", "required"),
        ("/day", "required"),
        ("/reason", "required"),
        ("/lines/0/count", "required"),
    ]


def test_a_sub_table_without_rows_is_missing():
    found = completeness(ORDER, {"machine": "m", "day": date(2026, 3, 2), "lines": []}, ENV)

    assert told(found) == [("/lines", "required")]


def test_a_rule_that_does_not_hold_is_told_at_its_target_with_filled_words():
    record = whole({"lines": [{"item": "i1", "count": "500"}]})

    found = check_rules(ORDER, record, ENV, "save")

    assert told(found) == [("/total", "rule_violated")]
    assert found[0].params["message"] == {"zh-CN": "合计 1250 超过 1000", "en": "Total 1250 is above 1000"}
    assert found[0].severity == "error"


def test_a_rule_of_rows_is_asked_for_each_and_only_at_its_moment():
    record = whole({"lines": LINES})

    found = check_rules(ORDER, record, ENV, "submit")

    assert [one.pointer for one in found] == ["/lines/0/count", "/lines/1/count"]
    assert found[0].params["message"]["zh-CN"] == "bolt 只剩 -3"
    assert {one.severity for one in found} == {"warning"}
    assert check_rules(ORDER, record, ENV, "save") == ()


def test_a_check_that_is_blank_does_not_hold():
    found = check_rules(ORDER, {"total": None}, ENV, "save")

    assert [one.code for one in found] == ["rule_violated"]


def test_postings_write_one_entry_for_each_row_that_qualifies():
    record = whole({"day": "2026-03-02", "lines": [{"item": "i1", "count": "3"}, {"item": "i2", "count": "0"}]})

    written = entries(ORDER, record, ENV)

    assert [(one.posting, one.to, one.line) for one in written] == [("take", "shop.stock", "#1")]
    assert written[0].values == {"item": "i1", "day": date(2026, 3, 2), "quantity": Decimal("-3.00")}


def test_a_field_that_is_read_only_now_may_not_change():
    before = {"total": Decimal(600), "reason": "a"}

    found = read_only_changes(ORDER, before, {**before, "reason": "b"}, ENV)

    assert told(found) == [("/reason", "read_only")]
    assert field_state(ORDER.field("reason"), replace(ENV, values=before)).read_only


def test_the_contract_of_an_entity_is_its_json_schema():
    schema = record_schema(ORDER, "en")

    assert schema["title"] == "Order"
    assert schema["required"] == ["machine", "day", "lines"]
    assert schema["properties"]["total"]["readOnly"] is True
    assert set(schema["properties"]["lines"]["items"]["properties"]) >= {"id", "item", "count"}
