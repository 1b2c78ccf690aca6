"""GET /records/{entity}/options: what a reference picker shows."""

from typing import Any

from tests.api.office import Office
from tests.api.shop import ITEM, ORDER, an_order


def shown(office: Office, entity: str = ITEM, login: str = "anna", **query: Any) -> list[tuple[str, str]]:
    reply = office[login].get(f"/records/{entity}/options", **query)
    assert reply.status == 200, reply
    return [(item["label"], item["hint"]) for item in reply.body["items"]]


def test_options_have_label_and_code(office: Office):
    assert shown(office) == [("Bolt", "B1"), ("Nut", "N1")]


def test_options_are_found_by_name_and_by_code(office: Office):
    assert shown(office, q="olt") == [("Bolt", "B1")]
    assert shown(office, q="n1") == [("Nut", "N1")]
    assert shown(office, q="zz") == []


def test_options_in_chinese_are_found_by_their_initials_too(office: Office):
    office["kim"].create(ITEM, code="X9", name="六角螺栓")

    assert shown(office, q="螺栓") == [("六角螺栓", "X9")]
    assert shown(office, q="ljls") == [("六角螺栓", "X9")]


def test_options_obey_the_filter_of_the_field_that_asks(office: Office):
    office["kim"].create(ITEM, code="OLD", name="Old", active=False)

    of_the_field = shown(office, field="shop.order.lines.item", record={"machine": office.ids["m1"]})

    assert ("Old", "OLD") not in of_the_field
    assert ("Old", "OLD") in shown(office)


def test_what_is_chosen_already_is_labelled_whatever_the_filter_says(office: Office):
    old = office["kim"].create(ITEM, code="OLD", name="Old", active=False)

    items = shown(office, field="shop.order.lines.item", ids=f"{old['id']},{office.ids['nut']}")

    assert items == [("Nut", "N1"), ("Old", "OLD")]


def test_options_are_limited(office: Office):
    assert shown(office, limit=1) == [("Bolt", "B1")]


def test_options_hold_what_one_may_see(office: Office):
    office["anna"].create(ORDER, **an_order(office))

    assert shown(office, ORDER) == [("O-M1-2026-0001", "")]
    assert shown(office, ORDER, "bert") == []
    assert shown(office, ORDER, "zoe") == []


def test_wrong_questions_are_told(office: Office):
    anna = office["anna"]

    assert anna.get("/records/shop.nothing/options").status == 404
    assert anna.get("/records/system.user/options").status == 404
    assert anna.get(f"/records/{ITEM}/options", record="{").problems == [("", "argument_not_json")]
    assert anna.get(f"/records/{ITEM}/options", limit=0).problems[0][0] == "/limit"
    assert anna.get(f"/records/{ITEM}/options", record=[1], field="shop.order.lines.item").status == 200
    assert anna.get(f"/records/{ITEM}/options", field="shop.order.nothing.at.all").status == 200
