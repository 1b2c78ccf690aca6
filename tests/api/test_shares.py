"""/records/{entity}/{id}/shares: one record for a person, a department or a role, no further than it is open to who gives it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.office import NOON, Office, Reply
from tests.api.shop import BOOKING, ORDER, an_order


@pytest.fixture
def order(office: Office) -> dict[str, Any]:
    """Anna's, who does not see the margin. Bert has orders of his own, Zoe has no role at all."""
    return office["anna"].create(ORDER, **an_order(office))


def give(office: Office, login: str, order: dict[str, Any], to: str, level: str = "read", **more: Any) -> Reply:
    kind, _, name = to.rpartition(":")
    body = {"kind": kind or "user", "id": office.ids.get(name, name), "level": level, **more}
    return office[login].post(f"/records/{ORDER}/{order['id']}/shares", body)


def sees(office: Office, login: str, order: dict[str, Any]) -> bool:
    """Say whether somebody sees a record, everywhere alike."""
    person, here = office[login], f"/records/{ORDER}/{order['id']}"
    statuses = {person.get(path).status for path in (here, f"{here}/history", f"{here}/comments", f"{here}/shares")}
    listed = person.list(ORDER)
    inside = {one["id"] for one in listed.body["items"]} if listed.status == 200 else set()
    offered = {one["id"] for one in person.get(f"/records/{ORDER}/options").body.get("items", [])}
    assert len({statuses == {200}, order["id"] in inside, order["id"] in offered}) == 1, (statuses, inside, offered)
    return statuses == {200}


def test_a_record_is_seen_everywhere_by_whom_it_was_given_to_and_by_nobody_else(office: Office, order: dict[str, Any]):
    before = [sees(office, login, order) for login in ("bert", "zoe")]

    reply = give(office, "anna", order, "zoe", note="for the audit")

    assert (reply.status, before) == (201, [False, False])
    assert (sees(office, "zoe", order), sees(office, "bert", order)) == (True, False)
    assert (
        office["zoe"].get("/notifications").body["items"][0]["text"]
        == "Anna shared a record with you (Order): for the audit"
    )
    [told] = office["zoe"].get(f"/records/{ORDER}/{order['id']}/shares").body["items"]
    assert (told["with"]["name"], told["given_by"]["name"], told["level"]) == ("Zoe", "Anna", "read")


@pytest.mark.parametrize(
    ("level", "comments", "changes"), [("read", 403, 403), ("comment", 201, 403), ("edit", 201, 200)]
)
def test_a_level_allows_what_it_says(office: Office, order: dict[str, Any], level: str, comments: int, changes: int):
    give(office, "anna", order, "zoe", level)

    said = office["zoe"].post(f"/records/{ORDER}/{order['id']}/comments", {"text": "Fine."})
    changed = office["zoe"].try_change(ORDER, order, slip="x")
    others = [
        office["zoe"].try_move("submit", ORDER, order).status,
        office["zoe"].delete(f"/records/{ORDER}/{order['id']}", if_match='"1"').status,
    ]

    assert (said.status, changed.status) == (comments, changes)
    assert set(others) <= {403}


def test_nobody_gives_what_they_do_not_have(office: Office, order: dict[str, Any]):
    give(office, "anna", order, "zoe", "edit")
    further = give(office, "lee", order, "bert", "edit")
    on = give(office, "zoe", order, "bert")
    unseen = give(office, "bert", order, "zoe")

    shown = office["zoe"].read(ORDER, order["id"])
    asked = office["zoe"].list(ORDER, filter={"field": "margin", "op": "gt", "value": "0"})

    assert [(reply.status, reply.code) for reply in (further, on, unseen)] == [
        (403, "forbidden"),
        (403, "forbidden"),
        (404, "not_found"),
    ]
    assert "margin" in office["otto"].read(ORDER, order["id"])["values"]
    assert "margin" not in shown["values"]
    assert asked.problems == [("/filter/field", "unknown_path")] or asked.status == 422


def test_who_shares_a_record_that_they_may_only_read_gives_no_more(office: Office, order: dict[str, Any]):
    admin = office["admin"]
    mine = admin.create(ORDER, **an_order(office))
    give(office, "admin", mine, "zoe", "edit")

    seen = office["zoe"].read(ORDER, mine["id"])
    too_far = office["anna"].post(
        f"/records/{ORDER}/{order['id']}/shares", {"kind": "user", "id": office.ids["zoe"], "level": "own"}
    )

    assert "margin" in seen["values"]
    assert too_far.status == 422


