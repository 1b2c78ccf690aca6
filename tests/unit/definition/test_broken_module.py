"""A designer sees all mistakes of a module at once, each with its place, its sentence and its remedy."""

from typing import Any

from engine.definition import check_documents
from engine.problems import LANGUAGES, describe
from tests.unit.definition.shop import documents, fields_of

MISTAKES = {
    ("shop/entities/order.json", "/colour", "schema_unknown_key"),
    ("shop/entities/order.json", "/schema/properties/total/x-field/formula", "formula_unknown_name"),
    ("shop/entities/order.json", "/schema/properties/machine/x-field/to", "unknown_entity"),
    ("shop/entities/item.json", "/schema/properties/net/x-field/formula", "formula_cycle"),
    ("shop/entities/item.json", "/display", "display_missing"),
    ("shop/entities/order.json", "/postings/0/to", "not_a_ledger"),
    ("shop/views/orders.json", "/columns/0", "unknown_field"),
    ("shop/flows/order.json", "/steps/1/branches", "branch_default"),
    ("shop/flows/order.json", "/steps/1/branches/0/steps/0/mode/quorum", "quorum_malformed"),
    ("shop/permissions.json", "/grants/0/role", "role_not_declared"),
    ("shop/module.json", "/menu/0/view", "unknown_view"),
    ("shop/locales/en.json", "/texts/entities~1order.json#~1rules~19~1message", "locale_pointer"),
}


def broken() -> dict[str, Any]:
    changed = documents()
    order, item = changed["shop/entities/order.json"], fields_of(changed, "item")
    order["colour"] = "red"
    fields_of(changed, "order")["total"]["x-field"]["formula"] = "SUM(lines.amount) + totl"
    fields_of(changed, "order")["machine"]["x-field"]["to"] = "machin"
    net = {"title": "净", "type": "string", "format": "decimal", "readOnly": True, "x-field": {"formula": "gross - 1"}}
    item["net"] = net
    item["gross"] = net | {"x-field": {"formula": "net + 1"}}
    changed["shop/entities/item.json"]["display"] = "nam"
    order["postings"][0] |= {"to": "item", "set": {"name": "'x'"}}
    changed["shop/views/orders.json"]["columns"][0] = "nummer"
    branch = changed["shop/flows/order.json"]["steps"][1]["branches"]
    branch[0]["steps"][0]["mode"]["quorum"] = "4/3"
    branch[1] = {"name": "other", "when": "total > 7", "steps": []}
    changed["shop/permissions.json"]["grants"][0]["role"] = "keper"
    changed["shop/module.json"]["menu"][0]["view"] = "order_list"
    changed["shop/locales/en.json"]["texts"]["entities/order.json#/rules/9/message"] = "?"
    return changed


def test_all_mistakes_are_found_at_once_with_file_and_pointer():
    changed = broken()

    found = {(one.file, one.pointer, one.code) for one in check_documents(changed)}

    assert found == MISTAKES


def test_every_mistake_has_a_sentence_and_a_remedy_in_both_languages():
    found = check_documents(broken())

    told = [describe(one, language) for one in found for language in LANGUAGES]

    assert all(said.text and said.remedy and "{" not in said.text for said in told)
    assert all(said.text != one.code for one in found for said in (describe(one, "en"),))


def test_a_wrong_name_brings_what_may_have_been_meant():
    found = {one.code: one for one in check_documents(broken())}

    said = describe(found["display_missing"], "en").text, describe(found["role_not_declared"], "zh-CN").text

    assert "Did you mean name?" in said[0]
    assert "是否想写：keeper？" in said[1]


def test_a_formula_problem_has_the_place_in_the_text():
    found = check_documents(broken())

    problem = next(one for one in found if one.code == "formula_unknown_name" and one.pointer.endswith("formula"))

    assert problem.span == (20, 24)


def test_a_cycle_is_told_with_its_path():
    found = check_documents(broken())

    path = next(one for one in found if one.code == "formula_cycle").params["path"]

    assert path in ("net -> gross -> net", "gross -> net -> gross")
