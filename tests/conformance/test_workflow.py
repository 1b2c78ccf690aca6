"""The scenarios of the approval semantics, each by its code, as data: given a flow and people, when these steps, then this."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.errors import Conflict
from tests.unit.workflow.play import FakePeople, Play, compiled

CASES = Path(__file__).parent / "cases" / "workflow"


def read_cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        for case in document["cases"]:
            yield pytest.param(document.get("flows", {}), case, id=f"{file.stem}: {case['name']}")


@pytest.mark.parametrize(("flows", "case"), tuple(read_cases()))
def test_scenario(flows: Mapping[str, Any], case: Mapping[str, Any]) -> None:
    document = flows[case["flow"]] if isinstance(case["flow"], str) else case["flow"]
    play = Play(compiled({"name": "order_approval"} | document), FakePeople(**case.get("people", {})))
    play.conditions |= case.get("conditions", {})

    for turn in case["steps"]:
        _take(play, turn)

    _check(play, case.get("then", {}))


def _take(play: Play, turn: Mapping[str, Any]) -> None:
    known = {"do", "refused", "then", "conditions", "people"}
    play.conditions |= turn.get("conditions", {})
    for name, value in turn.get("people", {}).items():
        setattr(play.people, name, value)
    more = {key: value for key, value in turn.items() if key not in known}
    if "refused" not in turn:
        play.act(turn["do"], **more)
        _check(play, turn.get("then", {}))
        return
    before, rows, said = play.state, dict(play.rows), len(play.events)
    with pytest.raises(Conflict) as refusal:
        play.act(turn["do"], **more)
    assert refusal.value.code == turn["refused"]
    assert (play.state, play.rows, len(play.events)) == (before, rows, said)


def _check(play: Play, expected: Mapping[str, Any]) -> None:
    live = [token for token in play.state.tokens if not token.arrived]
    seen: Mapping[str, Any] = {
        "status": play.state.status,
        "round": play.state.round,
        "pending": play.pending(),
        "tokens": len(live),
        "verbs": play.verbs()[-len(expected.get("verbs", [])) :],
        "effects": [effect.kind for effect in play.effects if effect.kind != "notify"],
        "notified": [f"{effect.user}:{effect.reason}" for effect in play.effects if effect.kind == "notify"],
        "nodes": sorted(token.node for token in live),
    }
    for status in ("agreed", "cancelled", "skipped", "copied", "transferred", "returned", "waiting"):
        seen |= {f"seats_{status}": play.with_status(status)}
    assert {key: seen[key] for key in expected} == expected
