import threading
from collections.abc import Mapping
from typing import Any

import pytest

from engine.definition.model import Entity, Scenario, Team
from engine.services.scenarios import Sight, day_of, play, report
from tests.unit.services.scenarios.fake_desk import FakeDesk

ORDER = Entity("shop", "order", "order", {}, "document", "name", ())
SITE = Entity("shop", "site", "site", {}, "master", "name", (), team=Team("team", "user", "role"))
ENTITIES = {entity.key: entity for entity in (ORDER, SITE)}
MADE: dict[str, Any] = {"create": "order", "as": "ann", "values": {"amount": 40}, "call": "one"}


def scenario(*steps: Mapping[str, Any], **words: Any) -> Scenario:
    return Scenario("shop", "tried", {}, {"people": {"ann": {}}, "when": list(steps), **words})


def found(desk: FakeDesk, *steps: Mapping[str, Any], **words: Any) -> list[tuple[str, str]]:
    outcome = play(scenario(*steps, **words), ENTITIES, desk)
    return [(problem.pointer, problem.code) for problem in outcome.problems]


def test_a_scenario_that_comes_true_has_no_findings():
    outcome = play(
        scenario(MADE, {"read": "one", "as": "ann", "expect": {"amount": 40}, "status": "draft"}), ENTITIES, FakeDesk()
    )

    assert outcome.passed
    assert outcome.name == "shop.tried"


def test_everything_that_a_look_finds_different_is_reported_and_the_play_goes_on():
    look = {
        "read": "one",
        "expect": {"amount": 41, "note": None},
        "status": "approved",
        "at": ["check"],
        "waiting": ["bob"],
    }

    assert found(FakeDesk(), MADE, look, {"count": "order", "is": 2}) == [
        ("/when/1", "scenario_differs"),
        ("/when/1", "scenario_differs"),
        ("/when/1", "scenario_differs"),
        ("/when/2", "scenario_differs"),
    ]


def test_what_is_raised_and_what_people_were_told_is_looked_at():
    looks = [
        {"measure": "held", "raised": ["dear"]},
        {"measure": "held", "raised": []},
        {"measure": "held", "raised": ["dear"], "is": "8.00"},
        {"told": "nearly", "as": "ann", "is": 2},
        {"told": "100", "as": "ann", "is": 2},
    ]

    wrong = found(FakeDesk(), *looks)

    assert [at for at, _ in wrong] == ["/when/1", "/when/2", "/when/4"]


def test_what_should_have_been_done_and_was_refused_ends_the_play():
    desk = FakeDesk()

    assert found(desk, {**MADE, "values": {"amount": 101}}, MADE) == [("/when/0", "scenario_refused")]
    assert desk.records == {}


@pytest.mark.parametrize(
    "expected",
    [
        {},
        {"code": "invalid"},
        {"rule": "limit"},
        {"at": "/amount", "says": "101"},
        {"rule": "limit", "code": "rule_violated"},
    ],
)
def test_a_refusal_that_was_expected_is_no_finding(expected: Mapping[str, str]):
    assert found(FakeDesk(), {**MADE, "values": {"amount": 101}, "refused": expected}) == []


@pytest.mark.parametrize(
    "expected", [{"rule": "other"}, {"at": "/note"}, {"says": "102"}, {"rule": "limit", "code": "invalid"}]
)
def test_a_refusal_for_another_reason_is_a_finding(expected: Mapping[str, str]):
    step = {**MADE, "values": {"amount": 101}, "refused": expected}

    assert found(FakeDesk(), step) == [("/when/0", "scenario_refused_otherwise")]


def test_what_should_have_been_refused_and_was_done_is_a_finding():
    assert found(FakeDesk(), {**MADE, "refused": {}}) == [("/when/0", "scenario_not_refused")]


@pytest.mark.parametrize("code", ["unexpected", "busy", "bad_request"])
def test_a_failure_of_the_product_satisfies_no_expected_refusal(code: str):
    desk = FakeDesk()
    desk.failure = code

    assert found(desk, {**MADE, "refused": {}}) == [("/when/0", "scenario_broken")]


@pytest.mark.parametrize(("amount", "wrong"), [(100, []), (99, [("/when/0", "scenario_not_warned")])])
def test_an_expected_warning_must_be_given(amount: int, wrong: list[tuple[str, str]]):
    step = {**MADE, "values": {"amount": amount}, "warned": {"rule": "near", "says": "nearly"}}

    assert found(FakeDesk(), step) == wrong


def test_names_stand_for_ids_of_records_people_and_rows_and_days_are_counted_from_today():
    desk = FakeDesk()
    first = {**MADE, "values": {"lines": [{"id": "row-1"}, {"id": "row-2"}]}}
    second = {
        "create": "order",
        "values": {"at": "@one", "by": "@ann", "row": "@one.lines.1", "days": ["today", "today-2"]},
        "call": "two",
    }

    assert found(desk, first, second, today="2026-03-01") == []
    assert desk.records["id-2"].values == {
        "at": "id-1",
        "by": "person-ann",
        "row": "row-2",
        "days": ["2026-03-01", "2026-02-27"],
    }


