"""Deleting many records together: those that nothing points at, with the same checks, bin and history as one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.definition import values as record_values
from engine.definition.model import Entity
from engine.errors import Conflict, FormworkError, Stale
from engine.projection.masking import guarded
from engine.services.batch_storing import within
from engine.services.deleting import Farewell, deleted
from engine.services.deletion import is_deletable
from engine.services.references import References, is_pointing, pointing, target
from engine.services.work import Work
from engine.storage.links import unlink
from engine.storage.record_batches import delete_records, lock_records
from engine.storage.records import Record
from engine.storage.recycle_bin import RecycleBin
from engine.storage.references import pointed_at, stable_key


@dataclass(frozen=True, slots=True)
class Leaving:
    """One record to delete, on `version` where somebody saw one; `place` is whatever the caller knows it by."""

    place: int
    record_id: str
    version: int | None = None
    reason: str = ""


def alone(work: Work, entity: Entity, wanted: Sequence[Leaving]) -> frozenset[int]:
    """Return the places of those that have to be deleted one by one, and lock all others until the transaction ends.

    So it is with records that others hold in some field, which decide or lose something, with those that the actor may not delete, and
    where automations answer, which may change anything.
    """
    every = frozenset(one.place for one in wanted)
    if entity.kind == "ledger" or work.configuration.automations_for(entity.key):
        return every
    ids = list(dict.fromkeys(one.record_id for one in wanted))
    lock_records(work.tx, work.tables, entity.key, ids)
    free = within(work, entity, ids, "read") & within(work, entity, ids, "delete")
    free -= pointed_at(work.tx, work.tables, entity.key, ids)
    seen: set[str] = set()
    together = set()
    for one in wanted:
        if one.record_id in free and one.record_id not in seen:
            together.add(one.place)
        seen.add(one.record_id)
    return every - together


def delete_together(
    work: Work, entity: Entity, wanted: Sequence[Leaving]
) -> dict[int, tuple[int, FormworkError | None]]:
    """Delete records that nothing points at, in few statements; return by place the version that went, or why it stayed.

    What is not there any more is not in the answer. Raises Conflict `in_use` where somebody linked to one of them in the same moment.
    """
    known = work.records.get_many(entity.key, [one.record_id for one in wanted])
    found: dict[int, tuple[int, FormworkError | None]] = {}
    going: list[tuple[Leaving, Record]] = []
    for one in wanted:
        if one.record_id in known:
            record = known[one.record_id]
            refusal = _refusal(record, one)
            found[one.place] = (record.version, refusal)
            going += [(one, record)] if refusal is None else []
    if going:
        _go(work, entity, going)
    return found


def _refusal(record: Record, wanted: Leaving) -> FormworkError | None:
    if not is_deletable(record):
        return Conflict("submitted_cannot_be_deleted", {"status": record.status})
    if wanted.version is not None and wanted.version != record.version:
        return Stale(wanted.version, record.version)
    return None


def _go(work: Work, entity: Entity, going: Sequence[tuple[Leaving, Record]]) -> None:
    ids = [record.id for _, record in going]
    references = References(work)
    display = entity.field(entity.display)
    if display is not None and is_pointing(display):
        keys = [key for _, one in going for _, field, _, key in pointing(entity, one.values) if field is display]
        references.prefetch(target(entity, display), keys)
    unlink(work.tx, work.tables, [(entity.key, key) for key in ids])
    delete_records(work.tx, work.tables, entity.key, ids)
    RecycleBin(work.tx).put_many(
        [
            deleted(work, entity, record, Farewell(one.reason, (stable_key(entity), record.id), (), ()), references)
            for one, record in going
        ]
    )
    told = {
        record.id: {
            "version": record.version,
            "before": guarded(entity, record_values.dump(entity, record.values)),
            "reason": one.reason,
        }
        for one, record in going
    }
    work.audit_many("delete", entity.key, told)
