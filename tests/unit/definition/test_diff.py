"""Differences between two configurations."""

from engine.definition import changes
from engine.problems import wording
from tests.unit.definition.shop import Documents, configuration, documents, fields_of


def told(changed: Documents) -> set[tuple[str, str, str, str]]:
    found = changes(configuration(), configuration(changed))
    return {(one.kind, one.subject, one.pointer, one.aspect) for one in found}


def test_equal_documents_differ_in_nothing():
    assert told(documents()) == set()


def test_new_and_removed_elements_are_told():
    changed = documents()
    fields_of(changed, "item")["extra"] = {"title": "另", "type": "string"}
    del fields_of(changed, "item")["price"]
    fields_of(changed, "order")["lines"]["items"]["properties"]["price"]["x-field"].pop("copy")
    changed["shop/permissions.json"]["grants"].pop()
    changed["shop/flows/order.json"]["steps"].pop()
    fields_of(changed, "order")["priority"]["oneOf"].append({"const": "top", "title": "特高"})

    found = told(changed)

    assert found >= {
        ("added", "field", "shop.item/extra", ""),
        ("removed", "field", "shop.item/price", ""),
        ("changed", "field", "shop.order/lines/price", "copy"),
        ("removed", "grant", "shop.keeper shop.item read all", ""),
        ("removed", "step", "shop.order/tell", ""),
        ("added", "option", "shop.order/priority/top", ""),
    }


def test_a_field_with_another_name_and_the_same_id_is_renamed():
    changed = documents()
    fields = fields_of(changed, "item")
    fields["label"] = fields.pop("unit") | {"x-field": {"id": "unit"}}
    fields_of(changed, "order")["lines"]["items"]["properties"]["unit"]["x-field"]["lookup"] = "item.label"

    found = told(changed)

    assert ("renamed", "field", "shop.item/label", "name") in found
    assert not {one for one in found if one[0] in ("added", "removed") and one[1] == "field"}


def test_a_change_says_what_it_was_and_what_it_is():
    changed = documents()
    fields_of(changed, "order")["total"]["x-field"]["formula"] = "SUM(lines.amount) + 1"

    (change,) = changes(configuration(), configuration(changed))

    assert (change.before, change.after) == ("SUM(lines.amount)", "SUM(lines.amount) + 1")
    assert "total" in wording(change.code, change.params, "en").text


def test_a_title_in_another_language_is_a_change():
    changed = documents()
    changed["shop/locales/en.json"]["texts"]["entities/order.json#/title"] = "Request"

    found = told(changed)

    assert found == {("changed", "entity", "shop.order", "title")}
