"""/menu, /entities, /modules and /health: what there is, as the person who asks sees it."""

import json

import pytest

from tests.api.office import Office
from tests.api.shop import ITEM, ORDER, STOCK


def test_a_menu_holds_what_one_may_open(small_office: Office):
    def targets(login: str) -> list[str]:
        modules = small_office[login].get("/menu").body["modules"]
        return [item["target"] for module in modules for item in module["items"]]

    assert targets("admin") == ["shop.orders", "shop.items", "shop.receipts", "shop.stock", "accounts"]
    assert targets("anna") == ["shop.orders", "shop.items", "shop.stock"]
    assert targets("zoe") == []


def test_an_entity_says_all_that_its_pages_need(small_office: Office):
    meta = small_office["admin"].get(f"/entities/{ORDER}").body

    assert (meta["key"], meta["title"], meta["kind"], meta["has_flow"]) == (ORDER, "Order", "document", True)
    assert meta["flow_title"] == "Approval of orders"
    assert [field["name"] for field in meta["fields"]][:3] == ["number", "machine", "day"]
    assert [form["name"] for form in meta["forms"]] == ["order"]
    assert [view["name"] for view in meta["views"]] == ["orders"]
    assert [rule["name"] for rule in meta["rules"]] == ["cap", "whole", "held", "thin"]
    status = next(field for field in meta["system_fields"] if field["name"] == "status")
    assert {option["value"] for option in status["options"]} >= {"draft", "in_approval", "approved", "void"}


def test_what_may_be_done_is_said_for_the_person(small_office: Office):
    actions = {
        login: small_office[login].get(f"/entities/{ORDER}").body["actions"] for login in ("anna", "lee", "otto")
    }

    assert actions == {
        "anna": ["create", "read", "update", "delete", "submit", "withdraw", "export", "import"],
        "lee": ["read"],
        "otto": ["read", "update", "delete", "void"],
    }
    assert small_office["zoe"].get(f"/entities/{ORDER}").status == 403
    assert small_office["anna"].get(f"/entities/{STOCK}").status == 403
    assert small_office["anna"].get("/entities/shop.nothing").status == 404


@pytest.mark.parametrize(
    ("login", "entity", "hidden"), [("anna", ORDER, "margin"), ("anna", ITEM, "bought_for"), ("ada", ORDER, "margin")]
)
def test_what_is_hidden_is_named_nowhere(small_office: Office, login: str, entity: str, hidden: str):
    person = small_office[login]

    texts = {
        "entity": person.get(f"/entities/{entity}").body,
        "schema": person.get("/openapi.json").body["components"]["schemas"][entity],
        "list": person.list(entity).body,
        "whole": small_office["admin"].get(f"/entities/{entity}").body,
    }

    found = {name for name, body in texts.items() if f'"{hidden}"' in json.dumps(body)}
    assert found == {"whole"}


def test_a_hidden_column_of_rows_is_named_nowhere(small_office: Office):
    meta = small_office["ada"].get(f"/entities/{ORDER}").body

    lines = next(field for field in meta["fields"] if field["name"] == "lines")
    assert [field["name"] for field in lines["fields"]] == ["item", "count", "unit", "amount", "remark"]
    assert '"price"' not in json.dumps(meta["forms"])


def test_a_formula_over_what_is_hidden_is_left_to_the_server(small_office: Office):
    meta = small_office["ada"].get(f"/entities/{ORDER}").body

    lines = next(field for field in meta["fields"] if field["name"] == "lines")
    amount = next(field for field in lines["fields"] if field["name"] == "amount")
    assert "formula" not in amount
    assert amount["read_only"] is True


def test_texts_come_in_the_language_asked_for(small_office: Office):
    anna, path = small_office["anna"], f"/entities/{ORDER}"

    titles = [
        anna.send("GET", path, headers={"Accept-Language": language}).body["title"]
        for language in ("en", "zh-CN", "fr", "zh")
    ]

    assert titles == ["Order", "订单", "订单", "订单"]


def test_modules_are_told_to_administrators_with_their_flows_as_trees(small_office: Office):
    (module,) = small_office["admin"].get("/modules").body["items"]

    assert (module["name"], module["version"]) == ("shop", "1.0.0")
    order = next(entity for entity in module["entities"] if entity["key"] == ORDER)
    assert order["path"] == "shop/entities/order.json"
    assert [card["name"] for card in module["flows"][0]["tree"]] == ["start", "check", "size", "decide", "tell", "end"]
    assert module["flows"][0]["tree"][3]["rules"] == [{"kind": "role", "value": "负责人"}]


def test_health_needs_no_session(office: Office):
    reply = office.another().get("/health")

    assert reply.status == 200
