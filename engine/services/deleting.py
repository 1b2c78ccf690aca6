"""Deleting records: each goes into the recycle bin, whole, and what points at it is asked what to do."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definition import values as record_values
from engine.definition.model import Entity
from engine.definition.values.keeping import put_aside, sealed_aside
from engine.errors import Conflict, Forbidden, Stale
from engine.projection.masking import guarded
from engine.services.context import Context
from engine.services.deletion import deletion_of, in_use, is_deletable
from engine.services.installation import Installation
from engine.services.lifecycle import title_of
from engine.services.reading import require_visible
from engine.services.references import References
from engine.services.rows_of_others import Taken, kept, take
from engine.services.work import Work, writing
from engine.storage.links import unlink
from engine.storage.record_tables import system_fields
from engine.storage.records import Record
from engine.storage.recycle_bin import Deleted, RecycleBin
from engine.storage.references import Turned, clear_uses, stable_key
from engine.storage.search_text import found_by


def delete(installation: Installation, ctx: Context, key: str, record_id: str, version: int, reason: str = "") -> None:
    """Delete a record that nothing needs. Raises Conflict `in_use` with where, Stale, Forbidden, NotFound."""

    def act(work: Work) -> dict[str, Any]:
        delete_record(work, work.entity(key), record_id, version, reason)
        return {}

    writing(installation, ctx, act)


def delete_record(work: Work, entity: Entity, record_id: str, version: int, reason: str = "") -> None:
    """Delete a record within a use case, with what cascades from it."""
    if entity.kind == "ledger":
        raise Forbidden("delete", entity.key, "ledger_is_written_by_postings", entity.title)
    existing = require_visible(work, entity, record_id, "delete", lock=True)
    if not is_deletable(existing):
        raise Conflict("submitted_cannot_be_deleted", {"status": existing.status})
    if existing.version != version:
        raise Stale(version, existing.version)
    root = (stable_key(entity), record_id)
    going = deletion_of(work, entity, existing)
    if going.held:
        raise in_use(work, going.held)
    rows = [take(work, work.entity(key), holder, gone) for (key, holder), gone in going.rows.items()]
    # Everything lets go before anything goes: what goes may point at one another in circles.
    freed = {key: _let_go(work, *key) for key in going.records}
    unlink(work.tx, work.tables, going.records)
    for place, (gone_entity, gone) in reversed(going.records.items()):
        lost = rows if place == (entity.key, record_id) else ()
        _remove(work, gone_entity, gone, Farewell(reason, root, freed[place], lost))


def _let_go(work: Work, key: str, record_id: str) -> tuple[Turned, ...]:
    turned = clear_uses(work.tx, work.tables, key, record_id, actor=work.ctx.actor.id, now=work.ctx.now)
    audit_turned(work, turned)
    return turned


@dataclass(frozen=True, slots=True)
class Farewell:
    """Why a record goes and with which one, the fields that let go of it, and the rows that others lost."""

    reason: str
    root: tuple[str, str]
    turned: tuple[Turned, ...]
    rows: Sequence[Taken]


def _remove(work: Work, entity: Entity, record: Record, farewell: Farewell) -> None:
    current = work.records.need(entity.key, record.id)
    work.records.delete(entity.key, record.id, current.version)
    RecycleBin(work.tx).put(deleted(work, entity, current, farewell))
    told = {
        "version": current.version,
        "before": guarded(entity, record_values.dump(entity, current.values)),
        "reason": farewell.reason,
    }
    work.audit("delete", entity.key, record.id, told)
    work.happened("delete", entity, current)


def deleted(
    work: Work, entity: Entity, record: Record, farewell: Farewell, references: References | None = None
) -> Deleted:
    """Return what the bin keeps of a record; `references` have what it displays, where many go at once."""
    title = title_of(work, entity, record, references)
    secrets = sealed_aside(entity.fields, record.values)
    rows, sealed_rows = kept(farewell.rows)
    system: dict[str, Any] = {
        name: value for name in system_fields(entity) if (value := record.system.get(name)) is not None
    }
    return Deleted(
        entity=stable_key(entity),
        record_id=record.id,
        title=title,
        search=found_by(title),
        owner=record.owner,
        version=record.version,
        system={name: value if isinstance(value, (str, int)) else value.isoformat() for name, value in system.items()},
        document=put_aside(entity.fields, record.values),
        sealed=json.dumps(secrets) if secrets else None,
        links=[
            {
                "entity": stable_key(work.entity(one.entity)),
                "field": one.stable,
                "record": one.record_id,
                "row": one.row_id,
            }
            for one in farewell.turned
        ],
        rows=rows,
        sealed_rows=sealed_rows,
        deleted_at=work.ctx.now,
        deleted_by=work.ctx.actor.id,
        reason=farewell.reason,
        root_entity=farewell.root[0],
        root_id=farewell.root[1],
    )


def audit_turned(work: Work, turned: Iterable[Turned]) -> None:
    """Write down what deleting or restoring a record did to those that point at it."""
    by_record: dict[tuple[str, str], list[Turned]] = {}
    for one in turned:
        by_record.setdefault((one.entity, one.record_id), []).append(one)
    for (key, record_id), found in by_record.items():
        work.audit("update", key, record_id, _turned_details(found))


def _turned_details(turned: Iterable[Turned]) -> dict[str, Any]:
    details: dict[str, Any] = {"version": 0, "since": sys.maxsize, "before": {}, "after": {}, "rows": {}}
    for one in turned:
        change = {"before": {one.field.name: one.before}, "after": {one.field.name: one.after}}
        details["version"] = max(details["version"], one.version)
        details["since"] = min(details["since"], one.version - 1)
        if not one.table:
            for name, value in change.items():
                details[name] |= value
        else:
            table = details["rows"].setdefault(one.table, {"changed": []})
            table["changed"].append({"id": one.row_id} | change)
    return details
