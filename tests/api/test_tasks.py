"""/tasks: the inbox and deciding."""

from typing import Any

import pytest

from tests.api.office import Office
from tests.api.shop import ORDER, an_order, approved, large, submitted


def box(office: Office, login: str, name: str, **query: object) -> list[dict[str, Any]]:
    return office[login].get("/tasks", box=name, **query).body["items"]


def test_a_task_says_what_it_is_about(office: Office):
    order = submitted(office)

    (task,) = box(office, "dora", "todo")

    assert (task["entity"], task["entity_title"], task["record_id"]) == (ORDER, "Order", order["id"])
    assert (task["record_label"], task["node_title"], task["flow_title"]) == (
        "O-M1-2026-0001",
        "核对",
        "Approval of orders",
    )
    assert task["started_by"] == {"id": office["anna"].id, "name": "Anna"}
    assert {one["name"]: one["value"] for one in task["summary"]} == {
        "machine": "M1",
        "day": "2026-03-02",
        "total": "20.00",
    }


def test_a_summary_leaves_out_what_is_hidden(office: Office):
    order = submitted(office, **large(office))
    seat = office["dora"].approval(order)["my_seat"]
    office["dora"].try_decide("transfer", seat, to=office.ids["ada"])

    (task,) = box(office, "ada", "todo")

    assert "margin" not in {one["name"] for one in task["summary"]}


def test_the_boxes_follow_an_approval(office: Office):
    order = submitted(office, **an_order(office, checker=office.ids["zoe"]))
    office["dora"].decide("agree", order)
    office["otto"].decide("agree", order)

    boxes = {
        (login, name): len(box(office, login, name))
        for login in ("anna", "dora", "otto", "zoe")
        for name in ("todo", "done", "started", "copied")
    }

    assert {place for place, count in boxes.items() if count} == {
        ("anna", "started"),
        ("dora", "done"),
        ("otto", "done"),
        ("zoe", "copied"),
    }


def test_counts_go_down_when_a_copy_is_read(office: Office):
    order = approved(office, **an_order(office, checker=office.ids["zoe"]))
    zoe = office["zoe"]
    before = zoe.get("/tasks/counts").body

    zoe.approval(order)

    assert before == {"todo": 0, "copied_unread": 1}
    assert zoe.get("/tasks/counts").body == {"todo": 0, "copied_unread": 0}
    assert box(office, "zoe", "copied")[0]["read"] is True


def test_tasks_are_paged_and_searched(office: Office):
    orders = [submitted(office) for _ in range(3)]
    dora = office["dora"]

    first = dora.get("/tasks", box="todo", limit=2).body
    rest = dora.get("/tasks", box="todo", limit=2, cursor=first["next_cursor"]).body
    found = dora.get("/tasks", box="todo", q=orders[1]["values"]["number"]).body

    shown = [one["record_id"] for one in (*first["items"], *rest["items"])]
    assert sorted(shown) == sorted(order["id"] for order in orders)
    assert rest["next_cursor"] is None
    assert [one["record_id"] for one in found["items"]] == [orders[1]["id"]]


def test_deciding_needs_the_revision_that_was_seen(office: Office):
    order = submitted(office)
    seat = office["dora"].approval(order)["my_seat"]

    without = office["dora"].post(f"/tasks/{seat['id']}/agree")
    stale = office["dora"].try_decide("agree", seat | {"rev": 99})

    assert (without.status, without.code) == (428, "version_required")
    assert (stale.status, stale.code) == (409, "stale_seat")


def test_agreeing_twice_is_refused_and_under_one_key_repeated(office: Office):
    order = submitted(office)
    dora = office["dora"]
    seat = dora.approval(order)["my_seat"]
    path, headers = f"/tasks/{seat['id']}/agree", {"if_match": f'"{seat["rev"]}"', "idempotency_key": "once"}
    first, again = (dora.post(path, {}, **headers) for _ in range(2))

    refused = dora.try_decide("agree", seat)

    assert (first.status, again.body) == (200, first.body)
    assert (refused.status, refused.code) == (409, "already_acted")