def test_a_department_with_all_below_it_and_a_role_receive_too_and_are_told(office: Office):
    order = office["anna"].create(ORDER, **an_order(office, machine=office.ids["m2"]))
    before = [sees(office, login, order) for login in ("zoe", "dora", "ada")]

    give(office, "anna", order, "department:south")
    by_department = [sees(office, login, order) for login in ("zoe", "dora")]
    give(office, "anna", order, "department:works")
    give(office, "anna", order, "role:shop.auditor")

    assert (before, by_department) == ([False, False, False], [False, True])
    assert [sees(office, login, order) for login in ("zoe", "dora", "ada")] == [True, True, True]
    # Anna, who gave it, belongs to the works, too.
    told = {
        login: len(office[login].get("/notifications").body["items"]) for login in ("anna", "zoe", "dora", "ada", "lee")
    }
    assert told == {"anna": 0, "zoe": 1, "dora": 2, "ada": 2, "lee": 1}


def test_a_share_ends_by_itself_and_when_it_is_taken_back(office: Office, order: dict[str, Any]):
    given = give(office, "anna", order, "zoe", expires_at=(NOON + timedelta(days=1)).isoformat()).body
    other = give(office, "anna", order, "bert").body
    path = f"/records/{ORDER}/{order['id']}/shares"

    not_his = office["bert"].delete(f"{path}/{given['id']}", if_match='"1"')
    back = office["anna"].delete(f"{path}/{other['id']}", if_match='"1"')
    again = office["anna"].delete(f"{path}/{other['id']}", if_match='"2"')
    at_first = sees(office, "zoe", order), sees(office, "bert", order)
    office.clock.moment += timedelta(days=2)

    assert (not_his.status, back.status, again.code) == (403, 204, "share_is_over")
    assert at_first == (True, False)
    assert not sees(office, "zoe", order)
    assert office["anna"].get(path).body["items"] == []


def test_a_second_share_with_the_same_person_takes_the_place_of_the_first(office: Office, order: dict[str, Any]):
    give(office, "anna", order, "zoe", "edit")
    give(office, "anna", order, "zoe", "read")

    items = office["anna"].get(f"/records/{ORDER}/{order['id']}/shares").body["items"]

    assert [one["level"] for one in items] == ["read"]
    assert office["zoe"].try_change(ORDER, order, slip="x").status == 403


def test_every_mistake_of_a_share_is_told_at_once(office: Office, order: dict[str, Any]):
    nobody = give(office, "anna", order, "user:nobody", expires_at=(NOON - timedelta(days=1)).isoformat())
    oneself = give(office, "anna", order, "anna")
    role = give(office, "anna", order, "role:shop.wizard")

    assert nobody.problems == [("/id", "share_with_nobody"), ("/expires_at", "share_over_before")]
    assert oneself.problems == [("/id", "share_with_oneself")]
    assert role.problems == [("/id", "share_with_nobody")]


def test_a_share_is_the_rule_that_decides(office: Office, order: dict[str, Any]):
    give(office, "anna", order, "zoe")

    reply = (
        office["admin"].get("/explain", person=office.ids["zoe"], entity=ORDER, record=order["id"], action="read").body
    )

    [told] = reply["actions"]
    assert (told["allowed"], told["reason"]) == (True, "shared")
    [rule] = told["rules"]
    assert (rule["decides"], [one["given_by"]["name"] for one in rule["shares"]]) == (True, ["Anna"])


def test_figures_are_worked_out_of_what_roles_reach(office: Office, order: dict[str, Any]):
    give(office, "admin", order, "zoe")

    totals = office["zoe"].get(f"/records/{ORDER}/totals", columns=":count")
    figure = office["zoe"].get("/measures/shop.held")

    assert totals.body["totals"] == {"": 1}
    assert figure.status == 403


def test_a_list_costs_one_statement_more_for_whom_something_is_shared_with(office: Office, order: dict[str, Any]):
    bert = office["bert"]
    bert.create(ORDER, **an_order(office))
    with office.statements() as alone:
        bert.list(ORDER, view="orders")
    for _ in range(3):
        give(office, "admin", office["anna"].create(ORDER, **an_order(office)), "bert")

    with office.statements() as given:
        found = bert.list(ORDER, view="orders")

    assert len(found.body["items"]) == 4
    assert len(given) == len(alone) + 1


def test_shares_go_with_the_record_and_come_back_with_it(office: Office, order: dict[str, Any]):
    give(office, "anna", order, "zoe")
    office["anna"].delete(f"/records/{ORDER}/{order['id']}", if_match='"1"')
    gone = office["zoe"].get(f"/records/{ORDER}/{order['id']}").status

    office["anna"].post(f"/records/{ORDER}/recycle_bin/{order['id']}/restore")

    assert gone == 404
    assert sees(office, "zoe", order)


def test_where_nothing_is_shared_nothing_more_opens(office: Office, order: dict[str, Any]):
    give(office, "anna", order, "zoe")

    assert office["zoe"].list(BOOKING).status == 403
    assert office["zoe"].post(f"/records/{ORDER}", {"values": {}}).status == 403
    assert [
        one["entity"]
        for module in office["zoe"].get("/menu").body["modules"]
        for one in module["items"]
        if one["kind"] == "view"
    ].count(ORDER) >= 1
