"""Rows inside rows, as they are declared."""

import copy
from pathlib import Path
from typing import Any

from engine.definition import check_documents, compile_documents
from engine.definition.field_paths import resolve
from engine.definition.record_schema import record_schema
from engine.definition.registry import Configuration
from engine.definition.rows import innermost, places, row_shapes
from engine.services.folders import read_folder

DOCUMENTS, _ = read_folder(Path(__file__).parents[2] / "modules_of_rows")
PLAN_FILE = "works/entities/plan.json"


def configuration() -> Configuration:
    made = compile_documents(DOCUMENTS)
    assert isinstance(made, Configuration), made
    return made


def with_plan(change: Any) -> list[tuple[str, str]]:
    documents: dict[str, Any] = copy.deepcopy(DOCUMENTS)
    change(documents[PLAN_FILE])
    return [(one.pointer, one.code) for one in check_documents(documents)]


def inner(body: dict[str, Any], *tables: str) -> dict[str, Any]:
    shape = body["schema"]
    for table in tables:
        shape = shape["properties"][table]["items"]
    found: dict[str, Any] = shape["properties"]
    return found


def test_sub_tables_of_every_depth_are_known_by_their_path():
    plan = configuration().entity("works.plan")

    assert [shape.path for shape in row_shapes(plan)] == ["lines", "lines.items", "lines.items.parts"]
    assert plan.at("lines.items.parts.weight") is not None
    assert plan.at("lines.items.nothing.weight") is None


def test_formulas_are_ordered_across_depths():
    order = configuration().entity("works.plan").order

    def before(one: str, other: str) -> bool:
        return order.index(one) < order.index(other)

    assert before("lines.items.amount", "lines.subtotal")
    assert before("lines.items.amount", "total")
    assert before("total", "lines.share")
    assert before("lines.items.parts.weight", "lines.items.weight")


def test_a_fourth_level_is_a_problem_with_its_place():
    bolts = {
        "title": "D",
        "type": "array",
        "items": {"type": "object", "properties": {"n": {"title": "n", "type": "string"}}},
    }

    found = with_plan(lambda body: inner(body, "lines", "items", "parts").update(bolts=bolts))

    at = "/schema/properties/lines/items/properties/items/items/properties/parts/items/properties/bolts"
    assert (at, "too_many_levels") in found


def test_a_circle_through_two_depths_is_found():
    def close(body: dict[str, Any]) -> None:
        inner(body, "lines", "items")["amount"]["x-field"]["formula"] = "subtotal"

    assert [code for _, code in with_plan(close)] == ["formula_cycle"]


def test_tables_that_lie_side_by_side_cannot_be_unique_together():
    def beside(body: dict[str, Any]) -> None:
        notes = {"text": {"title": "t", "type": "string"}}
        inner(body, "lines")["notes"] = {
            "title": "N",
            "type": "array",
            "items": {"type": "object", "properties": notes},
        }
        body["unique"].append(["lines.notes.text", "lines.items.item"])

    assert with_plan(beside) == [("/unique/1", "two_tables")]
    assert innermost(["lines", "lines.items"]) == "lines.items"
    assert innermost([]) == ""


def test_a_rule_may_be_asked_of_inner_rows_and_shown_at_those_around_them():
    def at_the_line(body: dict[str, Any]) -> None:
        body["rules"][0] |= {"each": "lines.items", "target": "lines.machine"}

    def at_the_parts(body: dict[str, Any]) -> None:
        body["rules"][0] |= {"each": "lines", "target": "lines.items.count", "check": "factor > 0", "message": "x"}

    assert with_plan(at_the_line) == []
    assert with_plan(at_the_parts) == [("/rules/0/target", "two_tables")]


def test_paths_are_followed_from_where_they_stand():
    entities = configuration().entities
    plan = entities["works.plan"]

    def owner(path: str, table: str = "") -> tuple[str, str] | None:
        found = resolve(entities, plan, path, table)
        return (found.owner, found.table) if found else None

    assert owner("lines.items.item.name") == ("works.item", "lines.items")
    assert owner("item.name", "lines.items.parts") == ("works.item", "lines.items")
    assert owner("machine", "lines.items.parts") == ("works.plan/lines", "lines")
    assert owner("title", "lines.items") == ("works.plan", "")
    assert owner("lines.items.parts.none") is None


def test_the_schema_of_a_record_describes_inner_rows():
    schema: Any = record_schema(configuration().entity("works.plan"))

    items = schema["properties"]["lines"]["items"]["properties"]["items"]
    assert items["items"]["required"] == ["item", "count"]
    assert set(items["items"]["properties"]["parts"]["items"]["properties"]) >= {"id", "name", "weight"}


def test_places_walk_every_row_of_a_table():
    values = {"lines": [{"items": [{"n": 1}, {"n": 2}]}, {}, {"items": [{"n": 3}]}]}

    found = [(place.at, place.rows[-1]["n"]) for place in places(values, "lines.items")]

    assert found == [("/lines/0/items/0", 1), ("/lines/0/items/1", 2), ("/lines/2/items/0", 3)]
