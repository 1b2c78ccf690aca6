"""What a desk over the public API can do beyond what the scenarios of the modules ask for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.app import Stage, play_folder
from engine.definition.model import Scenario
from tests.api.stages import SQLiteCopies

MODULES = Path(__file__).resolve().parents[2] / "modules"

PEOPLE: dict[str, Any] = {
    "cost": {"roles": ["organisation.cost_staff"], "department": "costs", "project_roles": [{"record": "project", "role": "organisation.cost_officer"}]},
    "manager": {"roles": ["organisation.project_manager"], "head_of": "costs", "project_roles": [{"record": "project", "role": "organisation.manager"}]},
    "company": {"roles": ["organisation.cost_department"]},
    "deputy": {"roles": ["organisation.cost_department", "organisation.deputy_manager"]},
    "general": {"roles": ["organisation.general_manager"]},
}  # fmt: skip
LINE = {"quantity": "1", "price": "100.00"}
GIVEN: list[dict[str, Any]] = [
    {"create": "organisation.project", "values": {"code": "P1", "name": "一号楼"}, "call": "project"},
    {
        "create": "organisation.cost_code",
        "values": {"code": "0101", "name": "钢材", "nature": "material"},
        "call": "code",
    },
    {
        "create": "budget",
        "as": "cost",
        "values": {"project": "@project", "lines": [{"cost_code": "@code", **LINE}]},
        "call": "budget",
    },
]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The module with those that it needs beside it."""
    return Stage(MODULES / "cost_centre", tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module")
def copies(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> SQLiteCopies:
    return SQLiteCopies(stage, tmp_path_factory.mktemp("stage"))


@pytest.fixture
def findings(stage: Stage, copies: SQLiteCopies) -> Callable[..., tuple[str, ...]]:
    """Plays steps after GIVEN and returns what was not as they say."""

    def play(*steps: dict[str, Any]) -> tuple[str, ...]:
        scenario = Scenario("cost_centre", "tried", {}, {"people": PEOPLE, "given": GIVEN, "when": list(steps)})
        with copies.copy() as url:
            return stage.play(scenario, url).findings("en")

    return play


def test_a_project_role_is_a_place_in_the_team_of_the_record(findings: Callable[..., tuple[str, ...]]):
    steps = [
        {"submit": "budget", "as": "cost"},
        {"agree": "budget", "as": "company"},
        {"read": "budget", "at": ["manager"], "waiting": ["manager"]},
    ]

    assert findings(*steps) == ()


def test_a_seat_can_be_handed_on_and_a_document_returned_and_withdrawn(findings: Callable[..., tuple[str, ...]]):
    steps = [
        {"submit": "budget", "as": "cost"},
        {"transfer": "budget", "as": "company", "to": "general", "comment": "away"},
        {"agree": "budget", "as": "company", "refused": {"code": "no_task"}},
        {"return": "budget", "as": "general", "comment": "once more"},
        {"read": "budget", "as": "cost", "status": "returned"},
        {"withdraw": "budget", "as": "cost"},
        {"read": "budget", "as": "cost", "status": "withdrawn"},
    ]

    assert findings(*steps) == ()


def test_a_draft_can_be_deleted_and_records_counted_by_condition(findings: Callable[..., tuple[str, ...]]):
    condition = {"field": "code", "op": "eq", "value": "0101"}
    steps = [
        {"count": "budget", "as": "cost", "is": 1},
        {"delete": "budget"},
        {"count": "budget", "as": "cost", "is": 0},
        {"count": "organisation.cost_code", "where": [condition], "is": 1},
        {"count": "organisation.cost_code", "where": [condition | {"value": "02"}], "is": 0},
        {"read": "budget", "as": "cost", "refused": {"code": "not_found"}},
    ]

    assert findings(*steps) == ()


def test_a_folder_is_played_scenario_by_scenario():
    outcomes = list(play_folder(MODULES / "organisation", "two_heads"))

    assert [(outcome.name, outcome.passed) for outcome in outcomes] == [("organisation.two_heads", True)]
