"""The shape of documents, and what is left of a broken one."""

import pytest

from engine.definition.pruning import prune
from engine.definition.structure import check_structure
from tests.unit.definition.shop import codes, document, documents, fields_of, problems


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"kinds": "x"}, "/kinds", "schema_unknown_key"),
        ({"kind": "docment"}, "/kind", "schema_not_allowed"),
        ({"name": "Order"}, "/name", "schema_malformed"),
        ({"name": "order\n"}, "/name", "schema_malformed"),
        ({"title": ""}, "/title", "schema_too_short"),
        ({"title": 3}, "/title", "schema_wrong_type"),
        ({"unique": [["day", "day"]]}, "/unique/0", "schema_repeated"),
        ({"unique": [[]]}, "/unique/0", "schema_too_few"),
        ({"rules": [{"name": "a", "check": "x"}]}, "/rules/0", "schema_missing_key"),
        ({"postings": [{"name": "a", "to": "b", "set": {}}]}, "/postings/0/set", "schema_too_few_keys"),
        ({"postings": [{"name": "a", "to": "b", "set": {"A": "1"}}]}, "/postings/0/set/A", "schema_key_malformed"),
    ],
)
def test_a_broken_shape_is_told_with_its_place(change: dict[str, object], pointer: str, code: str):
    body = documents()["shop/entities/order.json"] | change

    found = check_structure("entity", body)

    assert [(one.pointer, one.code) for one in found] == [(pointer, code)]


def test_an_unknown_key_brings_the_known_one_that_is_near():
    body = documents()["shop/entities/order.json"] | {"dispaly": "day"}

    (problem,) = check_structure("entity", body)

    assert problem.params["hint"]["en"] == "Did you mean display?"


def test_one_of_several_keys_must_be_there():
    menu = [{"view": "a", "page": "accounts"}, {"title": "x"}]
    body = document("module", name="a", version="1.0.0", title="x", menu=menu)

    found = check_structure("module", body)

    assert [(one.pointer, one.code) for one in found] == [
        ("/menu/0", "schema_exactly_one"),
        ("/menu/1", "schema_exactly_one"),
    ]


def test_a_step_is_judged_by_its_type():
    step = {"name": "a", "type": "copy", "by": [], "to": [{"role": "x", "user": "y"}]}
    body = document("flow", name="a", title="x", entity="b", steps=[step])

    found = check_structure("flow", body)

    assert [(one.pointer, one.code) for one in found] == [
        ("/steps/0/by", "schema_unknown_key"),
        ("/steps/0/to/0", "schema_too_many_keys"),
    ]


def test_what_is_sound_beside_a_broken_part_is_still_checked():
    changed = documents()
    fields_of(changed, "order")["day"]["typ"] = "x"
    changed["shop/entities/order.json"]["rules"][1]["check"] = "nothing > 0"

    found = problems(changed)

    assert [(pointer, code) for _, pointer, code in found] == [
        ("/rules/1/check", "formula_unknown_name"),
        ("/schema/properties/day/typ", "schema_unknown_key"),
    ]


def test_what_refers_to_a_broken_part_is_no_mistake_of_its_own():
    changed = documents()
    fields_of(changed, "order")["total"]["type"] = "strng"
    changed["shop/entities/item.json"] = []

    found = codes(changed)

    assert found == {"schema_not_allowed", "document_not_an_object"}


def test_pruning_keeps_the_places_of_lists():
    body = document("permissions", grants=[{"role": "Bad"}, {"role": "a", "entity": "b", "actions": ["read"]}])

    pruned = prune("permissions", body)

    assert pruned.body["grants"][0] is None
    assert pruned.body["grants"][1]["role"] == "a"
    assert body["grants"][0] == {"role": "Bad"}


def test_a_document_of_another_kind_is_told_once():
    changed = documents()
    changed["shop/entities/item.json"] = changed["shop/views/orders.json"]

    found = [one for one in problems(changed) if one[0] == "shop/entities/item.json"]

    assert found == [("shop/entities/item.json", "/$schema", "document_kind")]
