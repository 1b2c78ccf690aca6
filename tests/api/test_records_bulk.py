"""POST /records/{entity}/bulk: many records, row by row or by a filter, at once or in the background."""

from typing import Any

import pytest

from engine.app import JOB_KINDS
from engine.services import jobs
from tests.api.office import Office, Person, Reply
from tests.api.shop import ITEM, ORDER, an_order, line


def bulk(person: Person, entity: str = ITEM, **body: object) -> Reply:
    return person.post(f"/records/{entity}/bulk", body)


def create(code: str, **more: object) -> dict[str, object]:
    return {"op": "create", "values": {"code": code, "name": code.title(), **more}}


def stored(person: Person, count: int, **more: object) -> list[dict[str, Any]]:
    """Create items and return them as operations see them."""
    reply = bulk(person, operations=[create(f"T{number}", **more) for number in range(count)])
    assert reply.status == 200, reply
    results: list[dict[str, Any]] = reply.body["results"]
    return results


def finished(office: Office, login: str, job: str) -> dict[str, Any]:
    while jobs.run_due(office.installation, JOB_KINDS):
        pass
    body: dict[str, Any] = office[login].get(f"/jobs/{job}").body
    assert body["state"] == "done", body
    return body


def undone(office: Office, login: str, job: str) -> dict[str, Any]:
    reply = office[login].post(f"/jobs/{job}/undo")
    assert reply.status == 200, reply
    return finished(office, login, reply.body["id"])


def names(person: Person) -> set[str]:
    return {one["values"]["name"] for one in person.list(ITEM, limit=200).body["items"]}


def test_every_row_is_told_what_became_of_it(office: Office):
    kim = office["kim"]
    bolt, spare = kim.read(ITEM, office.ids["bolt"]), kim.create(ITEM, code="S", name="Spare")

    reply = bulk(
        kim,
        operations=[
            create("A"),
            create("B1"),
            {"op": "update", "id": bolt["id"], "version": bolt["version"], "values": {"name": "Screw"}},
            {"op": "update", "id": bolt["id"], "version": 7, "values": {"name": "No"}},
            {"op": "update", "id": spare["id"], "values": {"name": "Spare"}},
            {"op": "delete", "id": bolt["id"]},
            {"op": "delete", "id": spare["id"], "reason": "old"},
            {"op": "delete", "id": "nothing"},
        ],
    )

    told = [(one["status"], [problem["code"] for problem in one["problems"]]) for one in reply.body["results"]]
    assert told == [
        ("created", []), ("refused", ["not_unique"]), ("updated", []), ("refused", ["stale"]), ("unchanged", []),
        ("refused", ["in_use"]), ("deleted", []), ("refused", ["not_found"]),
    ]  # fmt: skip
    assert reply.body["counts"] == {"created": 1, "refused": 4, "updated": 1, "unchanged": 1, "deleted": 1}
    assert kim.read(ITEM, bolt["id"])["values"]["name"] == "Screw"


def test_all_or_nothing_keeps_nothing_and_tells_every_bad_row(office: Office):
    kim = office["kim"]
    before = names(kim)

    reply = bulk(kim, mode="all_or_nothing", operations=[create("A"), create("B1"), create("C", price="-1")])

    assert (reply.status, reply.code) == (422, "bulk_refused")
    assert reply.problems == [
        ("/operations/1/values/code", "not_unique"), ("/operations/2/values/price", "below_minimum"),
    ]  # fmt: skip
    assert names(kim) == before


def test_a_dry_run_tells_the_same_and_keeps_nothing(office: Office):
    kim = office["kim"]
    operations = [create("A"), create("B1"), {"op": "delete", "id": office.ids["nut"]}]

    tried = bulk(kim, operations=operations, dry_run=True).body
    done = bulk(kim, operations=operations).body

    assert tried["counts"] == done["counts"] == {"created": 1, "refused": 2}
    assert (tried["matched"], tried["tried"], tried["job"]) == (3, 3, None)


