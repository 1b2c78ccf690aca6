"""What may be rolled up, and what is told of a roll-up that may not."""

from collections.abc import Mapping
from typing import Any

import pytest

from engine.definition import Configuration, check_documents, compile_documents
from engine.definition.rollup_order import fed_formulas, levels
from tests.unit.storage.depot import DECIMAL, TEXT, YES, documents, field, rolled

Documents = dict[str, Any]


def with_fields(name: str, **fields: Mapping[str, Any]) -> Documents:
    found = documents()
    found[f"depot/entities/{name}.json"]["schema"]["properties"] |= fields
    return found


def told(found: Documents) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer.removeprefix("/schema/properties")) for problem in check_documents(found)]


def test_roll_ups_are_worked_out_after_what_they_read():
    compiled = compile_documents(documents())

    assert isinstance(compiled, Configuration)
    heights = levels(compiled.entities)
    assert (heights["depot.area.ordered"], heights["depot.group.left"]) == (1, 2)
    assert fed_formulas(compiled.entities["depot.area"]) == ("left",)


AT = "/bad/x-field/rollup"


@pytest.mark.parametrize(
    ("bad", "code", "at"),
    [
        (rolled(DECIMAL, "itm", "area", value="price"), "unknown_entity", f"{AT}/from"),
        (rolled(DECIMAL, "order.lins", "area", value="price"), "unknown_table", f"{AT}/from"),
        (rolled(DECIMAL, "item", "code", value="price"), "rollup_via", f"{AT}/via"),
        (rolled(DECIMAL, "item", "area"), "rollup_without_value", AT),
        (rolled(DECIMAL, "item", "area", value="code"), "formula_wrong_result", f"{AT}/value"),
        (rolled(TEXT, "item", "area", value="price"), "rollup_type", f"{AT}/aggregate"),
        (rolled(YES, "item", "area", "sum", value="price"), "rollup_type", f"{AT}/aggregate"),
        (rolled(DECIMAL, "item", "area", "max", value="price * 2"), "rollup_extreme_of_expression", f"{AT}/value"),
        (rolled(DECIMAL, "item", "area", value="price", where="day < TODAY()"), "rollup_volatile", f"{AT}/where"),
        (rolled(DECIMAL, "item", "area", value="area.spare"), "rollup_reads_elsewhere", f"{AT}/value"),
        (rolled(DECIMAL, "item", "area", value="price", wher="TRUE"), "schema_unknown_key", f"{AT}/wher"),
        (field(DECIMAL, rollup={"from": "item", "via": "area", "value": "price"}), "computed_not_read_only", "/bad"),
    ],
)
def test_what_cannot_be_rolled_up_is_told_at_its_place(bad: Mapping[str, Any], code: str, at: str):
    assert told(with_fields("area", bad=bad)) == [(code, at)]


def test_only_a_tree_has_descendants():
    bad = rolled(DECIMAL, "area", "group", value="spare", tree=True)

    assert told(with_fields("group", bad=bad)) == [("rollup_without_tree", f"{AT}/tree")]


def test_rows_have_formulas_and_no_roll_ups():
    found = documents()
    rows = found["depot/entities/order.json"]["schema"]["properties"]["lines"]["items"]["properties"]
    found["depot/entities/order.json"]["schema"]["properties"]["lines"] = field(
        "array", items={"type": "object", "properties": {**rows, "bad": rolled(DECIMAL, "item", "area", value="price")}}
    )

    assert [code for code, _ in told(found)] == ["rollup_in_rows"]


def test_a_circle_over_entities_is_shown_as_a_path():
    found = with_fields("area", back=field(DECIMAL, readOnly=True, formula="group.left + left"))
    found["depot/entities/group.json"]["schema"]["properties"]["left"] = rolled(DECIMAL, "area", "group", value="back")

    circle = next(one for one in check_documents(found) if one.code == "rollup_cycle")
    assert circle.params["path"] == "depot.group.left -> depot.area.back -> depot.group.left"


def test_what_a_roll_up_feeds_may_not_change_with_the_time():
    found = with_fields("area", late=field(YES, readOnly=True, formula="left < 0 AND TODAY() > DATE(2026, 1, 1)"))

    assert told(found) == [("rollup_feeds_volatile", "/late/x-field/formula")]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"check": "price > 0", "severity": "warn"}, "rule_not_always"),
        ({"check": "price > 0", "on": ["submit"]}, "rule_not_always"),
        ({"check": "area.spare > 0"}, "rule_reads_elsewhere"),
        ({"check": "day < TODAY()"}, "rule_reads_elsewhere"),
    ],
)
def test_what_the_database_cannot_hold_is_told(more: Mapping[str, Any], code: str):
    found = documents()
    rule = {"name": "r", "message": "m", "in_database": True, **more}
    found["depot/entities/item.json"]["rules"] = [rule]

    assert code in [problem.code for problem in check_documents(found)]
