"""What a decision leads to: the status of the document, its entries in ledgers, and who is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.definition import values as record_values
from engine.definition.automations import Event
from engine.definition.model import Entity
from engine.errors import Invalid
from engine.expressions import Environment, ExpressionError
from engine.services.work import Work
from engine.storage.ledgers import Source, Stage
from engine.storage.outbox import NewMessage, Outbox
from engine.storage.records import Record
from engine.workflow import Decision, Effect

STATUSES: Mapping[str, str] = {
    "running": "in_approval",
    "error": "in_approval",
    "returned": "returned",
    "approved": "approved",
    "rejected": "rejected",
    "withdrawn": "withdrawn",
    "terminated": "rejected",
    "voided": "void",
}
"""A document's status by its approval's."""

_POSTING = frozenset({"taken_effect", "voided"})
_EVENTS: Mapping[str, Event] = {"approved": "effect", "void": "void"}


@dataclass(frozen=True, slots=True)
class Standing:
    """A document after a decision: its new status and version."""

    status: str
    version: int


def reserve(work: Work, entity: Entity, record: Record, env: Environment, round: int, *, effective: bool) -> None:
    """Write what a document's postings say, reserved, or effective at once where nobody has to approve.

    Raises Invalid `formula_failed` where a value cannot be worked out (an amount shared by weights that are all zero).
    """
    if entity.postings:
        try:
            written = record_values.entries(entity, env.values, env)
        except ExpressionError as error:
            raise Invalid([record_values.failed(error, entity.title)]) from error
        stage: Stage = "effective" if effective else "reserved"
        source = Source(entity.key, record.id, round)
        work.ledgers.reserve(source, written, actor=work.ctx.actor.id, now=work.ctx.now, stage=stage)


def carry_out(work: Work, entity: Entity, record: Record, instance_id: str, decision: Decision) -> Standing:
    """Do what a decision asks for, in the transaction that stores it."""
    for effect in decision.effects:
        _move_entries(work, entity, record, effect)
    _tell(work, entity, record, instance_id, decision)
    return set_status(work, entity, record, STATUSES[decision.state.status])


def set_status(work: Work, entity: Entity, record: Record, status: str) -> Standing:
    """Change a document's status, and note when it was handed in and when it took effect."""
    if status == record.status:
        return Standing(status, record.version)
    now = work.ctx.now
    moments: dict[str, datetime] = {}
    if status in {"in_approval", "approved"} and record.status in {"draft", "returned"}:
        moments["submitted_at"] = now
    if status == "approved":
        moments["effective_at"] = now
    version = work.records.set_status(
        entity.key, record.id, record.version, status, actor=work.ctx.actor.id, now=now, **moments
    )
    told = {"version": version, "before": {"status": record.status}, "after": {"status": status}}
    work.audit(status, entity.key, record.id, told)
    if event := _EVENTS.get(status):
        after = replace(record, status=status, version=version)
        effective = moments.get("effective_at", record.effective_at)
        submitted = moments.get("submitted_at", record.submitted_at)
        work.happened(event, entity, replace(after, effective_at=effective, submitted_at=submitted))
    return Standing(status, version)


def books_touched(work: Work, entity: Entity, record: Record, decision: Decision) -> list[str]:
    """Return the keys of the books that a decision will post into."""
    posts = any(effect.kind in _POSTING for effect in decision.effects)
    return work.ledgers.books(Source(entity.key, record.id)) if posts else []


def _move_entries(work: Work, entity: Entity, record: Record, effect: Effect) -> None:
    if not work.configuration.ledgers_of(entity.key):
        return
    ledgers, source = work.ledgers, Source(entity.key, record.id)
    by, now = work.ctx.actor.id, work.ctx.now
    match effect.kind:
        case "taken_effect":
            ledgers.make_effective(source, actor=by, now=now)
        case "released":
            ledgers.release(source, actor=by, now=now)
        case "voided":
            ledgers.reverse(source, actor=by, now=now)


def _tell(work: Work, entity: Entity, record: Record, instance_id: str, decision: Decision) -> None:
    messages = list(_messages(entity, record, instance_id, decision))
    if messages:
        Outbox(work.tx).add(messages, work.ctx.now)


def _messages(entity: Entity, record: Record, instance_id: str, decision: Decision) -> Iterable[NewMessage]:
    told = (effect for effect in decision.effects if effect.kind == "notify" and effect.user)
    for number, effect in enumerate(told):
        payload = {
            "user": effect.user,
            "reason": effect.reason,
            "entity": entity.key,
            "record": record.id,
            "seat": effect.seat,
        }
        yield NewMessage(f"{instance_id}:{decision.state.rev}:{number}", "notify", payload)