def test_everything_that_a_filter_matches_is_changed(office: Office):
    kim = office["kim"]
    stored(kim, 5, kind="tool")
    where = {"field": "kind", "op": "eq", "value": "tool"}

    reply = bulk(kim, action="update", filter=where, values={"unit": "box"})

    assert reply.body["counts"] == {"updated": 5}
    units = {one["values"]["unit"] for one in kim.list(ITEM, filter=where, fields="unit").body["items"]}
    assert units == {"box"}


def test_a_filter_reaches_no_further_than_the_actor(office: Office):
    anna, bert = office["anna"], office["bert"]
    mine, his = anna.create(ORDER, **an_order(office)), bert.create(ORDER, **an_order(office))

    reply = bulk(anna, ORDER, action="update", everything=True, values={"note": "x"})
    named = bulk(anna, ORDER, action="update", ids=[his["id"]], values={"note": "x"})

    assert [one["id"] for one in reply.body["results"]] == [mine["id"]]
    assert [one["problems"][0]["code"] for one in named.body["results"]] == ["not_found"]
    assert bert.read(ORDER, his["id"])["values"]["note"] is None


def test_what_one_sees_but_may_not_change_is_refused_row_by_row(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    reply = bulk(office["anna"], ORDER, action="update", ids=[order["id"]], values={"margin": "1.00"})
    forbidden = bulk(office["lee"], ORDER, action="update", ids=[order["id"]], values={"note": "x"})

    assert [one["problems"][0]["code"] for one in reply.body["results"]] == ["field_not_writable"]
    assert (forbidden.status, forbidden.code) == (403, "forbidden")


def test_documents_are_handed_in_row_by_row(office: Office):
    anna = office["anna"]
    good = anna.create(ORDER, **an_order(office))
    bad = anna.create(ORDER, **an_order(office, lines=[line(office, count="900")]))

    reply = bulk(anna, ORDER, action="submit", ids=[good["id"], bad["id"]])

    told = [(one["status"], [problem["code"] for problem in one["problems"]]) for one in reply.body["results"]]
    assert told == [("submitted", []), ("refused", ["rule_violated"])]
    assert [anna.read(ORDER, one["id"])["status"] for one in (good, bad)] == ["in_approval", "draft"]


def test_upserts_find_their_records_even_those_of_the_same_request(office: Office):
    kim = office["kim"]
    rows = [
        {"op": "upsert", "values": {"code": code, "name": name}}
        for code, name in (("B1", "Screw"), ("N9", "new"), ("N9", "newer"), ("N8", "other"))
    ]

    reply = bulk(kim, key=["code"], operations=rows)

    assert [one["status"] for one in reply.body["results"]] == ["updated", "created", "updated", "created"]
    assert {"Screw", "newer", "other"} <= names(kim)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"action": "update"},
        {"action": "update", "filter": {}, "values": {}},
        {"action": "explode", "everything": True},
        {"operations": [{"op": "explode"}]},
        {"operations": [{"op": "update", "values": {}}]},
        {"operations": [{"op": "create", "values": []}]},
        {"operations": [{"op": "create", "colour": "red"}]},
        {"operations": [{"op": "delete", "id": "x", "version": "1"}]},
        {"operations": [{"op": "upsert", "values": {"code": "x"}}]},
        {"operations": "all"},
        {"operations": [3]},
        {"operations": [{"op": ["create"]}]},
        {"key": ["name"], "operations": [{"op": "upsert", "values": {}}]},
        {"action": "update", "filter": {"field": "nothing", "op": "eq", "value": 1}, "values": {}},
    ],
)
def test_what_cannot_be_read_is_told(small_office: Office, body: dict[str, object]):
    reply = bulk(small_office["kim"], **body)

    assert reply.status == 422, reply
    assert reply.body["problems"]


