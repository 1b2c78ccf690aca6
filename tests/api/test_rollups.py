"""Roll-ups, trees and what the database itself refuses, through the API."""

from typing import Any

from engine.services import verifying
from tests.api.office import Office, Reply
from tests.api.simultaneously import at_once
from tests.api.yard import MACHINE, PLACE


def weights(yard: Office) -> list[str]:
    return [yard["kay"].read(PLACE, yard.ids[name])["values"]["weight"] for name in ("site", "hall", "bay")]


def place(yard: Office, name: str) -> dict[str, Any]:
    return yard["kay"].read(PLACE, yard.ids[name])


def make(yard: Office, login: str, **values: Any) -> Reply:
    return yard[login].post(f"/records/{MACHINE}", {"values": {"name": "Crane", **values}})


def test_a_child_changes_all_above_in_its_own_request_and_no_version(yard: Office):
    before = [place(yard, name)["version"] for name in ("site", "hall", "bay")]

    crane = yard["kay"].create(MACHINE, name="Crane", place=yard.ids["bay"], weight="30.00")
    made = weights(yard)
    yard["kay"].change(MACHINE, crane, weight="20.50")
    changed = weights(yard)

    assert (made, changed) == (["30.00"] * 3, ["20.50"] * 3)
    assert [place(yard, name)["version"] for name in ("site", "hall", "bay")] == before
    assert place(yard, "hall")["values"]["left"] == "79.50"
    assert verifying.verify(yard.installation) == ()


def test_moving_a_branch_takes_its_totals_along(yard: Office):
    yard["kay"].create(MACHINE, name="Crane", place=yard.ids["bay"], weight="30.00")

    yard["kay"].change(PLACE, place(yard, "bay"), within=yard.ids["site"])

    assert weights(yard) == ["30.00", "0.00", "30.00"]


def test_nothing_can_lie_below_itself(yard: Office):
    site = place(yard, "site")

    below = yard["kay"].try_change(PLACE, site, within=yard.ids["bay"])
    itself = yard["kay"].try_change(PLACE, site, within=yard.ids["site"])

    assert below.problems == itself.problems == [("/within", "record_tree_circle")]


def test_a_roll_up_cannot_be_sent(yard: Office):
    reply = yard["kay"].post(f"/records/{PLACE}", {"values": {"name": "x", "weight": "5.00"}})

    assert reply.problems == [("/weight", "read_only")]


def test_batches_feed_what_is_above_as_single_records_do(yard: Office):
    operations = [
        {"op": "create", "values": {"name": f"m{number}", "place": yard.ids["bay"], "weight": "1.25"}}
        for number in range(20)
    ]

    reply = yard["kay"].post(f"/records/{MACHINE}/bulk", {"operations": operations})

    assert reply.status == 200, reply.body
    assert weights(yard) == ["25.00"] * 3
    assert verifying.verify(yard.installation) == ()


def test_no_update_is_lost_when_many_write_children_at_once(yard: Office):
    people = [yard.another("kay") for _ in range(6)]
    ids = [yard.ids[name] for name in ("site", "hall", "bay")] * 2
    calls = [
        (
            lambda one=one, key=key: one.post(
                f"/records/{MACHINE}", {"values": {"name": key, "place": key, "weight": "1.00"}}
            )
        )
        for one, key in zip(people, ids, strict=True)
    ]

    replies = at_once(*calls)

    assert sorted(one.status for one in replies) == [201, 201, 201, 422, 422, 422]
    assert weights(yard) == ["3.00", "2.00", "1.00"]
    assert verifying.verify(yard.installation) == ()


def test_moves_and_children_at_once_end_true(yard: Office):
    for number in range(4):
        yard["kay"].create(PLACE, name=f"p{number}", within=yard.ids["bay"])
    bay, people = place(yard, "bay"), [yard.another("kay") for _ in range(5)]
    nodes = yard["kay"].list(PLACE, fields="name", filter={"field": "within", "op": "eq", "value": yard.ids["bay"]})

    calls = [
        (
            lambda one=one, key=node["id"]: one.post(
                f"/records/{MACHINE}", {"values": {"name": "m", "place": key, "weight": "2.00"}}
            )
        )
        for one, node in zip(people, nodes.body["items"], strict=False)
    ]
    replies = at_once(*calls, lambda: people[4].try_change(PLACE, bay, within=yard.ids["site"]))

    assert sorted(one.status for one in replies) == [200, 201, 201, 201, 201]
    assert weights(yard) == ["8.00", "0.00", "8.00"]
    assert verifying.verify(yard.installation) == ()


def test_of_two_equal_keys_made_at_once_one_wins_and_the_other_hears_it_at_the_field_in_its_language(yard: Office):
    people = [yard.another("kay"), yard.another("kay")]
    body = {"values": {"name": "Crane", "place": yard.ids["bay"]}}

    replies = at_once(
        *(lambda one=one: one.post(f"/records/{MACHINE}", body, **{"Accept-Language": "en"}) for one in people)
    )
    later = people[0].post(f"/records/{MACHINE}", body, **{"Accept-Language": "zh-CN"})

    refused = next(one for one in replies if one.status == 422)
    assert sorted(one.status for one in replies) == [201, 422]
    assert refused.problems == later.problems == [("/name", "not_unique")]
    assert "One machine of a name in a place" in refused.body["problems"][0]["detail"]
    assert "每处只能有一台同名设备" in later.body["problems"][0]["detail"]


def test_the_database_refuses_what_a_rule_in_it_forbids_although_it_was_a_child_that_broke_it(yard: Office):
    allowed = make(yard, "kay", place=yard.ids["bay"], weight="60.00")
    refused = yard["kay"].post(
        f"/records/{MACHINE}",
        {"values": {"name": "Press", "place": yard.ids["bay"], "weight": "60.00"}},
        **{"Accept-Language": "en"},
    )

    assert (allowed.status, refused.status, refused.problems) == (201, 422, [("", "rule_violated")])
    assert "Hall bears 100 only" in refused.body["problems"][0]["detail"]
    assert weights(yard) == ["60.00"] * 3


def test_a_limit_on_a_roll_up_holds_when_two_take_the_last_of_it_at_once(yard: Office):
    people = [yard.another("kay") for _ in range(4)]
    calls = [
        (
            lambda one=one, number=number: one.post(
                f"/records/{MACHINE}", {"values": {"name": f"m{number}", "place": yard.ids["hall"], "weight": "40.00"}}
            )
        )
        for number, one in enumerate(people)
    ]

    replies = at_once(*calls)

    assert sorted(one.status for one in replies) == [201, 201, 422, 422]
    assert weights(yard) == ["80.00", "80.00", "0.00"]


def test_a_rule_in_the_database_speaks_at_its_field(yard: Office):
    make(yard, "kay", place=yard.ids["hall"], weight="60.00")

    reply = yard["kay"].try_change(PLACE, place(yard, "hall"), room="50.00")

    assert reply.problems == [("/room", "rule_violated")]