@pytest.mark.parametrize(("verb", "body"), [("agree", {}), ("reject", {}), ("return", {"targets": ["start"]})])
def test_nobody_decides_from_the_seat_of_another(office: Office, verb: str, body: dict[str, Any]):
    seat = office["dora"].approval(submitted(office))["my_seat"]

    replies = [office[login].try_decide(verb, seat, **body) for login in ("otto", "admin", "zoe")]

    assert {(reply.status, reply.code) for reply in replies} == {(409, "not_your_seat")}


@pytest.mark.parametrize("seat", ["nothing", "nothing.1", ".1", "x.²", "x.99999999999999999999", "x.-1"])
def test_a_seat_that_is_none_is_not_found(office: Office, seat: str):
    reply = office["dora"].try_decide("agree", {"id": seat, "rev": 1})

    assert (reply.status, reply.code) == (404, "not_found")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [({}, "/targets"), ({"targets": []}, "/targets"), ({"targets": ["start"], "resume": "later"}, "/resume")],
)
def test_a_return_that_is_not_said_fully_is_refused(office: Office, body: dict[str, Any], pointer: str):
    seat = office["dora"].approval(submitted(office))["my_seat"]

    reply = office["dora"].try_decide("return", seat, **body)

    assert reply.status == 422
    assert pointer in {one for one, _ in reply.problems}


def test_a_return_goes_only_to_what_was_passed(office: Office):
    order = submitted(office)

    reply = office["dora"].try_decide("return", office["dora"].approval(order)["my_seat"], targets=["decide"])

    assert (reply.status, reply.code) == (409, "illegal_target")


def test_who_sent_it_back_may_be_asked_next(office: Office):
    order = submitted(office, **large(office))
    for login in ("dora", "ken", "kim"):
        office[login].decide("agree", order)
    office["otto"].decide("return", order, targets=["start"], resume="back_to_me")
    anna = office["anna"]

    anna.move("submit", ORDER, anna.read(ORDER, order["id"]))

    assert [one["record_id"] for one in box(office, "otto", "todo")] == [order["id"]]
    assert box(office, "dora", "todo") == []


def test_a_transfer_hands_the_seat_over(office: Office):
    order = submitted(office)
    office["dora"].decide("transfer", order, to=office.ids["zoe"], comment="you know better")

    answer = office["zoe"].decide("agree", order)

    assert answer["record"]["status"] == "in_approval"
    assert box(office, "dora", "todo") == []


@pytest.mark.parametrize(("to", "code"), [("dora", "self_transfer"), ("nobody", "target_inactive")])
def test_a_transfer_to_nobody_is_refused(office: Office, to: str, code: str):
    seat = office["dora"].approval(submitted(office))["my_seat"]

    reply = office["dora"].try_decide("transfer", seat, to=office.ids.get(to, to))

    assert (reply.status, reply.code) == (409, code)


def test_the_answer_to_a_decision_says_where_the_document_stands(office: Office):
    first = submitted(office)

    answer = office["dora"].decide("agree", first)

    assert answer["instance"]["status"] == "running"
    assert answer["record"] == {
        "id": first["id"],
        "entity": ORDER,
        "status": "in_approval",
        "version": first["version"],
    }


def test_the_path_of_a_draft_is_predicted_with_people_and_reasons(office: Office):
    order = office["anna"].create(ORDER, **large(office))

    prediction = office["anna"].approval(order)["prediction"]

    assert [(one["node"], [who["name"] for who in one["people"]]) for one in prediction if one["people"]] == [
        ("check", ["Dora"]),
        ("keep", ["Ken", "Kim"]),
        ("decide", ["Otto"]),
    ]


def test_nobody_found_asks_the_administrator(office: Office):
    order = submitted(office, **an_order(office, machine=office.ids["m2"]))

    (task,) = box(office, "admin", "todo")

    assert task["record_id"] == order["id"]


def test_the_cards_show_where_it_stands(office: Office):
    order = submitted(office, **large(office))
    office["dora"].decide("agree", order)
    office["kim"].decide("agree", order)

    path = office["anna"].approval(order)["path"]

    assert [(card["name"], card["state"]) for card in path] == [
        ("start", "done"),
        ("check", "done"),
        ("size", "done"),
        ("decide", "future"),
        ("tell", "future"),
        ("end", "future"),
    ]
    taken = next(branch for branch in path[2]["branches"] if branch["taken"])
    people = {person["name"]: person["status"] for person in taken["steps"][0]["people"]}
    assert people == {"Ken": "pending", "Kim": "agreed"}
