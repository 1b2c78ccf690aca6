from typing import Any

from engine.workflow import path_view
from tests.unit.workflow.play import Play, approve, branch, compiled, flow, parallel


def cards(play: Play) -> list[dict[str, Any]]:
    return path_view(play.program, play.state, play.rows.values())


def statuses(shown: list[dict[str, Any]]) -> dict[str, str]:
    found = {}
    for card in shown:
        found[card["node"]] = card["status"]
        for way in card.get("branches", []):
            found |= statuses(way["steps"])
    return found


def test_the_present_place_is_marked() -> None:
    play = Play(compiled(flow(approve("a", "bo", title="First"), approve("b", "cy"), approve("c", "di"))))
    play.act("submit")
    play.act("agree", "bo", comment="fine")

    shown = cards(play)

    assert statuses(shown) == {"start": "done", "a": "done", "b": "present", "c": "ahead", "end": "ahead"}
    assert shown[1]["title"] == "First"
    assert [(seat["user"], seat["status"], seat["comment"]) for seat in shown[1]["seats"]] == [("bo", "agreed", "fine")]


def test_a_branch_that_was_not_taken_is_skipped() -> None:
    play = Play(compiled(flow(branch("size", [approve("big", "bo")], [approve("small", "cy")]))))
    before = statuses(cards(play))

    play.act("submit")

    assert before == dict.fromkeys(["start", "size", "big", "small", "end"], "ahead")
    shown = cards(play)
    assert statuses(shown) == {"start": "done", "size": "done", "big": "skipped", "small": "present", "end": "ahead"}
    assert [way["taken"] for way in shown[1]["branches"]] == [False, True]


def test_a_parallel_is_present_until_it_is_joined() -> None:
    play = Play(compiled(flow(parallel("both", [approve("p", "bo")], [approve("q", "cy")]), approve("z", "di"))))
    play.act("submit")
    play.act("agree", "cy")
    assert statuses(cards(play)) == {"start": "done", "both": "present", "p": "present", "q": "done", "z": "ahead", "end": "ahead"}  # fmt: skip

    play.act("agree", "bo")

    assert statuses(cards(play))["both"] == "done"


def test_after_a_return_what_is_redone_lies_ahead_and_old_seats_stay_in_sight() -> None:
    play = Play(compiled(flow(approve("a", "bo"), approve("b", "cy"))))
    play.act("submit")
    play.act("agree", "bo")

    play.act("return", "cy", targets=["a"])

    shown = cards(play)
    assert statuses(shown) == {"start": "done", "a": "present", "b": "ahead", "end": "ahead"}
    assert [(seat["round"], seat["status"]) for seat in shown[1]["seats"]] == [(1, "agreed"), (2, "pending")]


def test_ends_are_shown_as_they_came() -> None:
    document = flow(parallel("both", [approve("p", "bo")], [approve("q", "cy")]), approve("z", "di"))
    rejected, approved = Play(compiled(document)), Play(compiled(flow(approve("a", "bo"))))
    rejected.act("submit")
    rejected.act("reject", "bo")
    approved.act("submit")
    approved.act("agree", "bo")

    assert statuses(cards(rejected)) == {"start": "done", "both": "skipped", "p": "rejected", "q": "skipped", "z": "skipped", "end": "skipped"}  # fmt: skip
    assert statuses(cards(approved)) == {"start": "done", "a": "done", "end": "done"}


def test_a_node_that_waits_for_an_admin_is_blocked_and_one_that_asked_nobody_is_automatic() -> None:
    nobody = {"type": "approve", "by": [{"role": "nobody"}]}
    play = Play(
        compiled(flow({"name": "a", **nobody, "empty": "auto_pass"}, {"name": "b", **nobody, "empty": "block"}))
    )

    play.act("submit")

    shown = cards(play)
    assert statuses(shown) == {"start": "done", "a": "done", "b": "blocked", "end": "ahead"}
    assert [card["automatic"] for card in shown] == [False, True, False, False]