@pytest.mark.parametrize("value", ["@nobody", "@one.lines.0", "@one.lines.x"])
def test_a_name_that_nothing_has_is_a_finding(value: str):
    assert found(FakeDesk(), MADE, {"create": "order", "values": {"at": value}}) == [
        ("/when/1", "scenario_unknown_name")
    ]


def test_people_come_with_roles_departments_and_places_in_teams():
    desk = FakeDesk()
    people = {
        "ann": {"roles": ["clerk", "house.chief"], "department": "sales"},
        "bob": {"head_of": "sales", "project_roles": [{"record": "@site", "role": "shop.lead"}]},
    }

    assert found(desk, {"create": "site", "values": {"team": [{"user": "x"}]}, "call": "site"}, people=people) == []
    assert desk.people["ann"] == (("shop.clerk", "house.chief"), "department-sales", False)
    assert desk.people["admin"] == ((), None, True)
    assert desk.heads == {"department-sales": "person-bob"}
    assert desk.records["id-1"].values["team"] == [{"user": "x"}, {"user": "person-bob", "role": "lead"}]


def test_decisions_go_to_the_desk_with_their_target_and_comment():
    desk = FakeDesk()
    steps = [
        {"submit": "one", "as": "ann"},
        {"return": "one", "as": "ann", "to": "check", "comment": "why"},
        {"transfer": "one", "as": "ann", "to": "ann"},
        {"update": "one", "as": "ann", "values": {"amount": 1}},
        {"day": "2026-04-01"},
        {"measure": "total", "where": {"order": "@one"}, "is": "7.00"},
        {"delete": "one", "as": "ann"},
    ]

    assert found(desk, MADE, *steps) == []
    assert desk.asked == [
        ("ann", "submit", "shop.order", "id-1", ""),
        ("ann", "return", "shop.order", "id-1", "check", "why"),
        ("ann", "transfer", "shop.order", "id-1", "person-ann", ""),
        ("2026-04-01",),
        ("admin", "shop.total", {"order": "id-1"}),
    ]


class MeetingDesk(FakeDesk):
    """A desk at which both submitters wait for each other; the first to pass keeps the other out."""

    def __init__(self) -> None:
        super().__init__()
        self.together = threading.Barrier(2, timeout=5)

    def move(self, who: str, verb: str, entity: str, record: str, comment: str) -> Sight:
        place = self.together.wait()
        return self.update(who, entity, record, {"amount": 50 if place == 0 else 101})


class ClosedDesk(FakeDesk):
    """A desk at which nothing can be handed in."""

    def move(self, who: str, verb: str, entity: str, record: str, comment: str) -> Sight:
        return self.update(who, entity, record, {"amount": 101})


@pytest.mark.parametrize(("passed", "refused", "wrong"), [(1, 1, 0), (2, 0, 2)])
def test_steps_at_the_same_time_meet_and_their_outcomes_are_counted(passed: int, refused: int, wrong: int):
    two = {**MADE, "call": "two"}
    steps = [{"submit": name, "refused": {"rule": "limit"}} for name in ("one", "two")]
    step = {"parallel": steps, "outcomes": {"passed": passed, "refused": refused}}

    assert found(MeetingDesk(), MADE, two, step) == [("/when/2", "scenario_differs")] * wrong


@pytest.mark.parametrize(
    ("submits", "code"),
    [
        ({"submit": "two", "refused": {"rule": "other"}}, "scenario_refused_otherwise"),
        ({"submit": "three"}, "scenario_unknown_name"),
    ],
)
def test_steps_at_the_same_time_must_be_refused_for_the_reason_they_give(submits: Mapping[str, Any], code: str):
    two = {**MADE, "call": "two"}
    steps = [{"submit": "one", "refused": {"rule": "limit"}}, submits]
    together = {"parallel": steps, "outcomes": {"passed": 0, "refused": 2}}

    assert found(ClosedDesk(), MADE, two, together) == [("/when/2", code)]


def test_without_outcomes_each_step_at_the_same_time_answers_for_itself():
    two = {**MADE, "call": "two"}
    steps = [{"update": "one", "values": {"amount": 101}}, {"update": "two", "values": {"amount": 50}}]

    assert found(FakeDesk(), MADE, two, {"parallel": steps}) == [("/when/2/parallel/0", "scenario_refused")]


def test_the_day_is_the_one_that_is_given():
    assert day_of(scenario(today="2025-12-31")).isoformat() == "2025-12-31"
    assert day_of(scenario()).isoformat() == "2026-03-02"


def test_a_report_names_the_step_and_what_was_there_instead():
    wrong = play(scenario(MADE, {"read": "one", "expect": {"amount": 41}}), ENTITIES, FakeDesk())
    right = play(scenario(MADE), ENTITIES, FakeDesk())

    assert list(report([wrong, right], "en")) == [
        "RED shop.tried",
        "    shop/scenarios/tried.json#/when/1 amount should be 41 and is 40",
        "ok  shop.tried",
        "1 passed, 1 failed",
    ]
