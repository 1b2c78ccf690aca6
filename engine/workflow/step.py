"""One command: checked, done, and carried on until every token waits for somebody. Pure: the same input, the same answer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from engine.errors import Conflict, NotFound
from engine.workflow.commands import (
    Agree,
    Command,
    Comment,
    Reject,
    Resubmit,
    Retry,
    ReturnTo,
    SeatCommand,
    Submit,
    Terminate,
    Transfer,
    Void,
    Withdraw,
)
from engine.workflow.entering import ask, run_to_rest
from engine.workflow.env import Env
from engine.workflow.judging import judge
from engine.workflow.moving import end, leave
from engine.workflow.outcome import Decision
from engine.workflow.program import Program
from engine.workflow.returning import check_targets, send_back
from engine.workflow.scope import ROOT
from engine.workflow.state import ENDED, Seat, State, Token
from engine.workflow.working import Working

VOTED = frozenset({"agreed", "rejected", "returned"})


def step(program: Program, state: State, command: Command, env: Env) -> Decision:
    """Return what a command leads to.

    Raises Conflict, and then nothing has changed: not_submitted, already_submitted, already_ended, not_initiator, not_returned,
    not_your_seat, not_pending, already_acted, seat_closed, stale_seat, resubmit_instead, illegal_target, self_transfer,
    target_inactive, already_seated, withdraw_after_vote, nothing_blocked, not_effective, step_limit. Raises NotFound for a
    seat that the state does not hold.
    """
    work = Working(program, state, env, command.actor)
    HANDLERS[type(command)](work, command)
    run_to_rest(work)
    return work.decision()


def _submit(work: Working, command: Submit) -> None:
    if work.status != "draft":
        raise Conflict("already_submitted", {"status": work.status})
    _check_initiator(work)
    work.status = "running"
    work.record("submit", node=work.program.start, comment=command.comment)
    token = Token(id=work.number("token"), node=work.program.start, path=ROOT)
    work.close(work.activate(token).id, "passed")
    leave(work, token)


def _resubmit(work: Working, command: Resubmit) -> None:
    _check_live(work)
    _check_initiator(work)
    if work.status != "returned":
        raise Conflict("not_returned", {"status": work.status})
    token = next(iter(work.tokens.values()))
    for seat in list(work.seats_of(token.activation)):
        work.change_seat(seat, "agreed", command.comment)
    work.status = "running"
    work.record("submit_again", node=token.node, comment=command.comment)
    work.close(token.activation, "passed")
    if token.back is None:
        work.acted = (None, None)
    leave(work, token)


def _agree(work: Working, command: Agree) -> None:
    _vote(work, command, "agreed", "approved")


def _reject(work: Working, command: Reject) -> None:
    _vote(work, command, "rejected", "rejected")


def _vote(work: Working, command: SeatCommand, status: str, verb: str) -> None:
    seat = work.change_seat(_open_seat(work, command), status, command.comment)
    _remember_vote(work)
    work.record(verb, seat=seat, comment=command.comment)
    judge(work, work.activations[seat.activation])


def _return_to(work: Working, command: ReturnTo) -> None:
    seat = _open_seat(work, command)
    targets = check_targets(work, work.activations[seat.activation], command.targets, command.resume)
    seat = work.change_seat(seat, "returned", command.comment)
    _remember_vote(work)
    names = [target.node for target in targets]
    work.record("specific_rollback", seat=seat, comment=command.comment, targets=names, resume=command.resume)
    send_back(work, work.token_of(seat.activation), targets, command.resume)


def _transfer(work: Working, command: Transfer) -> None:
    seat = _open_seat(work, command)
    if command.to == seat.user:
        raise Conflict("self_transfer", {"user": command.to})
    if not work.env.people.is_active(command.to):
        raise Conflict("target_inactive", {"user": command.to})
    others = (other for other in work.seats_of(seat.activation) if other.status not in ("transferred", "cancelled"))
    if any(other.user == command.to for other in others):
        raise Conflict("already_seated", {"user": command.to})
    work.change_seat(seat, "transferred", command.comment)
    new = work.add_seat(
        work.activations[seat.activation],
        command.to,
        origin_user=seat.origin_user,
        order=seat.order,
        weight=seat.weight,
    )
    work.record("forward_resign", seat=seat, to=command.to, to_seat=new.id, comment=command.comment)
    work.effect("notify", "asked", command.to, new.id)


def _withdraw(work: Working, command: Withdraw) -> None:
    _check_live(work)
    _check_initiator(work)
    who, when = work.acted
    if when and work.program.withdraw == "before_first_vote" and work.status != "returned":
        raise Conflict("withdraw_after_vote", {"who": who, "when": when.isoformat()})
    work.record("recall", comment=command.comment)
    end(work, "withdrawn")


def _comment(work: Working, command: Comment) -> None:
    if work.status == "draft":
        raise Conflict("not_submitted")
    work.record("comment", comment=command.comment)


def _terminate(work: Working, command: Terminate) -> None:
    _check_live(work)
    work.record("terminate", comment=command.comment)
    end(work, "terminated")


def _retry(work: Working, command: Retry) -> None:
    _check_live(work)
    blocked = [activation for activation in work.activations.values() if activation.blocked]
    if not blocked:
        raise Conflict("nothing_blocked")
    work.record("resume", comment=command.comment)
    for activation in blocked:
        if activation.id in work.activations:
            work.activations[activation.id] = freed = replace(activation, blocked=False)
            ask(work, freed)


def _void(work: Working, command: Void) -> None:
    if work.status != "approved":
        raise Conflict("not_effective", {"status": work.status})
    work.status = "voided"
    work.record("void", comment=command.comment)
    work.effect("voided")
    work.effect("notify", "voided", work.initiator)


def _remember_vote(work: Working) -> None:
    if work.acted[1] is None:
        work.acted = (work.actor, work.env.now)


def _check_live(work: Working) -> None:
    if work.status == "draft":
        raise Conflict("not_submitted")
    if work.status in ENDED:
        raise Conflict("already_ended", {"status": work.status})


def _check_initiator(work: Working) -> None:
    if work.actor != work.initiator:
        raise Conflict("not_initiator", {"initiator": work.initiator})


def _open_seat(work: Working, command: SeatCommand) -> Seat:
    """Return the seat that a command is about; raises Conflict with who was faster, and when, where it is closed."""
    seat = work.seats.get(command.seat)
    if seat is None:
        raise NotFound("seat", str(command.seat))
    if command.actor != seat.user:
        raise Conflict("not_your_seat", {"user": seat.user})
    if seat.status == "waiting":
        raise Conflict("not_pending", {"seat": seat.id})
    if seat.status in VOTED:
        raise Conflict("already_acted", {"who": seat.user, "when": seat.at.isoformat(), "status": seat.status})
    if seat.status != "pending":
        raise Conflict("seat_closed", _closed(work, seat))
    if seat.rev != command.rev:
        raise Conflict("stale_seat", {"given": command.rev, "current": seat.rev})
    if seat.kind == "initiator":
        raise Conflict("resubmit_instead")
    return seat


def _closed(work: Working, seat: Seat) -> dict[str, object]:
    """Return how a seat was closed: by what status, when, and what its node and instance came to."""
    activation = work.activations.get(seat.activation)
    outcome = activation.outcome if activation and activation.outcome else work.status
    return {"status": seat.status, "when": seat.at.isoformat(), "outcome": outcome, "instance": work.status}


HANDLERS: Mapping[type[Command], Callable[[Working, Any], None]] = {
    Submit: _submit,
    Resubmit: _resubmit,
    Agree: _agree,
    Reject: _reject,
    ReturnTo: _return_to,
    Transfer: _transfer,
    Withdraw: _withdraw,
    Comment: _comment,
    Terminate: _terminate,
    Retry: _retry,
    Void: _void,
}
