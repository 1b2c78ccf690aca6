"""What will happen if everybody agrees: the same steps as in earnest, played on a copy, so that preview and execution agree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.errors import Conflict
from engine.workflow.commands import Agree, Command, Resubmit, Submit
from engine.workflow.env import Env
from engine.workflow.outcome import Event
from engine.workflow.program import Program
from engine.workflow.state import ENDED, Seat, State, draft
from engine.workflow.step import step

SHOWN = frozenset({"asked", "auto_skip", "node_auto_reject", "blocked", "cc", "route"})


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the path: what happens at a node (a verb of the log), who is asked or told, and the reasons."""

    node: str
    verb: str
    people: tuple[str, ...] = ()
    why: Mapping[str, object] | None = None
    branch: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The stops still to come, and the status at which the path comes to rest (`error` where nobody is found)."""

    status: str
    stops: tuple[Stop, ...]


def predict(program: Program, state: State | None, env: Env, starter: str) -> Prediction:
    """Return the path from a state, or from handing in where there is none, with `starter` as the initiator then.

    Everybody agrees, in the order in which they were asked. What was asked already is not told again. Where a policy sends the
    form back to the initiator the path ends with the status `returned`; a path of too many steps ends with `error`.
    """
    stops: list[Stop] = []
    now = state or draft(starter)
    command = Resubmit(actor=now.initiator) if now.status == "returned" else _next_command(now)
    while command is not None:
        try:
            decision = step(program, now, command, env)
        except Conflict as refusal:
            if refusal.code != "step_limit":
                raise
            return Prediction("error", tuple(stops))
        stops.extend(path_of(decision.events))
        now = decision.state
        command = _next_command(now)
    return Prediction(now.status, tuple(stops))


def path_of(events: Iterable[Event]) -> tuple[Stop, ...]:
    """Return the stops that a log tells of."""
    return tuple(_stop(event) for event in events if event.verb in SHOWN)


def _next_command(state: State) -> Command | None:
    if state.status == "draft":
        return Submit(actor=state.initiator)
    if state.status == "returned" or state.status in ENDED:
        return None
    live = state.live_activations
    pending = (seat for seat in state.seats if seat.status == "pending" and seat.activation in live)
    first = min(pending, key=_by_id, default=None)
    return Agree(actor=first.user, seat=first.id, rev=first.rev) if first else None


def _by_id(seat: Seat) -> int:
    return seat.id


def _stop(event: Event) -> Stop:
    told = event.payload
    why = told.get("why")
    return Stop(
        node=event.node,
        verb=event.verb,
        people=_people(told),
        why=why if isinstance(why, Mapping) else None,
        branch=str(told.get("branch", "")),
        reason=str(told.get("reason", "")),
    )


def _people(told: Mapping[str, object]) -> tuple[str, ...]:
    seats, users = told.get("seats"), told.get("users")
    if isinstance(seats, list):
        return tuple(seat["user"] for seat in seats)
    return tuple(users) if isinstance(users, list) else ()