def test_what_was_done_is_taken_back(office: Office):
    kim = office["kim"]
    spare = kim.create(ITEM, code="S", name="Spare")
    before = kim.read(ITEM, office.ids["bolt"])
    done = bulk(
        kim,
        operations=[
            create("A"),
            {"op": "update", "id": before["id"], "values": {"name": "Screw", "price": "9.00"}},
            {"op": "delete", "id": spare["id"]},
        ],
    ).body

    job = undone(office, "kim", done["job"]["id"])

    after = kim.read(ITEM, before["id"])
    assert (job["failed"], job["result"]["counts"]) == (0, {"created": 1, "updated": 1, "deleted": 1})
    assert (after["values"], kim.read(ITEM, spare["id"])["values"]["name"]) == (before["values"], "Spare")
    assert "A" not in names(kim)
    history = kim.get(f"/records/{ITEM}/{before['id']}/history").body["items"]
    assert [one["via"] for one in history][:2] == ["bulk_undo", "bulk"]


def test_where_nothing_was_done_there_is_nothing_to_take_back(office: Office):
    kim = office["kim"]

    done = bulk(kim, action="delete", ids=[office.ids["bolt"]]).body

    assert kim.get(f"/jobs/{done['job']['id']}").body["actions"] == []
    assert kim.post(f"/jobs/{done['job']['id']}/undo").code == "job_cannot_be_undone"
    assert "入库单 · 明细 · 物品 1" in done["results"][0]["problems"][0]["detail"]


def test_taking_back_keeps_what_others_did_since(office: Office):
    kim = office["kim"]
    bolt, nut = (kim.read(ITEM, office.ids[name]) for name in ("bolt", "nut"))
    changes: dict[str, object] = {"unit": "box"}
    done = bulk(kim, action="update", ids=[bolt["id"], nut["id"]], values=changes).body
    kim.change(ITEM, kim.read(ITEM, bolt["id"]), name="Screw")
    kim.change(ITEM, kim.read(ITEM, nut["id"]), unit="bag")

    job = undone(office, "kim", done["job"]["id"])

    assert (job["done"], job["failed"]) == (2, 1)
    after = [kim.read(ITEM, one["id"])["values"] for one in (bolt, nut)]
    assert [(one["name"], one["unit"]) for one in after] == [("Screw", "个"), ("Nut", "bag")]
    [refused] = kim.get(f"/jobs/{job['id']}/rows", outcome="failed").body["items"]
    assert (refused["record_id"], refused["problems"][0]["code"]) == (nut["id"], "changed_by_another")


def test_many_rows_go_on_in_the_background_with_progress(office: Office):
    kim = office["kim"]
    stored(kim, 600)

    reply = bulk(kim, action="update", everything=True, values={"unit": "box"}, background=True)
    jobs.run_due(office.installation, JOB_KINDS)
    begun = kim.get(f"/jobs/{reply.body['job']['id']}").body
    job = finished(office, "kim", reply.body["job"]["id"])

    assert (reply.status, reply.body["job"]["total"]) == (202, 602)
    assert 0 < begun["done"] < 602
    assert (job["done"], job["failed"], job["result"]["counts"]) == (602, 0, {"updated": 602})
    back = undone(office, "kim", job["id"])
    assert (back["total"], back["done"], back["failed"]) == (602, 602, 0)


def test_a_job_that_was_cancelled_is_taken_back_as_far_as_it_went(office: Office):
    kim = office["kim"]
    stored(kim, 400)
    reply = bulk(kim, action="update", everything=True, values={"unit": "box"}, background=True)
    job = reply.body["job"]["id"]
    jobs.run_due(office.installation, JOB_KINDS)
    kim.post(f"/jobs/{job}/cancel")

    back = undone(office, "kim", job)

    assert (back["done"], back["failed"]) == (250, 0)
    units = {one["values"]["unit"] for one in kim.list(ITEM, fields="unit", limit=200).body["items"]}
    assert units == {"个"}


