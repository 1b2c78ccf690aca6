"""PUT /records/{entity}/by-key: a record by its key, changed or created."""

from typing import Any

from tests.api.office import Office, Person, Reply
from tests.api.shop import ITEM, ORDER, an_order
from tests.api.simultaneously import at_once


def put(person: Person, *key: str, entity: str = ITEM, **values: object) -> Reply:
    return person.put(f"/records/{entity}/by-key", {"key": list(key), "values": values})


def test_a_key_that_is_new_creates_and_one_that_is_there_changes(office: Office):
    kim = office["kim"]

    first = put(kim, "code", code="X1", name="Washer", price="1.00")
    second = put(kim, "code", code="X1", price="2.00")

    assert (first.status, first.body["created"]) == (201, True)
    assert (second.status, second.body["created"], second.body["version"]) == (200, False, 2)
    assert (second.body["id"], second.body["values"]["name"]) == (first.body["id"], "Washer")


def test_of_many_at_once_exactly_one_creates(office: Office):
    people = [office.another("kim") for _ in range(8)]

    replies = at_once(
        *(
            lambda person=person, n=n: put(person, "code", code="X1", name="Washer", price=f"{n}.00")
            for n, person in enumerate(people)
        )
    )

    assert sorted(reply.status for reply in replies) == [200] * 7 + [201]
    assert len({reply.body["id"] for reply in replies}) == 1
    assert max(reply.body["version"] for reply in replies) == 8


def test_references_are_told_by_keys_of_their_own(office: Office):
    kim = office["kim"]

    made = put(kim, "code", code="X1", name="Washer", machine={"code": "M1"})
    lost = put(kim, "code", code="X2", name="Washer", machine={"code": "M9"})

    assert made.body["values"]["machine"] == office.ids["m1"]
    assert (lost.status, lost.problems) == (422, [("/values/machine", "reference_key_unknown")])


def test_rows_may_tell_references_by_keys_too(office: Office):
    reply = office["anna"].post(
        f"/records/{ORDER}/bulk",
        {
            "operations": [
                {"op": "create", "values": an_order(office) | {"lines": [{"item": {"code": "B1"}, "count": "2"}]}}
            ]
        },
    )

    made = office["anna"].read(ORDER, reply.body["results"][0]["id"])
    assert made["values"]["lines"][0]["item"] == office.ids["bolt"]


def test_only_what_is_declared_unique_is_a_key(office: Office):
    kim = office["kim"]

    replies = [put(kim, "name", name="Bolt"), put(kim, "nothing", nothing=1), put(kim, "code", name="Washer")]

    assert [(reply.status, reply.problems) for reply in replies] == [
        (422, [("/key", "key_not_unique")]),
        (422, [("/key", "key_not_unique")]),
        (422, [("/values/code", "key_incomplete")]),
    ]
    assert replies[0].body["problems"][0]["params"]["known"] == ["code"]


def test_both_rights_are_asked_and_rules_hold(office: Office):
    refused = put(office["anna"], "code", code="X1", name="Washer")
    changing = put(office["anna"], "code", code="B1", name="Washer")
    bad = put(office["kim"], "code", code="B1", price="-1")

    assert [reply.status for reply in (refused, changing)] == [403, 403]
    assert (bad.status, bad.problems) == (422, [("/price", "below_minimum")])


def test_a_deleted_record_does_not_hold_its_key(office: Office):
    kim = office["kim"]
    first: dict[str, Any] = put(kim, "code", code="X1", name="Washer").body
    kim.delete(f"/records/{ITEM}/{first['id']}", if_match='"1"')

    again = put(kim, "code", code="X1", name="Washer")

    assert (again.status, again.body["id"] != first["id"]) == (201, True)
