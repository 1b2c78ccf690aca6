"""Random flows and random commands: what must hold always, holds."""

from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import Conflict, NotFound
from engine.workflow import ENDED, Program, legal_targets, predict
from engine.workflow.predict import path_of
from engine.workflow.scope import within
from tests.unit.workflow.play import FakePeople, Play, compiled, conditions_of

USERS = ("ann", "bo", "cy", "di")
PEOPLE = {
    "roles": {"clerk": ["bo", "off"], "deputy": ["cy", "di", "ann"]},
    "heads": {"ann": [["ann"], ["di"]]},
    "superiors": {"ann": "cy"},
    "inactive": ["off"],
}
MODES = (
    "any",
    "all",
    "sequential",
    {"quorum": "2/3"},
    {"quorum": "50%", "strict": True},
    {"count": 1},
    {"quorum": "1/3", "wait_all": True},
)
RULES = (
    *({"user": user} for user in USERS),
    {"role": "clerk"},
    {"role": "deputy"},
    {"role": "nobody"},
    {"department_head": True},
)
VERBS = ("agree", "agree", "agree", "reject", "return", "return", "transfer", "withdraw", "resubmit", "retry", "comment", "terminate", "void", "submit")  # fmt: skip


@st.composite
def approvals(draw: st.DrawFn, in_parallel: bool) -> dict[str, Any]:
    rejects = ("terminate", "to_initiator", *(("branch_reject",) if in_parallel else ()))
    return {
        "type": "approve",
        "by": draw(st.lists(st.sampled_from(RULES), min_size=1, max_size=3)),
        "mode": draw(st.sampled_from(MODES)),
        "empty": draw(st.sampled_from(("auto_pass", "auto_reject", "to_admin", "block", "auto_pass"))),
        "self": draw(st.sampled_from(("self", "skip", "superior", "department_head"))),
        "reject": draw(st.sampled_from(rejects)),
    }


@st.composite
def sequences(draw: st.DrawFn, depth: int, in_parallel: bool) -> list[dict[str, Any]]:
    steps = []
    for _ in range(draw(st.integers(0 if depth < 3 else 1, 3))):
        kind = (
            draw(st.sampled_from(("approve", "approve", "copy", "branch", "parallel", "parallel")))
            if depth
            else "approve"
        )
        if kind == "approve":
            steps.append(draw(approvals(in_parallel)))
        elif kind == "copy":
            steps.append({"type": "copy", "to": [draw(st.sampled_from(RULES))]})
        else:
            inside = in_parallel or kind == "parallel"
            count = draw(st.integers(2, 3))
            ways = [{"name": f"way{number}", "steps": draw(sequences(depth - 1, inside))} for number in range(count)]
            if kind == "branch":
                ways = [way | {"when": "x"} for way in ways[:-1]] + [ways[-1] | {"default": True}]
            more = {"reject": draw(st.sampled_from(("when_all_arrived", "now")))} if kind == "parallel" else {}
            steps.append({"type": kind, "branches": ways} | more)
    return steps


def named(steps: Sequence[dict[str, Any]], prefix: str = "n") -> list[dict[str, Any]]:
    """Return the steps with names that tell their place."""
    made = []
    for number, step in enumerate(steps):
        name = f"{prefix}_{number}"
        ways = [
            way | {"steps": named(way["steps"], f"{name}_{index}")}
            for index, way in enumerate(step.get("branches", []))
        ]
        made.append(step | {"name": name} | ({"branches": ways} if ways else {}))
    return made


@st.composite
def flows(draw: st.DrawFn) -> dict[str, Any]:
    start = {
        "withdraw": draw(st.sampled_from(("before_first_vote", "any_time"))),
        "deduplicate": draw(st.sampled_from(("none", "consecutive", "once_ever"))),
    }
    return {"name": "random", "start": start, "steps": named(draw(sequences(3, in_parallel=False)))}


TURNS = st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999), st.integers(0, 999)), max_size=25)
CHECKS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@CHECKS
@given(flows(), TURNS, st.integers(0, 999))
def test_invariants_hold_after_every_command(
    document: dict[str, Any], turns: list[tuple[int, int, int]], truth: int
) -> None:
    play = started(document, truth)
    check(play)

    for turn in turns:
        before = (play.state, play.state.to_document(), dict(play.rows))
        refused = take(play, *turn)

        if refused:
            assert before == (play.state, play.state.to_document(), play.rows)
        if before[0].status in ENDED:
            assert refused or play.verbs()[-1] in {"comment", "void"}
        check(play)


@CHECKS
@given(flows(), st.integers(0, 999))
def test_preview_equals_execution(document: dict[str, Any], truth: int) -> None:
    play = started(document, truth, submit=False)

    told = predict(play.program, None, play.env(), "ann")

    play.act("submit")
    while play.state.status != "returned" and play.pending():
        seat = min((seat for seat in play.rows.values() if seat.status == "pending"), key=lambda seat: seat.id)
        play.act("agree", seat.user, at=seat.node)
    assert (told.status, told.stops) == (play.state.status, path_of(play.events))


def started(document: dict[str, Any], truth: int, *, submit: bool = True) -> Play:
    program: Program = compiled(document)
    play = Play(program, FakePeople(**PEOPLE))
    play.conditions = {key: bool(truth >> number & 1) for number, key in enumerate(conditions_of(document))}
    if submit:
        play.act("submit")
    return play


def take(play: Play, verb: int, who: int, what: int) -> bool:
    """Do something, mostly something that is possible; return whether it was refused, or nobody was there to do it."""
    pending = sorted((seat for seat in play.rows.values() if seat.status == "pending"), key=lambda seat: seat.id)
    seats = pending if pending and what % 5 else list(play.rows.values())
    name = VERBS[verb % len(VERBS)]
    try:
        if name not in {"agree", "reject", "return", "transfer"}:
            play.act(name, "ann")
        elif not seats:
            return True
        else:
            seat = seats[who % len(seats)]
            play.do(play.command(name, seat.user, seat.node, **arguments(play, name, seat.id, what)))
    except (Conflict, NotFound):
        return True
    return False


def arguments(play: Play, name: str, seat: int, what: int) -> dict[str, Any]:
    if name == "transfer":
        return {"to": (*USERS, "off")[what % 5]}
    if name != "return":
        return {}
    legal = [target.node for target in legal_targets(play.program, play.state, seat)]
    names = legal if legal and what % 7 else list(play.program.nodes)
    chosen = [names[what % len(names)], names[what // 10 % len(names)]]
    return {"targets": chosen[: 1 + what % 2], "resume": ("redo_path", "back_to_me")[what // 2 % 2]}


def check(play: Play) -> None:
    state = play.state
    live = state.live_activations
    paths = [token.path for token in state.tokens]
    assert [event.seq for event in play.events] == list(range(1, len(play.events) + 1))
    assert not any(one is not other and within(one, other) for one in paths for other in paths), "one token a place"
    assert len({(entry.node) for entry in state.activations}) == len(state.activations), "one activation a node"
    assert {token.activation for token in state.tokens if not token.arrived} == live
    for seat in play.rows.values():
        if seat.status in {"pending", "waiting"}:
            assert seat.activation in live
    if state.status in ENDED:
        assert not state.tokens
        return
    assert any(not token.arrived for token in state.tokens), "somebody can act"
    blocked = {entry.id for entry in state.activations if entry.blocked}
    asked = {seat.activation for seat in play.rows.values() if seat.status == "pending"}
    assert asked == live - blocked
    assert (state.status == "error") == bool(blocked)
