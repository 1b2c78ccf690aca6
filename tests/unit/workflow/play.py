"""Plays an instance as a service would: the state goes through JSON, and only the rows that a step needs are loaded."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.workflow import (
    Agree,
    Command,
    Comment,
    Decision,
    Effect,
    Env,
    Event,
    Program,
    Reject,
    Resubmit,
    Retry,
    ReturnTo,
    Seat,
    State,
    Submit,
    Terminate,
    Transfer,
    Void,
    Withdraw,
    compile_flow,
    draft,
    step,
)

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PLAIN: Mapping[str, type[Command]] = {
    "submit": Submit,
    "resubmit": Resubmit,
    "withdraw": Withdraw,
    "terminate": Terminate,
    "void": Void,
    "retry": Retry,
    "comment": Comment,
}


@dataclass
class FakePeople:
    """People as plain tables; who is not listed as inactive is active."""

    roles: Mapping[str, Sequence[str]] = field(default_factory=dict)
    heads: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    project: Mapping[str, Sequence[str]] = field(default_factory=dict)
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    superiors: Mapping[str, str] = field(default_factory=dict)
    inactive: Sequence[str] = ()
    admin: Sequence[str] = ("root",)

    def users_of_role(self, role: str) -> Sequence[str]:
        return self.roles.get(role, ())

    def department_heads(self, user: str, level: int) -> Sequence[str]:
        levels = self.heads.get(user, ())
        return levels[min(level, len(levels)) - 1] if levels else ()

    def project_role(self, role: str) -> Sequence[str]:
        return self.project.get(role, ())

    def user_field(self, path: str) -> Sequence[str]:
        return self.fields.get(path, ())

    def is_active(self, user: str) -> bool:
        return user not in self.inactive

    def superior(self, user: str) -> str | None:
        return self.superiors.get(user)

    def admins(self) -> Sequence[str]:
        return self.admin


class Play:
    """One instance with its rows and its log."""

    def __init__(self, program: Program, people: FakePeople | None = None, initiator: str = "ann") -> None:
        self.program = Program.from_document(json.loads(json.dumps(program.to_document())))
        self.people = people or FakePeople()
        self.conditions: dict[str, bool | None] = {}
        self.initiator = initiator
        self.now = START
        self.state = draft(initiator)
        self.rows: dict[int, Seat] = {}
        self.events: list[Event] = []
        self.effects: list[Effect] = []

    def env(self) -> Env:
        return Env(self.now, self.conditions.get, self.people)

    def do(self, command: Command) -> Decision:
        live = self.state.live_activations
        wanted = getattr(command, "seat", None)
        rows = [seat for seat in self.rows.values() if seat.activation in live or seat.id == wanted]
        loaded = State.from_document(json.loads(json.dumps(self.state.to_document())), rows)
        decision = step(self.program, loaded, command, self.env())
        self.now += timedelta(minutes=1)
        self.state = decision.state
        self.rows |= {seat.id: seat for seat in decision.seats}
        self.events += decision.events
        self.effects = list(decision.effects)
        return decision

    def act(self, verb: str, by: str = "", **more: Any) -> Decision:
        return self.do(self.command(verb, by or self.initiator, **more))

    def command(self, verb: str, by: str, at: str = "", **more: Any) -> Command:
        if verb in PLAIN:
            return PLAIN[verb](actor=by, **more)
        seat = self.seat(by, at)
        given = {"actor": by, "seat": seat.id, "rev": seat.rev} | more
        if verb == "return":
            return ReturnTo(**{**given, "targets": tuple(given["targets"])})
        return {"agree": Agree, "reject": Reject, "transfer": Transfer}[verb](**given)

    def seat(self, user: str, node: str = "") -> Seat:
        """Return a user's seat: the pending one if there is one, else the newest."""
        found = [seat for seat in self.rows.values() if seat.user == user and node in ("", seat.node)]
        return max(found, key=lambda seat: (seat.status == "pending", seat.id))

    def pending(self) -> list[str]:
        return sorted(f"{seat.user}@{seat.node}" for seat in self.rows.values() if seat.status == "pending")

    def with_status(self, status: str) -> list[str]:
        return sorted(f"{seat.user}@{seat.node}" for seat in self.rows.values() if seat.status == status)

    def verbs(self) -> list[str]:
        return [event.verb for event in self.events]


def compiled(document: Mapping[str, Any]) -> Program:
    """Return the program of a flow that has no mistakes; every `when` counts as a condition."""
    program = compile_flow(document, dict.fromkeys(conditions_of(document)))
    assert isinstance(program, Program), program
    return program


def conditions_of(value: object, pointer: str = "") -> list[str]:
    """Return the pointer of every `when`."""
    if isinstance(value, list):
        return [key for index, part in enumerate(value) for key in conditions_of(part, f"{pointer}/{index}")]
    if not isinstance(value, Mapping):
        return []
    own = [f"{pointer}/when"] if "when" in value else []
    return own + [key for name, part in value.items() for key in conditions_of(part, f"{pointer}/{name}")]


def flow(*steps: Mapping[str, Any], **start: Any) -> dict[str, Any]:
    return {"name": "order_approval", "start": start, "steps": list(steps)}


def approve(name: str, *users: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": "approve", "by": [{"user": user} for user in users]} | more


def parallel(name: str, *branches: Sequence[Mapping[str, Any]], **more: Any) -> dict[str, Any]:
    listed = [{"name": f"way{number}", "steps": list(steps)} for number, steps in enumerate(branches, start=1)]
    return {"name": name, "type": "parallel", "branches": listed} | more


def branch(name: str, when: Sequence[Mapping[str, Any]], otherwise: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    first = {"name": "when", "when": "total > 10", "steps": list(when)}
    return {
        "name": name,
        "type": "branch",
        "branches": [first, {"name": "otherwise", "default": True, "steps": list(otherwise)}],
    }
