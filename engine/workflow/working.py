"""The working copy of one command: what a step changes, until it becomes a frozen decision.

It lives inside `step` only and is thrown away where the command is refused, so that a refusal changes nothing.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from engine.errors import Conflict
from engine.workflow.env import Env
from engine.workflow.outcome import Decision, Effect, Event
from engine.workflow.program import Node, Program
from engine.workflow.quorum import OPEN
from engine.workflow.state import LIVE, Activation, Counters, Seat, State, Token

MOST_STEPS = 200


class Working:
    """Tokens, activations and seats by id, and what was said and is to be done so far."""

    def __init__(self, program: Program, state: State, env: Env, actor: str) -> None:
        self.program = program
        self.env = env
        self.actor = actor
        self.before = state
        self.initiator = state.initiator
        self.status = state.status
        self.round = state.round
        self.acted = (state.acted_by, state.acted_at)
        self.tokens = {token.id: token for token in state.tokens}
        self.activations = {activation.id: activation for activation in state.activations}
        self.seats = {seat.id: seat for seat in state.seats}
        self.copied = dict.fromkeys(state.copied)
        self.moves: deque[int] = deque()
        self._next = {kind: getattr(state.next, kind) for kind in ("token", "activation", "seat", "event")}
        self._touched: dict[int, None] = {}
        self._events: list[Event] = []
        self._effects: list[Effect] = []
        self._steps = 0

    def node(self, name: str) -> Node:
        """Return a node of the program."""
        return self.program.nodes[name]

    def number(self, kind: str) -> int:
        """Return the next id of a kind and count on."""
        given: int = self._next[kind]
        self._next[kind] += 1
        return given

    def count_step(self) -> None:
        """Count one entry into a node; raises Conflict where one command makes too many."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise Conflict("step_limit", {"limit": MOST_STEPS})

    def record(
        self, verb: str, *, node: str = "", seat: Seat | None = None, actor: str | None = None, **payload: Any
    ) -> None:
        """Write one line of the log."""
        event = Event(
            seq=self.number("event"),
            verb=verb,
            actor=self.actor if actor is None else actor,
            at=self.env.now,
            on_behalf_of=seat.on_behalf_of if seat else None,
            node=seat.node if seat else node,
            seat=seat.id if seat else None,
            payload={key: value for key, value in payload.items() if value != ""},
        )
        self._events.append(event)

    def effect(self, kind: str, reason: str = "", user: str = "", seat: int | None = None) -> None:
        """Ask for something to be done."""
        self._effects.append(Effect(kind, reason, user, seat))

    def activate(self, token: Token) -> Activation:
        """Return a new activation of the node at which a token stands; it takes the place of an earlier one there."""
        earlier = [old.id for old in self.activations.values() if (old.node, old.path) == (token.node, token.path)]
        for key in earlier:
            del self.activations[key]
        made = Activation(id=self.number("activation"), node=token.node, path=token.path, round=self.round)
        self.activations[made.id] = made
        self.tokens[token.id] = replace(token, activation=made.id)
        return made

    def close(self, activation: int, outcome: str, **more: Any) -> None:
        """Give an activation its outcome."""
        self.activations[activation] = replace(self.activations[activation], outcome=outcome, blocked=False, **more)

    def token_of(self, activation: int) -> Token:
        """Return the token that stands in a live activation."""
        return next(token for token in self.tokens.values() if token.activation == activation)

    def add_seat(self, activation: Activation, user: str, **more: Any) -> Seat:
        """Return a new seat of an activation."""
        given: dict[str, Any] = {"origin_user": user, "round": activation.round, "at": self.env.now} | more
        seat = Seat(id=self.number("seat"), activation=activation.id, node=activation.node, user=user, **given)
        return self._keep(seat)

    def change_seat(self, seat: Seat, status: str, comment: str = "") -> Seat:
        """Return a seat with a new status, one revision later."""
        said = comment or seat.comment
        return self._keep(replace(seat, status=status, rev=seat.rev + 1, at=self.env.now, comment=said))

    def _keep(self, seat: Seat) -> Seat:
        self.seats[seat.id] = seat
        self._touched[seat.id] = None
        return seat

    def seats_of(self, activation: int) -> Iterator[Seat]:
        """Yield the seats of an activation in the order in which they are asked."""
        found = (seat for seat in self.seats.values() if seat.activation == activation)
        return iter(sorted(found, key=lambda seat: (seat.order, seat.id)))

    def cancel_open(self, activations: frozenset[int], reason: str) -> None:
        """Close the open seats of some activations; the log names each."""
        closing = [seat for seat in self.seats.values() if seat.activation in activations and seat.status in OPEN]
        for seat in closing:
            self.change_seat(seat, "cancelled")
        if closing:
            listed = [{"seat": seat.id, "user": seat.user, "node": seat.node} for seat in closing]
            self.record("cancel", seats=listed, reason=reason)

    def decision(self) -> Decision:
        """Return what the command led to."""
        if self.status in LIVE - {"returned"}:
            blocked = any(activation.blocked for activation in self.activations.values())
            self.status = "error" if blocked else "running"
        by, at = self.acted
        state = State(
            initiator=self.initiator,
            status=self.status,
            rev=self.before.rev + 1,
            round=self.round,
            tokens=tuple(self.tokens.values()),
            activations=tuple(self.activations.values()),
            copied=tuple(self.copied),
            acted_by=by,
            acted_at=at,
            next=Counters(**self._next),
            seats=tuple(self.seats.values()),
        )
        changed = tuple(self.seats[key] for key in self._touched)
        return Decision(state, tuple(self._events), changed, tuple(self._effects))
