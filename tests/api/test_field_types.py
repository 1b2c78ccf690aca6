"""A field of every type through the API, on both databases: in, out, found by each operator, in order, in a cell and back."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.problems import Problem
from tests.api.conftest import Making
from tests.api.kinds import LATER, THING
from tests.api.office import Office

MADE_OR_FILES = {"attachment", "image", "signature", "sub_table", "tree_parent"} | LATER
SENT = sorted(kind for kind, one in FIELD_TYPES.items() if not one.made and kind not in MADE_OR_FILES)


def entity_of(office: Office) -> Entity:
    with office.installation.database.reading() as tx:
        return office.installation.configurations.in_force(tx, writing=False).configuration.entity(THING)


def field_of(office: Office, kind: str) -> Field:
    found = entity_of(office).field(f"f_{kind}")
    assert found is not None
    return found


def value_of(office: Office, kind: str) -> Any:
    ids = {"user": "kay", "department": "north", "reference": "one", "users": "kay", "departments": "north"}
    if kind in ids:
        key = office.ids[ids[kind]]
        return [key] if FIELD_TYPES[kind].json_type == "array" else key
    if kind == "json":
        return {"n": 3, "more": [None, True, "é"]}
    return FIELD_TYPES[kind].example(field_of(office, kind))


def found_by(office: Office, name: str, operator: str, value: object = None) -> list[str]:
    condition = {"field": name, "op": operator, "value": value}
    reply = office["kay"].list(THING, filter=condition, fields="name", sort="name")
    assert reply.status == 200, (operator, value, reply.body)
    return [one["values"]["name"] for one in reply.body["items"]]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def pair(request: pytest.FixtureRequest, prepared: Making) -> Iterator[Office]:
    """Two records, with a value of every type and without any, which all tests that only ask share; once for each database."""
    with prepared("kinds", request.param).open() as office:
        office["kay"].create(THING, name="with", **sent_to(office))
        office["kay"].create(THING, name="without", f_boolean=None)
        yield office


def sent_to(office: Office) -> dict[str, Any]:
    return {f"f_{kind}": value_of(office, kind) for kind in SENT}


def test_values_of_every_type_come_back_as_they_are_kept_and_change_nothing_when_sent_again(kinds: Office):
    sent = sent_to(kinds)
    one = kinds["kay"].create(THING, name="a", **sent)

    read = kinds["kay"].read(THING, one["id"])["values"]
    listed = kinds["kay"].list(THING, fields=",".join(sent)).body["items"][0]["values"]
    again = kinds["kay"].change(THING, one, **{name: read[name] for name in sent})

    kept = {f"f_{kind}": FIELD_TYPES[kind].coerce(sent[f"f_{kind}"], field_of(kinds, kind)) for kind in SENT}
    expected = {f"f_{kind}": FIELD_TYPES[kind].to_json(kept[f"f_{kind}"]) for kind in SENT}
    assert {name: read[name] for name in sent} == {name: listed[name] for name in sent} == expected
    assert again["version"] == one["version"]


def test_every_operator_of_every_type_finds_what_it_says(pair: Office):
    wrong = []
    for kind in SENT:
        expected = answers(pair, kind)
        for operator in FIELD_TYPES[kind].operators_for(field_of(pair, kind)):
            value, right = expected[operator]
            if (told := found_by(pair, f"f_{kind}", operator, value)) != right:
                wrong.append((kind, operator, value, told, right))

    assert wrong == []


def answers(office: Office, kind: str) -> dict[str, tuple[Any, list[str]]]:
    """Return what each operator is asked with, and which of the two records it finds."""
    sent = value_of(office, kind)
    value = sent["value"] if isinstance(sent, dict) and "unit" in sent else sent
    several = value if isinstance(value, list) else [value]
    point = value.partition("/")[0] if kind.endswith("_range") else several[0]
    text = FIELD_TYPES[kind].coerce(value, field_of(office, kind)) if isinstance(value, str) else value
    part = str(text)[:3] if isinstance(text, str) else point
    return {
        "eq": (value, ["with"]),
        "ne": (value, []),
        "lt": (value, []),
        "le": (value, ["with"]),
        "gt": (value, []),
        "ge": (value, ["with"]),
        "in": ([value], ["with"]),
        "not_in": ([value], []),
        "between": ([value, value], ["with"]),
        "contains": (point if kind.endswith("_range") or isinstance(value, list) else part, ["with"]),
        "overlaps": (value, ["with"]),
        "starts_with": (part, ["with"]),
        "blank": (None, ["without"]),
        "not_blank": (None, ["with"]),
    }


def test_every_type_that_sorts_has_blanks_last(pair: Office):
    keys = [f"{sign}f_{kind}" for kind in SENT if FIELD_TYPES[kind].sortable for sign in ("", "-")]

    orders = {
        key: [one["values"]["name"] for one in pair["kay"].list(THING, sort=key, fields="name").body["items"]]
        for key in keys
    }

    assert orders == {key: ["with", "without"] for key in keys}


@pytest.mark.parametrize("kind", [kind for kind in SENT if kind != "secret"])
def test_a_cell_of_every_type_reads_back_as_the_value(pair: Office, kind: str):
    field, kind_of = field_of(pair, kind), FIELD_TYPES[kind]
    canonical = kind_of.coerce(value_of(pair, kind), field)

    cell = kind_of.to_text(canonical, field)

    assert kind_of.from_text(cell, field) == canonical
    assert kind_of.to_print(canonical, field)
    assert kind_of.mask(canonical, field)


BAD: list[tuple[str, object, str]] = [
    ("rich_text", 3, "wrong_type"),
    ("markdown", {}, "wrong_type"),
    ("secret", [], "wrong_type"),
    ("colour", "blue", "malformed"),
    ("url", "javascript:alert(1)", "malformed"),
    ("url", "https://", "malformed"),
    ("email", "a b@c.com", "malformed"),
    ("phone", "12345", "malformed"),
    ("id_document", "110105194912310021", "malformed"),
    ("credit_code", "91350100M000100Y44", "malformed"),
    ("bank_account", "1234", "malformed"),
    ("tags", "a", "wrong_type"),
    ("quantity", {"value": "1", "unit": "kg"}, "unknown_unit"),
    ("quantity", "1.0001", "too_many_decimals"),
    ("rating", 6, "above_maximum"),
    ("rating", 0, "below_minimum"),
    ("progress", "1.5", "above_maximum"),
    ("duration", "P1M", "malformed"),
    ("period", "2026-13", "malformed"),
    ("date_range", "2026-03-08/2026-03-02", "range_reversed"),
    ("datetime_range", "2026-03-08/2026-03-02", "malformed"),
    ("time_range", "08:00", "malformed"),
    ("local_datetime", "2026-02-30T08:00", "malformed"),
    ("cascade", "n", "not_the_last_level"),
    ("cascade", "zz", "not_in_the_tree"),
    ("region", "999999", "unknown_region"),
    ("region", "440000", "region_level"),
    ("users", ["nobody-there"], "reference_missing"),
    ("departments", [3], "wrong_type"),
    ("role", "kinds.nothing", "not_an_option"),
    ("project_role", "kinds.keeper", "not_an_option"),
    ("location", {"lng": "181", "lat": "0"}, "malformed"),
    ("location", {"lng": "1"}, "wrong_type"),
    ("barcode", "\x00", "unstorable_character"),
    ("json", {"n": "three"}, "json_not_valid"),
    ("json", [1], "json_not_valid"),
    ("uuid", "x", "read_only"),
    ("capital_amount", "x", "read_only"),
    ("snapshot", {}, "read_only"),
]


@pytest.mark.parametrize(("kind", "value", "code"), BAD)
def test_a_bad_value_is_refused_with_its_place(pair: Office, kind: str, value: object, code: str):
    reply = pair["kay"].post(f"/records/{THING}", {"values": {"name": "a", f"f_{kind}": value}})

    assert reply.status == 422
    assert [found for _, found in reply.problems] == [code]
    assert reply.problems[0][0].startswith(f"/f_{kind}")


def test_every_type_has_a_bad_value_in_these_tests():
    old = {
        "text", "long_text", "integer", "decimal", "money", "percent", "boolean", "date", "time", "datetime", "select",
        "multi_select", "user", "department", "reference", "series", "sub_table", "attachment", "image", "signature", "tree_parent",
    }  # fmt: skip

    assert {kind for kind, _, _ in BAD} | old | LATER == set(FIELD_TYPES) | LATER


def test_what_the_engine_gives_is_given_once(kinds: Office):
    kay = kinds["kay"]
    one = kay.create(THING, name="a", f_money="1234.50", f_reference=kinds.ids["one"], f_sub_table=[{"wide": "1"}])
    values = one["values"]

    changed = kay.change(
        THING, one, f_money="0.05", f_sub_table=[{"id": values["f_sub_table"][0]["id"]}, {"wide": "2"}]
    )["values"]

    assert values["f_capital_amount"] == "壹仟贰佰叁拾肆元伍角"
    assert changed["f_capital_amount"] == "伍分"
    assert changed["f_uuid"] == values["f_uuid"]
    assert values["f_snapshot"] == {"name": "One", "price": "2.00"}
    assert changed["f_sub_table"][0]["stamp"] == values["f_sub_table"][0]["stamp"]
    assert changed["f_sub_table"][1]["stamp"] not in {None, values["f_sub_table"][0]["stamp"]}


def test_a_snapshot_stays_when_its_source_changes_and_follows_the_reference(kinds: Office):
    kay = kinds["kay"]
    one = kay.create(THING, name="a", f_reference=kinds.ids["one"])
    source = kay.read("kinds.other", kinds.ids["one"])
    kay.change("kinds.other", source, name="Renamed")

    same = kay.change(THING, one, name="b")
    other = kay.change(THING, same, f_reference=kinds.ids["two"])
    none = kay.change(THING, other, f_reference=None)

    shots = [record["values"]["f_snapshot"] for record in (same, other, none)]
    assert shots == [{"name": "One", "price": "2.00"}, {"name": "Two", "price": "3.00"}, None]


def test_a_place_must_be_near_the_one_that_it_is_compared_with(kinds: Office):
    kay, one = kinds["kay"], kinds.ids["one"]
    near, far = {"lng": "113.266", "lat": "23.130"}, {"lng": "113.30", "lat": "23.13"}

    kay.create(THING, name="near", f_reference=one, f_location=near)
    kay.create(THING, name="unknown", f_reference=kinds.ids["two"], f_location=far)
    reply = kay.post(f"/records/{THING}", {"values": {"name": "far", "f_reference": one, "f_location": far}})

    assert reply.problems == [("/f_location", "too_far")]
    assert reply.body["problems"][0]["params"]["distance"] == 3643


def test_a_document_is_checked_by_the_kind_that_stands_beside_it(kinds: Office):
    kay = kinds["kay"]
    kay.create(THING, name="a", passport="E12345678", paper="passport")

    reply = kay.post(f"/records/{THING}", {"values": {"name": "a", "passport": "E12345678", "paper": "id_card"}})

    assert reply.problems == [("/passport", "malformed")]


def test_a_quantity_is_converted_by_its_declared_factor_alone(kinds: Office):
    one = kinds["kay"].create(THING, name="a", f_quantity={"value": "1.2345", "unit": "t"})

    assert one["values"]["f_quantity"] == "2.963"
    assert found_by(kinds, "f_quantity", "ge", {"value": "1.2", "unit": "t"}) == ["a"]


def test_harmful_html_is_taken_out(kinds: Office):
    html = '<p onclick="x()">a<script>alert(1)</script><a href="javascript:x()">b</a></p>'

    one = kinds["kay"].create(THING, name="a", f_rich_text=html)

    assert one["values"]["f_rich_text"] == '<p>a<a rel="noopener noreferrer">b</a></p>'


def test_the_entity_tells_what_a_browser_must_know(pair: Office):
    told = {one["name"]: one for one in pair["kay"].get(f"/entities/{THING}").body["fields"]}

    assert told["f_cascade"]["options"][0]["options"][0] == {
        "value": "n1",
        "title": "一",
        "color": "",
        "retired": False,
    }
    assert told["colours"]["options"][1] == {"value": "grey", "title": "灰", "color": "", "retired": True}
    assert told["f_quantity"]["units"] == {"t": "2.4"}
    assert told["f_snapshot"]["fields"][1] == {"name": "price", "title": "价", "type": "money", "scale": 2}
    assert told["f_location"]["within"]["metres"] == 1000
    assert told["f_secret"]["operators"] == ["blank", "not_blank"]
    assert told["sealed"]["sortable"] is False
    assert [one["value"] for one in told["f_role"]["options"]] == ["kinds.keeper", "kinds.looker"]


def test_regions_are_kept_by_the_browser_and_told_level_by_level(pair: Office):
    kay = pair["kay"]

    whole = kay.get("/regions")
    provinces = kay.get("/regions", under="0").body["regions"]
    cities = json.loads(json.dumps(kay.get("/regions", under="440000").body["regions"]))
    again = kay.send("GET", "/regions", headers={"If-None-Match": whole.headers["ETag"]})

    assert "max-age=604800" in whole.headers["Cache-Control"]
    assert again.status == 304
    assert (len(provinces), provinces["440000"], cities["440300"]) == (34, "广东省", "深圳市")
    assert kay.get("/regions", under="x").status == 422


def test_no_cell_is_read_into_something_wrong():
    found = FIELD_TYPES["region"].from_text("Atlantis", Field("x", "x", {}, "region"))

    assert isinstance(found, Problem)
