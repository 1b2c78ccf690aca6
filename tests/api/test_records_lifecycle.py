"""POST /records/{entity}/{id}/submit, /withdraw and /void."""

import pytest

from tests.api.office import Office
from tests.api.shop import ITEM, ORDER, RECEIPT, an_order, approved, large, line, submitted


def held(office: Office, item: str = "bolt") -> str:
    return office["kim"].get("/measures/shop.held", where={"item": office.ids[item]}).body["total"]


def test_handing_in_reserves_and_asks_the_first_people(office: Office):
    order = submitted(office)

    approval = office["anna"].approval(order)

    assert (order["status"], order["submitted_at"]) == ("in_approval", "2026-03-02T04:00:00+00:00")
    assert held(office) == "90.00"
    assert [(seat["node"], seat["user"]["name"]) for seat in approval["seats"]] == [("check", "Dora")]


def test_a_document_without_flow_takes_effect_at_once(office: Office):
    kim = office["kim"]
    receipt = kim.create(RECEIPT, lines=[{"item": office.ids["bolt"], "count": "5"}])

    effective = kim.move("submit", RECEIPT, receipt)

    assert (effective["status"], effective["effective_at"]) == ("approved", "2026-03-02T04:00:00+00:00")
    assert held(office) == "105.00"


def test_what_breaks_a_limit_stays_a_draft(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office, lines=[line(office), line(office, count="91")]))

    reply = anna.try_move("submit", ORDER, order)

    assert reply.status == 422
    assert ("/lines/0/count", "rule_violated") in reply.problems
    assert anna.read(ORDER, order["id"])["status"] == "draft"
    assert held(office) == "100.00"


@pytest.mark.parametrize("verb", ["submit", "withdraw", "void"])
def test_moving_needs_the_version_that_was_seen(office: Office, verb: str):
    admin = office["admin"]
    order = admin.create(ORDER, **an_order(office))

    without = admin.post(f"/records/{ORDER}/{order['id']}/{verb}")
    stale = admin.try_move(verb, ORDER, order | {"version": 9})

    assert (without.status, without.code) == (428, "version_required")
    assert (stale.status, stale.code) == (412, "stale")


def test_handing_in_twice_is_refused_and_under_one_key_repeated(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office))
    path = f"/records/{ORDER}/{order['id']}/submit"
    first, again = (anna.post(path, {}, if_match='"1"', idempotency_key="once") for _ in range(2))

    refused = anna.try_move("submit", ORDER, first.body)

    assert (first.status, again.body) == (200, first.body)
    assert (refused.status, refused.code, refused.body["params"]["status"]) == (409, "not_open", "in_approval")


def test_withdrawing_releases_and_closes_the_seat(office: Office):
    order = submitted(office)
    seat = office["dora"].approval(order)["my_seat"]

    withdrawn = office["anna"].move("withdraw", ORDER, order, "a mistake")

    assert (withdrawn["status"], held(office)) == ("withdrawn", "100.00")
    late = office["dora"].try_decide("agree", seat)
    assert (late.status, late.code) == (409, "seat_closed")


def test_withdrawing_after_a_vote_is_refused(office: Office):
    order = submitted(office)
    office["dora"].decide("agree", order)

    reply = office["anna"].try_move("withdraw", ORDER, office["anna"].read(ORDER, order["id"]))

    assert (reply.status, reply.code, reply.body["params"]["who"]) == (409, "withdraw_after_vote", office["dora"].id)


def test_only_who_started_withdraws(office: Office):
    order = submitted(office)

    reply = office["admin"].try_move("withdraw", ORDER, order)

    assert (reply.status, reply.code) == (409, "not_initiator")


def test_a_draft_cannot_be_withdrawn_or_made_void(office: Office):
    admin = office["admin"]
    order = admin.create(ORDER, **an_order(office))

    replies = [admin.try_move(verb, ORDER, order) for verb in ("withdraw", "void")]

    assert [(reply.status, reply.code) for reply in replies] == [(409, "not_in_approval"), (409, "not_effective")]


def test_making_void_reverses_and_deletes_nothing(office: Office):
    order = approved(office)
    before = held(office)

    void = office["otto"].move("void", ORDER, order, "ordered twice")

    assert (before, held(office), void["status"]) == ("90.00", "100.00", "void")
    events = office["otto"].approval(order)["events"]
    assert [(one["verb"], one["comment"]) for one in events if one["verb"] == "void"] == [("void", "ordered twice")]


def test_a_document_without_flow_is_made_void_as_well(office: Office):
    kim = office["kim"]
    receipt = kim.read(RECEIPT, office.ids["receipt"])

    void = office["admin"].move("void", RECEIPT, receipt)

    assert (void["status"], held(office), held(office, "nut")) == ("void", "0.00", "0.00")


def test_void_of_who_may_not_is_forbidden(office: Office):
    order = approved(office)

    reply = office["anna"].try_move("void", ORDER, order)

    assert (reply.status, reply.code) == (403, "forbidden")


def test_masters_are_not_handed_in(small_office: Office):
    item = small_office["admin"].read(ITEM, small_office.ids["bolt"])

    reply = small_office["admin"].try_move("submit", ITEM, item)

    assert (reply.status, reply.body["params"]["reason"]) == (403, "not_a_document")


def test_handing_in_again_after_a_return_reserves_the_new_amount(office: Office):
    order = submitted(office)
    office["dora"].decide("return", order, targets=["start"], comment="less, please")
    anna = office["anna"]
    returned = anna.read(ORDER, order["id"])
    released = held(office)
    changed = anna.change(ORDER, returned, lines=[line(office, count="4")])

    again = anna.move("submit", ORDER, changed)

    assert (returned["status"], released) == ("returned", "100.00")
    assert (again["status"], held(office)) == ("in_approval", "96.00")


def test_a_rejected_document_gives_back_what_it_reserved(office: Office):
    order = submitted(office)

    answer = office["dora"].decide("reject", order, comment="no")

    assert answer["record"]["status"] == "rejected"
    assert held(office) == "100.00"


def test_everybody_who_is_asked_agrees_before_it_takes_effect(office: Office):
    order = approved(office, **large(office))

    seats = office["anna"].approval(order)["seats"]

    assert order["status"] == "approved"
    assert [(seat["node"], seat["user"]["name"]) for seat in seats if seat["kind"] == "approver"] == [
        ("check", "Dora"),
        ("keep", "Ken"),
        ("keep", "Kim"),
        ("decide", "Otto"),
    ]
