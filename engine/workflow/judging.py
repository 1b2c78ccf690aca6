"""What becomes of an approval: whose turn it is, whether the votes decide, and what a refusal leads to."""

from dataclasses import replace
from typing import Any

from engine.workflow.moving import arrive_rejected, end, leave
from engine.workflow.outcome import SYSTEM
from engine.workflow.quorum import AGREEING, NAMED, OPEN, Ballot, decide
from engine.workflow.returning import to_start
from engine.workflow.state import Activation, Seat
from engine.workflow.working import Working

COUNTED = OPEN | AGREEING | {"rejected", "returned"}


def judge(work: Working, activation: Activation) -> None:
    """Decide an activation by its seats where they decide, else open the seats whose turn it is."""
    seats = tuple(seat for seat in work.seats_of(activation.id) if seat.kind == "approver" and seat.status in COUNTED)
    mode = work.node(activation.node).mode or NAMED["any"]
    verdict = decide(mode, (Ballot(seat.status, seat.weight) for seat in seats))
    if verdict == "passed":
        _pass(work, activation, seats)
    elif verdict == "rejected":
        refuse(work, activation)
    else:
        _open_next(work, seats, in_order=mode.in_order)


def refuse(work: Working, activation: Activation) -> None:
    """Close an activation as rejected and do what its node says then."""
    work.cancel_open(frozenset({activation.id}), "rejected")
    work.close(activation.id, "rejected")
    token = work.token_of(activation.id)
    policy = work.node(activation.node).reject
    if policy == "to_initiator":
        to_start(work, token)
    elif policy == "branch_reject":
        arrive_rejected(work, token)
    else:
        end(work, "rejected")


def pass_over(work: Working, activation: Activation, **why: Any) -> None:
    """Close an activation that asked nobody as passed."""
    work.record("auto_skip", node=activation.node, actor=SYSTEM, **why)
    work.close(activation.id, "auto_passed")
    leave(work, replace(work.token_of(activation.id), agreed=()))


def _pass(work: Working, activation: Activation, seats: tuple[Seat, ...]) -> None:
    agreed = tuple(dict.fromkeys(seat.user for seat in seats if seat.status in AGREEING))
    work.cancel_open(frozenset({activation.id}), "passed")
    work.close(activation.id, "passed", agreed=agreed)
    leave(work, replace(work.token_of(activation.id), agreed=agreed))


def _open_next(work: Working, seats: tuple[Seat, ...], *, in_order: bool) -> None:
    waiting = [seat for seat in seats if seat.status == "waiting"]
    if in_order:
        waiting = [] if any(seat.status == "pending" for seat in seats) else waiting[:1]
    for seat in waiting:
        opened = work.change_seat(seat, "pending")
        work.effect("notify", "asked", opened.user, opened.id)
