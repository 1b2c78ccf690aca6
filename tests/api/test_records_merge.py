"""PATCH on an older version: what does not meet is put together, what meets is told."""

from typing import Any

import pytest

from tests.api.office import Office, Person, Reply
from tests.api.shop import ORDER, an_order, line
from tests.api.simultaneously import at_once


@pytest.fixture
def order(office: Office) -> dict[str, Any]:
    rows = [line(office, count=str(count)) for count in (1, 2, 3)]
    return office["anna"].create(ORDER, **an_order(office, slip="S", note="N", lines=rows))


def row(order: dict[str, Any], number: int, **more: object) -> dict[str, Any]:
    return {"id": order["values"]["lines"][number]["id"], **more}


def counts(record: dict[str, Any]) -> list[str]:
    return [one["count"] for one in record["values"]["lines"]]


def clashes(reply: Reply) -> list[tuple[object, ...]]:
    told = [(one["pointer"], one["code"], one["params"]) for one in reply.body["problems"]]
    return [(at, code, *(params[name] for name in ("base", "theirs", "yours"))) for at, code, params in told]


def test_changes_of_different_fields_come_together(office: Office, order: dict[str, Any]):
    anna, otto = office["anna"], office["otto"]
    otto.change(ORDER, order, note="Otto's")

    reply = anna.try_change(ORDER, order, slip="Anna's", note="N")

    assert (reply.status, reply.headers["ETag"]) == (200, '"3"')
    assert (reply.body["values"]["slip"], reply.body["values"]["note"]) == ("Anna's", "Otto's")
    assert reply.body["merged"] == {"base": 1, "onto": 2, "yours": ["slip"], "theirs": ["note"]}


def test_the_same_field_changed_by_both_is_told_with_its_three_values(office: Office, order: dict[str, Any]):
    office["otto"].change(ORDER, order, slip="Otto's", note="his")

    reply = office["anna"].try_change(ORDER, order, slip="Anna's", reason="mine")

    assert (reply.status, reply.code, reply.body["params"]["current"]) == (409, "merge_conflict", 2)
    assert clashes(reply) == [("/slip", "changed_by_another", "S", "Otto's", "Anna's")]
    assert office["anna"].read(ORDER, order["id"])["values"]["slip"] == "Otto's"


def test_both_changing_to_the_same_is_no_conflict(office: Office, order: dict[str, Any]):
    office["otto"].change(ORDER, order, slip="same")

    reply = office["anna"].try_change(ORDER, order, slip="same", note="more")

    assert (reply.status, reply.body["merged"]["yours"]) == (200, ["note"])


def test_rows_meet_by_their_ids(office: Office, order: dict[str, Any]):
    his = [row(order, 0, remark="his"), row(order, 1), row(order, 2), line(office, count="40")]
    office["otto"].change(ORDER, order, lines=his)
    mine = [row(order, 0, count="10"), row(order, 2), line(office, count="50")]

    reply = office["anna"].try_change(ORDER, order, lines=mine)

    assert reply.status == 200
    assert counts(reply.body) == ["10.00", "3.00", "50.00", "40.00"]
    first = reply.body["values"]["lines"][0]
    assert (first["remark"], first["amount"], reply.body["values"]["total"]) == ("his", "20.00", "206.00")


def test_the_same_cell_changed_by_both_is_a_conflict_of_that_cell(office: Office, order: dict[str, Any]):
    office["otto"].change(ORDER, order, lines=[row(order, 0), row(order, 1, count="20"), row(order, 2)])

    reply = office["anna"].try_change(ORDER, order, lines=[row(order, 2), row(order, 1, count="30"), row(order, 0)])

    assert reply.status == 409
    assert clashes(reply) == [("/lines/1/count", "changed_by_another", "2.00", "20.00", "30.00")]


def test_a_row_that_one_removed_and_the_other_changed_is_a_conflict_of_the_row(office: Office, order: dict[str, Any]):
    office["otto"].change(ORDER, order, lines=[row(order, 0), row(order, 1, count="20"), row(order, 2)])

    removed = office["anna"].try_change(ORDER, order, lines=[row(order, 0), row(order, 2)])
    office["otto"].change(ORDER, office["otto"].read(ORDER, order["id"]), lines=[row(order, 0), row(order, 2)])
    changed = office["anna"].try_change(ORDER, order, lines=[row(order, 0), row(order, 1, count="9"), row(order, 2)])

    [(at, _, base, theirs, yours)] = clashes(removed)
    assert (at, base["count"], theirs["count"], yours) == ("/lines", "2.00", "20.00", None)
    [(at, _, base, theirs, yours)] = clashes(changed)
    assert (at, base["count"], theirs, yours["count"]) == ("/lines/1", "2.00", None, "9.00")


