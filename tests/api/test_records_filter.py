"""The filter of a list: every operator on every type, put together, and every mistake."""

from typing import Any

import pytest

from tests.api.office import Office
from tests.api.shop import ITEM, ORDER, RECEIPT, an_order, large, line


@pytest.fixture
def store(office: Office) -> Office:
    """Four items beside bolt and nut: A is full, B half, C blank, D has words that need quoting."""
    kim = office["kim"]
    kim.create(
        ITEM, code="A", name="Alpha", price="1.50", pieces=10, weight="0.125", share="0.1500", active=True,
        made_on="2026-01-31", checked_at="2026-03-01T23:30:00+08:00", opens="08:30", kind="tool",
        tags=["heavy", "new"], keeper=office.ids["kim"], department=office.ids["north"], machine=office.ids["m1"],
        note="first line\nsecond",
    )  # fmt: skip
    kim.create(
        ITEM, code="B", name="Beta", price="2.50", pieces=20, weight="2", share="0.5", active=False,
        made_on="2026-02-01", checked_at="2026-03-02T00:30:00+08:00", opens="17:00", kind="other",
        tags=["fragile"], keeper=office.ids["ken"], department=office.ids["south"], machine=office.ids["m2"],
    )  # fmt: skip
    kim.create(ITEM, code="C", name="Gamma", active=None, kind=None)
    kim.create(ITEM, code="D", name="50%_off \\ 'quoted'", price="3.00", tags=[])
    return office


def found(office: Office, condition: object) -> str:
    """The codes of what a condition leaves of A, B, C and D."""
    letters = {"field": "code", "op": "in", "value": ["A", "B", "C", "D"]}
    reply = office["kim"].list(ITEM, filter={"and": [letters, condition]}, sort="code", fields="code")
    assert reply.status == 200, reply
    return "".join(item["values"]["code"] for item in reply.body["items"])


CASES: list[tuple[str, str, object, str]] = [
    ("name", "eq", "Alpha", "A"),
    ("name", "ne", "Alpha", "BCD"),
    ("name", "contains", "ET", "B"),
    ("name", "contains", "%_", "D"),
    ("name", "contains", "\\", "D"),
    ("name", "starts_with", "Ga", "C"),
    ("name", "starts_with", "ga", ""),
    ("name", "in", ["Alpha", "Gamma", "nothing"], "AC"),
    ("name", "not_in", ["Alpha", "Gamma"], "BD"),
    ("note", "blank", None, "BCD"),
    ("note", "not_blank", None, "A"),
    ("note", "contains", "SECOND", "A"),
    ("price", "eq", "1.5", "A"),
    ("price", "eq", "1.505", ""),
    ("price", "ne", "1.50", "BD"),
    ("price", "lt", "1234567890123.00", "ABD"),
    ("price", "lt", "2.50", "A"),
    ("price", "le", "2.509", "AB"),
    ("price", "gt", "1.499", "ABD"),
    ("price", "ge", "2.50", "BD"),
    ("price", "between", ["1.5", "2.5"], "AB"),
    ("price", "between", [None, "1.50"], "A"),
    ("price", "between", ["2.51", None], "D"),
    ("price", "in", ["3", "1.5"], "AD"),
    ("price", "blank", None, "C"),
    ("weight", "eq", "0.125", "A"),
    ("weight", "gt", "0.125", "B"),
    ("share", "ge", "0.5", "B"),
    ("pieces", "eq", 10, "A"),
    ("pieces", "gt", 10, "B"),
    ("pieces", "between", [10, 20], "AB"),
    ("active", "eq", True, "AD"),
    ("active", "eq", False, "B"),
    ("active", "blank", None, "C"),
    ("made_on", "eq", "2026-01-31", "A"),
    ("made_on", "gt", "2026-01-31", "B"),
    ("made_on", "between", ["2026-01-01", "2026-01-31"], "A"),
    ("checked_at", "lt", "2026-03-01T16:00:00Z", "A"),
    ("checked_at", "ge", "2026-03-02T00:00:00+08:00", "B"),
    ("opens", "le", "08:30", "A"),
    ("opens", "gt", "08:30:01", "B"),
    ("kind", "eq", "tool", "A"),
    ("kind", "ne", "tool", "BD"),
    ("kind", "in", ["tool", "other"], "AB"),
    ("kind", "blank", None, "C"),
    ("tags", "contains", "new", "A"),
    ("tags", "contains", ["fragile", "new"], "AB"),
    ("tags", "blank", None, "CD"),
    ("keeper.name", "eq", "Kim", "A"),
    ("keeper.department.name", "eq", "South", "AB"),
    ("department.code", "eq", "N", "A"),
    ("machine.code", "starts_with", "M", "AB"),
    ("machine", "blank", None, "CD"),
    ("owner.name", "eq", "Kim", "ABCD"),
    ("created_at", "ge", "2026-03-02", "ABCD"),
    ("created_at", "gt", "2026-03-02T04:00:00Z", ""),
    ("version", "eq", 1, "ABCD"),
]


def test_every_operator_finds_what_it_says(store: Office):
    seen = [(path, op, value, found(store, {"field": path, "op": op, "value": value})) for path, op, value, _ in CASES]

    assert seen == CASES


def test_references_are_found_by_id(store: Office):
    machine = {"field": "machine", "op": "eq", "value": store.ids["m1"]}
    several = {"field": "keeper", "op": "in", "value": [store.ids["kim"], store.ids["ken"]]}

    assert (found(store, machine), found(store, several)) == ("A", "AB")


