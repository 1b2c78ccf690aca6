"""POST /records/{entity}/{id}/restore: what a record was, as an ordinary change."""

from typing import Any

from tests.api.office import Office, Person, Reply
from tests.api.shop import ITEM, ORDER, an_order, line


def restore(person: Person, record: dict[str, Any], number: object, entity: str = ORDER) -> Reply:
    path = f"/records/{entity}/{record['id']}/restore"
    return person.post(path, {"version": number}, if_match=f'"{record["version"]}"')


def preview(person: Person, record: dict[str, Any], number: int) -> Reply:
    return person.get(f"/records/{ORDER}/{record['id']}/versions/{number}")


def test_a_record_becomes_what_it_was_and_its_figures_follow(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office, slip="old", lines=[line(office), line(office, item="nut")]))
    kept = order["values"]["lines"][1]["id"]
    changed = anna.change(ORDER, order, slip="new", note="n", lines=[{"id": kept, "count": "1"}])

    reply = restore(anna, changed, 1)

    after = reply.body["values"]
    assert (reply.status, reply.body["version"]) == (200, 3)
    assert (after["slip"], after["note"], after["total"]) == ("old", None, order["values"]["total"])
    assert [row["count"] for row in after["lines"]] == ["10.00", "10.00"]
    assert after["lines"][1]["id"] == kept
    latest = anna.get(f"/records/{ORDER}/{order['id']}/history").body["items"][0]
    assert (latest["action"], latest["restored"]) == ("update", 1)


def test_a_preview_tells_what_would_change_and_changes_nothing(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office, slip="old"))
    changed = anna.change(ORDER, order, slip="new", lines=[line(office, count="3")])

    reply = preview(anna, changed, 1)

    assert reply.status == 200, reply
    told = reply.body
    assert told["values"]["slip"] == "old"
    assert ("slip", "new", "old") in [(one["path"], one["before"], one["after"]) for one in told["changes"]]
    assert sorted(one["kind"] for one in told["rows"]) == ["added", "removed"]
    assert (told["problems"], anna.read(ORDER, order["id"])["version"]) == ([], 2)


def test_what_was_allowed_once_is_judged_by_the_rules_of_now(office: Office):
    kim, anna = office["kim"], office["anna"]
    item = kim.create(ITEM, code="X1", name="Washer", price="1.00")
    order = anna.create(ORDER, **an_order(office, lines=[{"item": item["id"], "count": "1"}]))
    changed = anna.change(ORDER, order, lines=[line(office)])
    kim.delete(f"/records/{ITEM}/{item['id']}", if_match='"1"')

    reply = restore(anna, changed, 1)

    assert (reply.status, reply.problems) == (422, [("/lines/0/item", "reference_missing")])
    assert [one["code"] for one in preview(anna, changed, 1).body["problems"]] == ["reference_missing"]


def test_restoring_needs_the_version_that_was_seen(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office))
    anna.change(ORDER, order, slip="new")

    reply = restore(anna, order, 1)

    assert (reply.status, reply.code) == (412, "stale")


def test_a_version_that_never_was_is_not_found(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    replies = [restore(office["anna"], order, 7), preview(office["anna"], order, 2), preview(office["anna"], order, 0)]

    assert [reply.status for reply in replies] == [404, 404, 404]


def test_bad_versions_are_told(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    replies = [restore(office["anna"], order, one) for one in ("x", None, -1, 1.5)]

    assert [reply.status for reply in replies] == [422] * 4


def test_fields_that_one_may_not_write_stay_as_they_are(office: Office):
    otto, anna = office["otto"], office["anna"]
    order = otto.change(ORDER, anna.create(ORDER, **an_order(office)), margin="1.11")
    changed = otto.change(ORDER, order, margin="2.22", slip="new")

    seen = preview(anna, changed, 2)
    reply = restore(anna, changed, 2)

    assert (reply.status, "1.11" in str(seen.body), "2.22" in str(seen.body)) == (200, False, False)
    assert otto.read(ORDER, order["id"])["values"]["margin"] == "2.22"


def test_who_may_only_read_does_not_restore(office: Office):
    order = office["anna"].change(ORDER, office["anna"].create(ORDER, **an_order(office)), slip="new")

    replies = [restore(office[login], order, 1).status for login in ("lee", "bert")]

    assert replies == [403, 404]


def test_a_document_that_was_handed_in_is_not_restored(office: Office):
    anna = office["anna"]
    order = anna.change(ORDER, anna.create(ORDER, **an_order(office)), slip="new")
    sent = anna.move("submit", ORDER, order)

    reply = restore(anna, sent, 1)

    assert (reply.status, reply.code) == (409, "not_open")