def test_a_row_that_one_removed_and_the_other_left_alone_goes(office: Office, order: dict[str, Any]):
    office["otto"].change(ORDER, order, lines=[row(order, 0), row(order, 2, count="30")])

    reply = office["anna"].try_change(ORDER, order, lines=[row(order, 1), row(order, 2)])

    assert (reply.status, counts(reply.body)) == (200, ["30.00"])


def test_order_is_kept_from_who_changed_it(office: Office, order: dict[str, Any]):
    office["otto"].change(ORDER, order, lines=[row(order, 2), row(order, 1), row(order, 0), line(office, count="7")])

    reply = office["anna"].try_change(ORDER, order, lines=[row(order, 0, count="11"), row(order, 1), row(order, 2)])

    assert counts(reply.body) == ["3.00", "2.00", "11.00", "7.00"]


def test_several_versions_may_lie_between(office: Office, order: dict[str, Any]):
    otto, seen = office["otto"], order
    for number in range(5):
        seen = otto.change(ORDER, seen, note=f"n{number}", lines=[row(order, 0, count=str(number + 5)), row(order, 1)])

    reply = office["anna"].try_change(ORDER, order, slip="late", lines=[row(order, 0), row(order, 1), row(order, 2)])

    assert (reply.status, reply.body["merged"]["onto"]) == (200, 6)
    assert (counts(reply.body), reply.body["values"]["note"]) == (["9.00", "2.00"], "n4")


def test_the_merged_record_is_judged_as_a_whole(office: Office, order: dict[str, Any]):
    office["otto"].change(ORDER, order, reason="because", priority="high")

    reply = office["anna"].try_change(ORDER, order, reason=None, slip="x")
    unmet = office["anna"].try_change(ORDER, order, checker="nobody")

    assert (reply.status, reply.body["merged"]["yours"]) == (200, ["slip"])
    assert (unmet.status, unmet.problems) == (422, [("/checker", "reference_missing")])


def test_strict_clients_are_told_that_they_are_late(office: Office, order: dict[str, Any]):
    office["otto"].change(ORDER, order, note="his")
    path = f"/records/{ORDER}/{order['id']}"

    reply = office["anna"].patch(path, {"values": {"slip": "x"}}, if_match='"1"', prefer="handling=strict")

    assert (reply.status, reply.code) == (412, "stale")


def test_a_version_that_never_was_is_stale(office: Office, order: dict[str, Any]):
    office["otto"].change(ORDER, order, note="his")

    replies = [office["anna"].try_change(ORDER, order | {"version": one}, slip="x") for one in (0, 7)]

    assert [(reply.status, reply.code) for reply in replies] == [(412, "stale")] * 2


def test_nothing_hidden_is_told_by_a_merge(office: Office, order: dict[str, Any]):
    office["otto"].change(ORDER, order, margin="7.77", note="his")

    merged = office["anna"].try_change(ORDER, order, slip="x")
    probing = office["anna"].try_change(ORDER, order, margin="1.00")

    assert (merged.status, merged.body["merged"]["theirs"]) == (200, ["note"])
    assert (probing.status, probing.code) == (412, "stale")
    assert "7.77" not in str(merged.body) + str(probing.body)


def test_values_that_are_none_are_told_as_ever(office: Office, order: dict[str, Any]):
    office["otto"].change(ORDER, order, note="his")

    reply = office["anna"].try_change(ORDER, order, day="soon", nothing=1)

    assert (reply.status, reply.problems) == (422, [("/day", "not_a_date"), ("/nothing", "unknown_key")])


def test_two_who_save_different_fields_at_once_both_succeed(office: Office, order: dict[str, Any]):
    people = [office.another("anna") for _ in range(2)] + [office.another("otto")]
    changes: list[dict[str, object]] = [{"slip": "a"}, {"reason": "b"}, {"note": "c"}]

    def change(person: Person, values: dict[str, object]) -> Reply:
        return person.try_change(ORDER, order, **values)

    replies = at_once(*(lambda p=p, c=c: change(p, c) for p, c in zip(people, changes, strict=True)))

    after = office["anna"].read(ORDER, order["id"])["values"]
    assert [reply.status for reply in replies] == [200, 200, 200]
    assert (after["slip"], after["reason"], after["note"]) == ("a", "b", "c")


def test_a_document_that_was_handed_in_meanwhile_is_not_changed(office: Office, order: dict[str, Any]):
    office["anna"].move("submit", ORDER, order)

    reply = office["anna"].try_change(ORDER, order, slip="late")

    assert (reply.status, reply.code) == (409, "not_open")
