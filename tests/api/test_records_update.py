"""PATCH /records/{entity}/{id}."""

import pytest

from tests.api.ledgering import SITE
from tests.api.office import Office
from tests.api.shop import ITEM, ORDER, RECEIPT, an_order, line, submitted


def test_a_change_needs_the_version_that_was_seen(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    reply = office["anna"].patch(f"/records/{ORDER}/{order['id']}", {"values": {"slip": "S"}})

    assert (reply.status, reply.code) == (428, "version_required")


@pytest.mark.parametrize("header", ["*", "", "one", '"1.5"', '"²"', "9" * 5000, '"-1"'])
def test_a_version_that_cannot_be_read_is_as_none(small_office: Office, header: str):
    order = small_office["anna"].create(ORDER, **an_order(small_office))
    path = f"/records/{ORDER}/{order['id']}"

    reply = small_office["anna"].patch(path, {"values": {"slip": "S"}}, if_match=header)

    assert (reply.status, reply.code) == (428, "version_required")


def test_a_stale_version_loses_nothing(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office))
    anna.change(ORDER, order, slip="first")

    reply = anna.try_change(ORDER, order, slip="second")

    assert (reply.status, reply.code) == (409, "merge_conflict")
    assert reply.body["params"] == {"given": 1, "current": 2, "count": 1}
    assert anna.read(ORDER, order["id"])["values"]["slip"] == "first"


def test_the_etag_of_a_compressed_answer_works_as_version(small_office: Office):
    anna = small_office["anna"]
    order = anna.create(ORDER, **an_order(small_office, note="x" * 2000))
    path = f"/records/{ORDER}/{order['id']}"
    tags = [anna.send("GET", path, headers={"Accept-Encoding": one}).headers["ETag"] for one in ("gzip", "identity")]

    replies = [anna.patch(path, {"values": {"slip": str(number)}}, if_match=tag) for number, tag in enumerate(tags)]

    assert [reply.status for reply in replies] == [200, 409]


def test_only_what_is_sent_changes(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office, slip="S", note="long"))

    changed = anna.change(ORDER, order, note=None)

    assert (changed["values"]["slip"], changed["values"]["note"], changed["version"]) == ("S", None, 2)


def test_nothing_new_is_no_change(office: Office):
    order = office["anna"].create(ORDER, **an_order(office, slip="S"))

    changed = office["anna"].change(ORDER, order, slip="S")

    assert changed["version"] == 1


def test_rows_are_kept_changed_added_and_removed_by_their_ids(office: Office):
    anna = office["anna"]
    rows = [line(office, count=str(count)) for count in (1, 2, 3)]
    order = anna.create(ORDER, **an_order(office, lines=rows))
    first, second, _ = order["values"]["lines"]

    changed = anna.change(
        ORDER, order, lines=[line(office, count="9"), {"id": second["id"], "count": "5"}, {"id": first["id"]}]
    )

    after = changed["values"]["lines"]
    assert [row["count"] for row in after] == ["9.00", "5.00", "1.00"]
    assert [row["id"] for row in after[1:]] == [second["id"], first["id"]]
    assert changed["values"]["total"] == "30.00"


def test_rows_of_another_record_cannot_be_taken(office: Office):
    anna = office["anna"]
    order, other = (anna.create(ORDER, **an_order(office)) for _ in range(2))
    theirs = other["values"]["lines"][0]

    reply = anna.try_change(ORDER, order, lines=[{**line(office), "id": theirs["id"]}])

    assert reply.status == 422
    assert anna.read(ORDER, other["id"])["values"]["lines"] == [theirs]


def test_what_is_hidden_cannot_be_written(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office))

    reply = anna.try_change(ORDER, order, margin="1.00")

    assert reply.status == 422
    assert [pointer for pointer, _ in reply.problems] == ["/margin"]


def test_a_document_in_approval_is_not_open(office: Office):
    order = submitted(office)

    reply = office["anna"].try_change(ORDER, order, slip="S")

    assert (reply.status, reply.code, reply.body["params"]["status"]) == (409, "not_open", "in_approval")


def test_the_step_that_asks_lets_its_own_fields_be_written(office: Office):
    order = submitted(office)
    dora = office["dora"]

    noted = dora.change(ORDER, order, note="looked at")
    refused = dora.try_change(ORDER, noted, slip="S")

    assert noted["values"]["note"] == "looked at"
    assert (refused.status, [pointer for pointer, _ in refused.problems]) == (422, ["/slip"])


def test_a_record_may_not_be_moved_to_what_the_actor_does_not_see(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    reply = office["dora"].try_change(ORDER, order, machine=office.ids["m2"])

    assert (reply.status, reply.problems) == (422, [("/machine", "reference_missing")])
    assert office["anna"].read(ORDER, order["id"])["values"]["machine"] == office.ids["m1"]


def test_a_record_that_one_may_not_see_is_not_found(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    reply = office["bert"].try_change(ORDER, order, slip="S")

    assert (reply.status, reply.code) == (404, "not_found")


def test_a_record_that_one_may_only_see_is_forbidden(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    reply = office["lee"].try_change(ORDER, order, slip="S")

    assert (reply.status, reply.code, reply.body["params"]["reason"]) == (403, "forbidden", "no_grant")


def test_the_same_change_under_one_key_is_made_once(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office))
    path, body = f"/records/{ORDER}/{order['id']}", {"values": {"slip": "S"}}

    replies = [anna.patch(path, body, if_match='"1"', idempotency_key="again") for _ in range(2)]

    assert [(reply.status, reply.body["version"]) for reply in replies] == [(200, 2), (200, 2)]


def test_a_blank_in_a_required_field_is_refused(small_office: Office):
    item = small_office["kim"].create(ITEM, code="X", name="X")

    reply = small_office["kim"].try_change(ITEM, item, name="")

    assert (reply.status, reply.problems) == (422, [("/name", "required")])


def test_a_document_in_effect_is_not_open(small_office: Office):
    kim = small_office["kim"]
    receipt = kim.create(RECEIPT, lines=[{"item": small_office.ids["bolt"], "count": "1"}])
    effective = kim.move("submit", RECEIPT, receipt)

    reply = kim.try_change(RECEIPT, effective, day="2026-01-01")

    assert (reply.status, reply.code) == (409, "not_open")


def test_a_field_of_the_own_name_status_is_what_a_filter_asks(sites: Office):
    admin = sites["admin"]
    east = admin.create(SITE, code="east", cap="1.00")
    west = admin.create(SITE, code="west", cap="1.00")

    changed = admin.try_change(SITE, west, beside=east["id"])

    assert (changed.status, changed.body["values"]["beside"]) == (200, east["id"])