def test_more_than_is_done_at_once_becomes_a_job_or_is_refused(small_office: Office):
    kim = small_office["kim"]
    operations = [create(f"T{number}") for number in range(1001)]

    as_job = bulk(kim, operations=operations)
    at_once = bulk(kim, operations=operations, background=False)
    whole = bulk(kim, operations=operations, mode="all_or_nothing")

    assert (as_job.status, as_job.body["job"]["state"]) == (202, "queued")
    assert [reply.problems[0][1] for reply in (at_once, whole)] == ["too_many_operations"] * 2


def test_a_thousand_rows_take_few_statements(small_office: Office):
    kim = small_office["kim"]
    rows = stored(kim, 500)

    with small_office.statements() as changing:
        reply = bulk(kim, action="update", ids=[one["id"] for one in rows], values={"unit": "box"})
    with small_office.statements() as creating:
        made = bulk(kim, operations=[create(f"U{number}", machine={"code": "M1"}) for number in range(500)])

    assert (reply.body["counts"], made.body["counts"]) == ({"updated": 500}, {"created": 500})
    assert len(changing) < 60, len(changing)
    assert len(creating) < 60, len(creating)


def test_one_key_sent_twice_is_done_once(office: Office):
    kim = office["kim"]
    body = {"operations": [create("A")]}

    replies = [kim.post(f"/records/{ITEM}/bulk", body, idempotency_key="same") for _ in range(2)]

    assert replies[0].body == replies[1].body
    assert [one["status"] for one in replies[1].body["results"]] == ["created"]


def test_records_that_nothing_points_at_are_deleted_in_the_statements_of_one(office: Office):
    kim = office["kim"]
    few, many = stored(kim, 3), [one["id"] for one in stored(kim, 33)[3:]]

    with office.statements() as of_few:
        first = bulk(kim, action="delete", ids=[one["id"] for one in few[:3]], reason="old")
    with office.statements() as of_many:
        second = bulk(kim, action="delete", ids=many, reason="older")

    assert (first.body["counts"], second.body["counts"]) == ({"deleted": 3}, {"deleted": 30})
    assert len(of_many) == len(of_few)
    kept = kim.get(f"/records/{ITEM}/recycle_bin", limit=100).body["items"]
    assert [one["reason"] for one in kept].count("older") == 30


def test_deleting_many_says_of_each_what_deleting_it_alone_would(office: Office):
    kim, bolt = office["kim"], office.ids["bolt"]
    one, two, three = (row["id"] for row in stored(kim, 3))
    operations = [
        {"op": "delete", "id": one},
        {"op": "delete", "id": bolt},
        {"op": "delete", "id": two, "version": 7},
        {"op": "delete", "id": "nothing"},
        {"op": "delete", "id": one},
        {"op": "delete", "id": three, "version": 1},
    ]

    reply = bulk(kim, operations=operations)

    told = [(row["status"], [problem["code"] for problem in row["problems"]]) for row in reply.body["results"]]
    assert told == [
        ("deleted", []),
        ("refused", ["in_use"]),
        ("refused", ["stale"]),
        ("refused", ["not_found"]),
        ("refused", ["not_found"]),
        ("deleted", []),
    ]
    history = office["admin"].get(f"/records/{ITEM}/recycle_bin").body["items"]
    assert {row["id"] for row in history} == {one, three}


def test_deleting_many_asks_for_each_whether_it_may_be(office: Office):
    own, other = office["anna"].create(ORDER, **an_order(office)), office["bert"].create(ORDER, **an_order(office))
    handed_in = office["anna"].move("submit", ORDER, office["anna"].create(ORDER, **an_order(office)))

    ids = [own["id"], other["id"], handed_in["id"]]
    reply = bulk(office["anna"], ORDER, action="delete", ids=ids)

    told = [(row["status"], [problem["code"] for problem in row["problems"]]) for row in reply.body["results"]]
    assert told == [("deleted", []), ("refused", ["not_found"]), ("refused", ["submitted_cannot_be_deleted"])]
