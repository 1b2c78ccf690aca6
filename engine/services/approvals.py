"""Approvals: a person decides, and the document, its entries and the next people follow in the same transaction."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from engine.definition import Configuration
from engine.definition.model import Entity
from engine.errors import NotFound, Stale
from engine.expressions import evaluate
from engine.services.context import Context
from engine.services.effects import Standing, books_touched, carry_out
from engine.services.evaluation import AsIf, environment
from engine.services.installation import Installation
from engine.services.people import RecordPeople
from engine.services.references import References
from engine.services.work import Work, writing
from engine.storage.instances import Instance, Instances
from engine.storage.records import Record
from engine.workflow import Agree, Command, Env, Reject, ReturnTo, Transfer, step

_LONGEST_NUMBER = 9


def agree(installation: Installation, ctx: Context, seat: str, rev: int, comment: str) -> dict[str, Any]:
    """Agree from a seat (`instance.number`), as it was seen at `rev`. Raises Conflict, NotFound."""
    return _act(
        installation, ctx, seat, lambda number: Agree(actor=ctx.actor.id, seat=number, rev=rev, comment=comment)
    )


def reject(installation: Installation, ctx: Context, seat: str, rev: int, comment: str) -> dict[str, Any]:
    """Reject from a seat."""
    return _act(
        installation, ctx, seat, lambda number: Reject(actor=ctx.actor.id, seat=number, rev=rev, comment=comment)
    )


def return_to(
    installation: Installation, ctx: Context, seat: str, rev: int, targets: list[str], resume: str, comment: str
) -> dict[str, Any]:
    """Send back to steps that were passed."""
    actor, back = ctx.actor.id, tuple(targets)
    return _act(
        installation,
        ctx,
        seat,
        lambda number: ReturnTo(actor=actor, seat=number, rev=rev, targets=back, resume=resume, comment=comment),
    )


def transfer(installation: Installation, ctx: Context, seat: str, rev: int, to: str, comment: str) -> dict[str, Any]:
    """Hand a seat to somebody else."""
    return _act(
        installation,
        ctx,
        seat,
        lambda number: Transfer(actor=ctx.actor.id, seat=number, rev=rev, to=to, comment=comment),
    )


def seat_key(instance_id: str, number: int) -> str:
    """Return the name of a seat outside: its instance and its number there."""
    return f"{instance_id}.{number}"


def _act(installation: Installation, ctx: Context, seat: str, make: Callable[[int], Command]) -> dict[str, Any]:
    instance_id, _, number = seat.rpartition(".")
    if not (instance_id and number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER):
        raise NotFound("seat", seat)

    def act(work: Work, *, waiting: bool) -> dict[str, Any]:
        instance = Instances(work.tx).load(instance_id, seat=int(number))
        if waiting:
            # Everybody who decides takes the record first; what is read behind its lock is the newest.
            work.records.need(instance.entity, instance.record_id, lock=True, rows_later=True)
            instance = Instances(work.tx).load(instance_id, seat=int(number))
        if not any(one.id == int(number) for one in instance.state.seats):
            raise NotFound("seat", seat)
        standing, status = decide(work, instance, make(int(number)))
        record = {
            "id": instance.record_id,
            "entity": instance.entity,
            "status": standing.status,
            "version": standing.version,
        }
        return {"record": record, "instance": {"id": instance.id, "status": status}}

    # Read without a lock at first: that is fewer statements, and `save` finds out whether somebody was faster. Who lost
    # waits then, so that however many decide at once each gets a turn.
    try:
        return writing(installation, ctx, partial(act, waiting=False))
    except Stale:
        return writing(installation, ctx, partial(act, waiting=True))


def decide(work: Work, instance: Instance, command: Command) -> tuple[Standing, str]:
    """Do one command on an instance, store what came of it, and return where document and approval stand."""
    published = work.installation.configurations.at(work.tx, instance.publication_id)
    entity = work.entity(instance.entity)
    record = work.records.need(entity.key, instance.record_id, lock=True, rows_later=True)
    env = flow_env(work, published.configuration, instance.flow, entity, record, instance.state.initiator)
    decision = step(published.programs[instance.flow], instance.state, command, env)
    Instances(work.tx).save(instance, decision, work.ctx.now, books_touched(work, entity, record, decision))
    return carry_out(work, entity, record, instance.id, decision), decision.state.status


def flow_env(
    work: Work, configuration: Configuration, flow_key: str, entity: Entity, record: Record, initiator: str
) -> Env:
    """Return what an approval may ask: the conditions of its own publication, on the record as it is now, and the people."""
    flow = configuration.flows[flow_key]
    references = References(work)
    references.expect(entity, record.values)
    plain = environment(work, references, record.named, initiator=initiator)
    # A condition may ask a measure: it is answered as the checks were, as if this document had taken effect.
    seen = replace(plain, me=initiator, measure=AsIf(work, entity, record.id, plain, locking=False))

    def condition(key: str) -> bool | None:
        answer = evaluate(flow.conditions[key], seen)
        return answer if isinstance(answer, bool) else None

    return Env(work.ctx.now, condition, RecordPeople(work, record, flow))
