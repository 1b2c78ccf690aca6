"""How tokens move: on to a node, out of a node, back to where a return came from, and out of the instance."""

from dataclasses import replace

from engine.workflow.outcome import SYSTEM
from engine.workflow.quorum import OPEN
from engine.workflow.scope import within
from engine.workflow.state import Token
from engine.workflow.working import Working

TOLD = frozenset({"withdrawn", "terminated"})


def place(work: Working, node: str, path: str, token: Token | None = None) -> None:
    """Send a token, a new one where none is given, to a node; it is entered when its turn comes."""
    moved = replace(token, node=node, path=path, activation=0) if token else None
    moved = moved or Token(id=work.number("token"), node=node, path=path)
    work.tokens[moved.id] = moved
    work.moves.append(moved.id)


def leave(work: Working, token: Token) -> None:
    """Send a token on from its node, or put back the picture that it carries."""
    if token.back is None:
        place(work, work.node(token.node).next, token.path, token)
        return
    for other in [kept for kept in work.tokens.values() if within(kept.path, token.back.scope)]:
        del work.tokens[other.id]
    for restored in token.back.tokens:
        if restored.arrived:
            work.tokens[restored.id] = restored
        else:
            place(work, restored.node, restored.path, restored)


def arrive_rejected(work: Working, token: Token) -> None:
    """Send a token to the join of its parallel branch as a refusal; the rest of the branch is not run."""
    join = work.node(work.node(token.node).parallel).pair
    place(work, join, token.path, replace(token, rejected=True, back=None))


def end(work: Working, status: str) -> None:
    """End the instance: close everything that is open, and say so."""
    live = frozenset(token.activation for token in work.tokens.values())
    pending = [seat for seat in work.seats.values() if seat.activation in live and seat.status in OPEN]
    work.cancel_open(live, status)
    for activation in [key for key, value in work.activations.items() if value.outcome is None]:
        del work.activations[activation]
    work.tokens.clear()
    work.moves.clear()
    work.status = status
    work.record("ended", actor=SYSTEM, status=status)
    work.effect("taken_effect") if status == "approved" else work.effect("released", status)
    for user in dict.fromkeys(seat.user for seat in pending if status in TOLD and seat.kind == "approver"):
        work.effect("notify", status, user)
    if status != "withdrawn":
        work.effect("notify", status, work.initiator)
