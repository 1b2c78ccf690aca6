"""Requests at the same moment: each from a thread of its own, on both databases."""

from collections.abc import Callable
from typing import Any

from tests.api.office import Office, Person, Reply
from tests.api.shop import BOOKING, ORDER, RECEIPT, an_order, approved, line, submitted
from tests.api.simultaneously import at_once


def submit(person: Person, entity: str, record: dict[str, Any]) -> Callable[[], Reply]:
    return lambda: person.try_move("submit", entity, record)


def held(office: Office) -> str:
    return office["kim"].get("/measures/shop.held", where={"item": office.ids["bolt"]}).body["total"]


def test_of_two_requests_for_the_last_of_a_limit_exactly_one_passes(office: Office):
    people = [office["anna"], office["bert"]]
    orders = [one.create(ORDER, **an_order(office, lines=[line(office, count="60")])) for one in people]

    replies = at_once(*(submit(one, ORDER, order) for one, order in zip(people, orders, strict=True)))

    assert sorted(reply.status for reply in replies) == [200, 422]
    refused = next(reply for reply in replies if reply.status == 422)
    assert refused.problems == [("/lines/0/count", "rule_violated")]
    assert held(office) == "40.00"


def test_a_limit_holds_for_many_at_once(office: Office):
    anna = office["anna"]
    orders = [anna.create(ORDER, **an_order(office, lines=[line(office, count="30")])) for _ in range(5)]
    browsers = [office.another("anna") for _ in orders]

    replies = at_once(*(submit(one, ORDER, order) for one, order in zip(browsers, orders, strict=True)))

    assert sorted(reply.status for reply in replies) == [200, 200, 200, 422, 422]
    assert held(office) == "10.00"


def test_two_bookings_of_the_same_hour_cannot_both_be_made(office: Office):
    values = {"starts_at": "2026-03-03T08:00:00+08:00", "ends_at": "2026-03-03T09:00:00+08:00"}
    body = {"values": values | {"machine": office.ids["m1"]}}
    people = [office["anna"], office["bert"]]

    replies = at_once(*(lambda one=one: one.post(f"/records/{BOOKING}", body) for one in people))

    assert sorted(reply.status for reply in replies) == [201, 422]


def test_the_same_slip_cannot_be_taken_twice_at_once(office: Office):
    body, people = {"values": an_order(office, slip="S")}, [office["anna"], office["bert"]]

    replies = at_once(*(lambda one=one: one.post(f"/records/{ORDER}", body) for one in people))

    assert sorted(reply.status for reply in replies) == [201, 422]


def test_of_two_changes_of_one_field_on_one_version_the_second_is_told(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))
    first, second = office["anna"], office.another("anna")

    replies = at_once(
        lambda: first.try_change(ORDER, order, slip="one"), lambda: second.try_change(ORDER, order, slip="two")
    )

    assert sorted(reply.status for reply in replies) == [200, 409]


def test_one_key_sent_a_hundred_times_at_once_has_one_effect(office: Office):
    people = [office.another("anna") for _ in range(100)]
    body = {"values": an_order(office)}

    replies = at_once(*(lambda one=one: one.post(f"/records/{ORDER}", body, idempotency_key="same") for one in people))

    assert {reply.status for reply in replies} == {201}
    assert len({reply.body["id"] for reply in replies}) == 1
    assert len(office["anna"].list(ORDER).body["items"]) == 1


def test_one_request_sent_twice_at_once_is_done_once(office: Office):
    first, second, body = office["anna"], office.another("anna"), {"values": an_order(office)}

    replies = at_once(
        *(lambda one=one: one.post(f"/records/{ORDER}", body, idempotency_key="same") for one in (first, second))
    )

    assert [reply.status for reply in replies] == [201, 201]
    assert replies[0].body["id"] == replies[1].body["id"]
    assert len(first.list(ORDER).body["items"]) == 1


def test_of_two_who_are_asked_together_the_second_is_told_who_was_faster(office: Office):
    order = submitted(office)
    first, second = office["dora"], office.another("dora")
    seat = first.approval(order)["my_seat"]

    replies = at_once(lambda: first.try_decide("agree", seat), lambda: second.try_decide("reject", seat))

    assert sorted(reply.status for reply in replies) == [200, 409]
    refused = next(reply for reply in replies if reply.status == 409)
    assert (refused.code, refused.body["params"]["who"]) == ("already_acted", first.id)


def test_taking_back_and_agreeing_at_once_leaves_one_of_the_two(office: Office):
    order = submitted(office)
    anna, dora = office["anna"], office["dora"]
    seat = dora.approval(order)["my_seat"]

    replies = at_once(lambda: anna.try_move("withdraw", ORDER, order), lambda: dora.try_decide("agree", seat))

    assert min(reply.status for reply in replies) == 200
    assert sum(reply.status == 200 for reply in replies) == 1
    assert all(
        reply.body["code"] in {"withdraw_after_vote", "seat_closed", "already_ended", "stale"}
        for reply in replies
        if reply.status != 200
    )
    expected = "withdrawn" if replies[0].status == 200 else "in_approval"
    assert anna.read(ORDER, order["id"])["status"] == expected


def test_numbers_given_at_once_have_no_gap_and_no_double(office: Office):
    browsers = [office.another("kim") for _ in range(6)]
    body = {"values": {"lines": [{"item": office.ids["bolt"], "count": "1"}]}}

    replies = at_once(*(lambda one=one: one.post(f"/records/{RECEIPT}", body) for one in browsers))

    numbers = sorted(reply.body["values"]["number"] for reply in replies)
    assert numbers == [f"R-{number:05}" for number in range(2, 8)]


def test_a_figure_is_right_after_many_at_once(office: Office):
    browsers = [office.another("kim") for _ in range(4)]
    receipts = [one.create(RECEIPT, lines=[{"item": office.ids["bolt"], "count": "0.25"}]) for one in browsers]

    replies = at_once(*(submit(one, RECEIPT, made) for one, made in zip(browsers, receipts, strict=True)))

    assert [reply.status for reply in replies] == [200] * 4
    assert held(office) == "101.00"


def test_voiding_twice_at_once_reverses_once(office: Office):
    order = approved(office)
    first, second = office["otto"], office.another("otto")

    replies = at_once(*(lambda one=one: one.try_move("void", ORDER, order) for one in (first, second)))

    assert min(reply.status for reply in replies) == 200
    assert [reply.status for reply in replies].count(200) == 1
    assert held(office) == "100.00"
