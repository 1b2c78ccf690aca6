"""One mistake, one finding, in the right place."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.definition.shop import Documents, document, documents, fields_of, number, problems, reference, text


def order(changed: Documents) -> dict[str, Any]:
    return changed["shop/entities/order.json"]


def with_field(name: str, field: dict[str, Any]) -> Callable[[Documents], None]:
    return lambda changed: fields_of(changed, "order").update({name: field})


def with_part(key: str, part: object) -> Callable[[Documents], None]:
    return lambda changed: order(changed).update({key: part})


def with_document(path: str, key: str, value: object) -> Callable[[Documents], None]:
    return lambda changed: changed[f"shop/{path}"].update({key: value})


def with_steps(*steps: dict[str, object]) -> Callable[[Documents], None]:
    return with_document("flows/order.json", "steps", list(steps))


def approve(**more: object) -> dict[str, object]:
    return {"name": "one", "title": "一", "type": "approve", "by": [{"role": "keeper"}], **more}


FIELD = "/schema/properties/extra"
SETTINGS = f"{FIELD}/x-field"
RULE = {"name": "r", "check": "total > 0", "message": "x"}

ENTITY_MISTAKES = [
    (with_field("extra", {"title": "x", "type": "array"}), FIELD, "field_type_unclear"),
    (with_field("extra", text("x", **{"x-field": {"type": "money"}})), FIELD, "field_type_mismatch"),
    (with_field("extra", text("x", **{"x-field": {"scale": 2}})), f"{SETTINGS}/scale", "setting_not_for_type"),
    (with_field("extra", text("x", pattern="(")), f"{FIELD}/pattern", "schema_malformed"),
    (with_field("extra", text("x", pattern=r"\p{L}")), f"{FIELD}/pattern", "schema_malformed"),
    (with_field("extra", text("x", minimum=2)), f"{FIELD}/minimum", "setting_not_for_type"),
    (with_field("extra", text("x", **{"x-field": {"type": "select"}})), FIELD, "select_without_options"),
    (with_field("extra", text("x", **{"x-field": {"type": "reference"}})), FIELD, "reference_without_target"),
    (with_field("extra", text("x", enum=["a"], **{"x-field": {"retired": ["b"]}})), SETTINGS, "unknown_option"),
    (with_field("extra", text("x", enum=["a"], default="b")), f"{FIELD}/default", "not_an_option"),
    (with_field("extra", text("x", **{"x-field": {"formula": "reason"}})), FIELD, "computed_not_read_only"),
    (with_field("extra", number("x", formula="1", copy="machine.code")), SETTINGS, "field_sources_conflict"),
    (with_field("extra", number("x", min="3", max="2")), f"{SETTINGS}/min", "range_empty"),
    (with_field("extra", text("x", **{"x-field": {"copy": "machine.cod"}})), f"{SETTINGS}/copy", "reference_path"),
    (with_field("extra", text("x", **{"x-field": {"copy": "day"}})), f"{SETTINGS}/copy", "reference_path"),
    (with_field("extra", number("x", copy="machine.code")), f"{SETTINGS}/copy", "path_type"),
    (with_field("extra", number("x", formula="reason", type="money")), f"{SETTINGS}/formula", "formula_wrong_result"),
    (with_field("extra", reference("x", "item", filter="nme = 'a'")), f"{SETTINGS}/filter", "formula_unknown_name"),
    (with_field("extra", reference("x", "store.item")), f"{SETTINGS}/to", "unknown_entity"),
    (with_field("status", text("x")), "/schema/properties/status", "reserved_name"),
    (with_field("and", text("x")), "/schema/properties/and", "reserved_name"),
    (
        with_field("extra", text("x", readOnly=True, **{"x-field": {"type": "series", "pattern": "A{yyyy}"}})),
        f"{SETTINGS}/pattern",
        "series_pattern",
    ),
    (with_part("display", "lines"), "/display", "display_not_showable"),
    (with_part("parent", "machine"), "/parent", "parent_not_a_tree"),
    (with_part("leaf_only", True), "/leaf_only", "leaf_only_without_parent"),
    (with_part("team", {"table": "lines", "user": "item", "role": "note"}), "/team/user", "unknown_field"),
    (with_part("unique", [["dya"]]), "/unique/0/0", "unknown_field"),
    (with_part("indexes", [["machine.code"]]), "/indexes/0/0", "unknown_field"),
    (with_part("rules", [RULE, RULE]), "/rules/1/name", "duplicate_name"),
    (with_part("rules", [RULE | {"check": "total"}]), "/rules/0/check", "formula_wrong_result"),
    (with_part("rules", [RULE | {"target": "totl"}]), "/rules/0/target", "unknown_field"),
    (with_part("rules", [RULE | {"each": "rows"}]), "/rules/0/each", "unknown_table"),
    (with_part("rules", [RULE | {"message": "{totl}"}]), "/rules/0/message", "formula_unknown_name"),
    (
        with_part("rules", [RULE | {"check": "MEASURE('hold', item = machine) > 0"}]),
        "/rules/0/check",
        "formula_unknown_measure",
    ),
    (
        with_part("no_overlap", [{"name": "n", "key": ["machine"], "from": "day", "to": "reason"}]),
        "/no_overlap/0",
        "interval_types",
    ),
    (
        with_part("postings", [{"name": "p", "to": "stock", "set": {"item": "BLANK"}}]),
        "/postings/0/set",
        "posting_incomplete",
    ),
    (
        with_part("postings", [{"name": "p", "to": "stock", "set": {"item": "BLANK", "quantity": "day"}}]),
        "/postings/0/set/quantity",
        "formula_wrong_result",
    ),
]


@pytest.mark.parametrize(("mistake", "pointer", "code"), ENTITY_MISTAKES)
def test_a_mistake_in_an_entity_is_found_in_its_place(mistake: Callable[[Documents], None], pointer: str, code: str):
    changed = documents()
    del changed["shop/locales/en.json"]

    mistake(changed)

    assert ("shop/entities/order.json", pointer, code) in problems(changed)


WIDGET = {"name": "w", "title": "x", "kind": "kpi", "measures": ["held"]}
OTHER_MISTAKES = [
    ("forms/order.json", with_document("forms/order.json", "items", ["totl"]), "/items/0", "unknown_field"),
    ("forms/order.json", with_document("forms/order.json", "items", ["day", "day"]), "/items/1", "field_shown_twice"),
    ("forms/order.json", with_document("forms/order.json", "entity", "ordr"), "/entity", "unknown_entity"),
    (
        "views/orders.json",
        with_document("views/orders.json", "columns", ["lines.item"]),
        "/columns/0",
        "rows_in_a_table",
    ),
    (
        "views/orders.json",
        with_document("views/orders.json", "columns", [{"field": "day", "total": "sum"}]),
        "/columns/0/total",
        "total_of_no_number",
    ),
    ("views/orders.json", with_document("views/orders.json", "filter", "total"), "/filter", "formula_wrong_result"),
    ("views/orders.json", with_document("views/orders.json", "sort", ["-tag"]), "/sort/0", "unknown_field"),
    ("flows/order.json", with_steps(approve(), approve()), "/steps/1/name", "duplicate_name"),
    ("flows/order.json", with_steps(approve(by=[{"role": "boss"}])), "/steps/0/by/0/role", "role_not_declared"),
    (
        "flows/order.json",
        with_steps(approve(by=[{"project_role": "boss"}])),
        "/steps/0/by/0/project_role",
        "project_role_not_declared",
    ),
    (
        "flows/order.json",
        with_steps(approve(by=[{"user_field": "day"}])),
        "/steps/0/by/0/user_field",
        "not_a_user_field",
    ),
    ("flows/order.json", with_steps(approve(fields={"totl": "read"})), "/steps/0/fields/totl", "unknown_field"),
    ("flows/order.json", with_document("flows/order.json", "project", "day"), "/project", "flow_project"),
    ("flows/order.json", with_document("flows/order.json", "entity", "item"), "/entity", "flow_not_on_a_document"),
    (
        "measures/held.json",
        with_document("measures/held.json", "dimensions", ["item", "itm"]),
        "/dimensions/1",
        "unknown_field",
    ),
    ("measures/held.json", with_document("measures/held.json", "value", "item"), "/value", "formula_wrong_result"),
    ("measures/held.json", with_document("measures/held.json", "from", "order.rows"), "/from", "unknown_table"),
    (
        "measures/ordered.json",
        with_document("measures/ordered.json", "stages", ["reserved"]),
        "/stages",
        "stages_not_of_a_ledger",
    ),
    (
        "measures/share.json",
        with_document("measures/share.json", "dimensions", ["month"]),
        "/dimensions/0",
        "measure_lacks_dimension",
    ),
    (
        "measures/share.json",
        with_document("measures/share.json", "formula", "MEASURE('share')"),
        "/formula",
        "formula_cycle",
    ),
    (
        "dashboards/stock.json",
        with_document("dashboards/stock.json", "widgets", [WIDGET | {"by": ["day"]}]),
        "/widgets/0/by/0",
        "measure_lacks_dimension",
    ),
    (
        "dashboards/stock.json",
        with_document("dashboards/stock.json", "widgets", [WIDGET | {"measures": ["hold"]}]),
        "/widgets/0/measures/0",
        "unknown_measure",
    ),
    (
        "permissions.json",
        with_document(
            "permissions.json", "grants", [{"role": "keeper", "entity": "stock", "actions": ["read", "update"]}]
        ),
        "/grants/0/actions",
        "action_not_for_kind",
    ),
    (
        "scenarios/one_order.json",
        with_document("scenarios/one_order.json", "when", [{"submit": "o", "create": "item"}]),
        "/when/0",
        "scenario_verb",
    ),
    (
        "scenarios/one_order.json",
        with_document("scenarios/one_order.json", "when", []),
        "/then/1/read",
        "unknown_record",
    ),
    (
        "scenarios/one_order.json",
        with_document("scenarios/one_order.json", "people", {}),
        "/when/0/as",
        "unknown_person",
    ),
    ("module.json", with_document("module.json", "requires", ["store"]), "/requires/0", "unknown_module"),
    ("module.json", with_document("module.json", "name", "shap"), "/name", "document_name"),
    (
        "locales/en.json",
        with_document("locales/en.json", "texts", {"x.json#/a": "b"}),
        "/texts/x.json#~1a",
        "locale_file",
    ),
]


@pytest.mark.parametrize(("path", "mistake", "pointer", "code"), OTHER_MISTAKES)
def test_a_mistake_in_another_document_is_found_in_its_place(
    path: str, mistake: Callable[[Documents], None], pointer: str, code: str
):
    changed = documents()

    mistake(changed)

    assert (f"shop/{path}", pointer, code) in problems(changed)


def module(name: str, *requires: str) -> dict[str, object]:
    return document("module", name=name, version="1.0.0", title="x", requires=list(requires))


def test_another_module_must_be_required_before_it_is_used():
    changed = documents() | {"store/module.json": module("store")}
    changed["store/entities/crate.json"] = document(
        "entity",
        name="crate",
        title="箱",
        kind="master",
        display="item",
        schema={"type": "object", "properties": {"item": reference("物品", "shop.item")}},
    )

    found = problems(changed)

    at = "/schema/properties/item/x-field/to"
    assert found == [("store/entities/crate.json", at, "module_not_required")]


def test_modules_may_not_require_each_other():
    changed = {"a/module.json": module("a", "b"), "b/module.json": module("b", "a")}

    found = problems(changed)

    assert [one[2] for one in found] == ["requirement_cycle"]


def test_a_folder_without_its_cover_and_a_file_in_no_folder_are_told():
    changed = {"a/entity/x.json": document("entity")}

    found = problems(changed)

    assert found == [("a/entity/x.json", "", "document_misplaced"), ("a/module.json", "", "module_without_cover")]
