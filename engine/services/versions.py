"""What a record was at an earlier version: its present state with every later change taken back."""

from typing import Any

from engine.definition import values as record_values
from engine.definition.model import Entity
from engine.definition.values.differences import reverted
from engine.services.work import Work
from engine.storage.audit import AuditLog
from engine.storage.records import Record

_PAGE = 50


def state_at(work: Work, entity: Entity, record: Record, version: int) -> dict[str, Any] | None:
    """Return the values, in their JSON form, that a record had at a version.

    None where the way back has a gap: a version that never was, or a change that history does not tell in full.
    """
    state, at = record_values.dump(entity, record.values), record.version
    before: int | None = None
    while at > version:
        entries = AuditLog(work.tx).recent(kind=entity.key, key=record.id, limit=_PAGE, before=before)
        for entry in entries:
            told: Any = entry.details
            if at <= version or entry.action == "delete":
                continue
            if told.get("version") != at:
                return None
            state = reverted(entity.fields, state, told) if entry.action == "update" else state
            at = told.get("since", at - 1)
        if len(entries) < _PAGE:
            break
        before = entries[-1].id
    return state if at == version >= 1 else None