def test_conditions_are_put_together(store: Office):
    cheap = {"field": "price", "op": "lt", "value": "3"}
    tool, blank = {"field": "kind", "value": "tool"}, {"field": "kind", "op": "blank"}

    assert found(store, {"or": [tool, blank]}) == "AC"
    assert found(store, {"and": [cheap, {"or": [tool, blank]}]}) == "A"
    assert found(store, {"and": []}) == "ABCD"
    assert found(store, {"or": []}) == ""


def test_a_row_that_fits_finds_its_record(office: Office):
    anna = office["anna"]
    anna.create(ORDER, **an_order(office))
    anna.create(ORDER, **large(office))
    conditions = [
        {"field": "lines.item", "value": office.ids["nut"]},
        {"field": "lines.count", "op": "ge", "value": "40"},
        {"field": "lines.item.code", "op": "eq", "value": "N1"},
    ]

    totals = [[item["values"]["total"] for item in anna.list(ORDER, filter=one).body["items"]] for one in conditions]

    assert totals == [["1200.00"]] * 3


def test_status_and_moments_are_found(office: Office):
    condition = {
        "and": [
            {"field": "status", "op": "in", "value": ["approved", "void"]},
            {"field": "effective_at", "op": "not_blank"},
            {"field": "submitted_at", "op": "between", "value": ["2026-03-01", "2026-03-03"]},
        ]
    }

    items = office["kim"].list(RECEIPT, filter=condition).body["items"]

    assert [item["id"] for item in items] == [office.ids["receipt"]]


WRONG: list[tuple[object, str, str]] = [
    ([], "/filter", "filter_shape"),
    ('"text"', "/filter", "filter_shape"),
    ({"and": {}}, "/filter/and", "filter_shape"),
    ({"and": [{"or": [7]}]}, "/filter/and/0/or/0", "filter_shape"),
    ({"field": ""}, "/filter", "filter_shape"),
    ({"field": 7}, "/filter", "filter_shape"),
    ({"field": "colour", "value": 1}, "/filter/field", "unknown_path"),
    ({"field": "name.length", "value": 1}, "/filter/field", "unknown_path"),
    ({"field": "machine.colour", "value": 1}, "/filter/field", "unknown_path"),
    ({"field": "owner.password_hash", "op": "starts_with", "value": "$"}, "/filter/field", "unknown_path"),
    ({"field": "keeper.password_hash", "op": "starts_with", "value": "$"}, "/filter/field", "unknown_path"),
    ({"field": "name", "op": "like", "value": "x"}, "/filter/op", "unknown_operator"),
    ({"field": "name", "op": ["eq"], "value": "x"}, "/filter/op", "unknown_operator"),
    ({"field": "price", "op": "contains", "value": "1"}, "/filter/op", "operator_not_for_type"),
    ({"field": "tags", "op": "lt", "value": "1"}, "/filter/op", "operator_not_for_type"),
    ({"field": "price", "value": "cheap"}, "/filter/value", "wrong_type"),
    ({"field": "price", "value": 1.5}, "/filter/value", "wrong_type"),
    ({"field": "pieces", "value": "10"}, "/filter/value", "wrong_type"),
    ({"field": "made_on", "value": "yesterday"}, "/filter/value", "not_a_date"),
    ({"field": "active", "value": "yes"}, "/filter/value", "wrong_type"),
    ({"field": "price", "op": "in", "value": "1"}, "/filter/value", "filter_needs_list"),
    ({"field": "price", "op": "between", "value": "1"}, "/filter/value", "filter_needs_list"),
    ({"field": "price", "op": "between", "value": ["1", "2", "3"]}, "/filter/value", "filter_needs_list"),
    ({"field": "price", "op": "lt"}, "/filter/value", "filter_needs_value"),
    ({"field": "name", "value": {"a": 1}}, "/filter/value", "wrong_type"),
    ({"field": "tags", "op": "contains", "value": {"a": 1}}, "/filter/value", "wrong_type"),
    ({"field": "id", "value": {"a": 1}}, "/filter/value", "wrong_type"),
    ({"field": "id", "op": "in", "value": [["x"]]}, "/filter/value", "wrong_type"),
    ({"field": "version", "value": "one"}, "/filter/value", "wrong_type"),
    ({"field": "version", "op": "contains", "value": "1"}, "/filter/op", "operator_not_for_type"),
    ({"field": "created_at", "op": "contains", "value": "2026"}, "/filter/op", "operator_not_for_type"),
    ({"field": "created_at", "value": "now"}, "/filter/value", "wrong_type"),
    ({"field": "owner.name", "value": 7}, "/filter/value", "wrong_type"),
]


@pytest.mark.parametrize(("condition", "pointer", "code"), WRONG)
def test_a_mistake_is_told_at_its_place(office: Office, condition: object, pointer: str, code: str):
    given = condition if condition != [] else [1]

    reply = office["kim"].list(ITEM, filter=given)

    assert (reply.status, reply.problems) == (422, [(pointer, code)])


def test_all_mistakes_of_a_filter_come_at_once(small_office: Office):
    parts = [condition for condition, _, _ in WRONG if isinstance(condition, dict) and "field" in condition]

    reply = small_office["kim"].list(ITEM, filter={"and": parts})

    assert len(reply.body["problems"]) == len(parts)


def test_a_filter_deeper_than_anybody_writes_is_refused(small_office: Office):
    deep: dict[str, Any] = {"field": "name", "value": "x"}
    for _ in range(200):
        deep = {"and": [deep]}

    reply = small_office["kim"].list(ITEM, filter=deep)

    assert (reply.status, reply.problems[0][1]) == (422, "filter_shape")


def test_a_filter_on_a_record_of_nobody_finds_nothing(office: Office):
    office["anna"].create(ORDER, **an_order(office, lines=[line(office)]))

    items = office["bert"].list(ORDER, filter={"field": "owner", "value": office["anna"].id}).body["items"]

    assert items == []
