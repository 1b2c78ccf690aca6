"""Deleting records: each goes into the recycle bin, whole, and what points at it is asked what to do."""

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from engine.definition import values as record_values
from engine.definition.model import Entity
from engine.definition.values.keeping import put_aside, sealed_aside
from engine.errors import Conflict, Forbidden, Invalid, Stale
from engine.projection.masking import guarded
from engine.services.context import Context
from engine.services.deletion import deletion_of, in_use, is_deletable, without_rows
from engine.services.installation import Installation
from engine.services.lifecycle import title_of
from engine.services.reading import require_visible
from engine.services.work import Work, writing
from engine.services.writing import update_record
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
    for (key, holder), rows in going.rows.items():
        _lose_rows(work, work.entity(key), holder, rows)
    # Everything lets go before anything goes: what goes may point at one another in circles.
    freed = {key: _let_go(work, *key) for key in going.records}
    unlink(work.tx, work.tables, going.records)
    for place, (gone_entity, gone) in reversed(going.records.items()):
        _remove(work, gone_entity, gone, reason, root, freed[place])


def _lose_rows(work: Work, entity: Entity, record_id: str, rows: Mapping[str, set[str]]) -> None:
    """Change a record that loses rows, by all its rules. Raises Conflict `in_use` where it cannot be without them."""
    record = work.records.need(entity.key, record_id, lock=True)
    try:
        update_record(work, entity, record_id, record.version, without_rows(entity, record, rows))
    except (Invalid, Forbidden, Conflict) as error:
        raise in_use(work, {(entity.key, path): [record_id] for path in rows}) from error


def _let_go(work: Work, key: str, record_id: str) -> tuple[Turned, ...]:
    turned = clear_uses(work.tx, work.tables, key, record_id, actor=work.ctx.actor.id, now=work.ctx.now)
    audit_turned(work, turned)
    return turned


def _remove(
    work: Work, entity: Entity, record: Record, reason: str, root: tuple[str, str], turned: Iterable[Turned]
) -> None:
    current = work.records.need(entity.key, record.id)
    work.records.delete(entity.key, record.id, current.version)
    RecycleBin(work.tx).put(_deleted(work, entity, current, reason, root, turned))
    told = {
        "version": current.version,
        "before": guarded(entity, record_values.dump(entity, current.values)),
        "reason": reason,
    }
    work.audit("delete", entity.key, record.id, told)
    work.happened("delete", entity, current)


def _deleted(
    work: Work, entity: Entity, record: Record, reason: str, root: tuple[str, str], turned: Iterable[Turned]
) -> Deleted:
    title = title_of(work, entity, record)
    secrets = sealed_aside(entity.fields, record.values)
    kept: dict[str, Any] = {
        name: value for name in system_fields(entity) if (value := record.system.get(name)) is not None
    }
    return Deleted(
        entity=stable_key(entity),
        record_id=record.id,
        title=title,
        search=found_by(title),
        owner=record.owner,
        version=record.version,
        system={name: value if isinstance(value, (str, int)) else value.isoformat() for name, value in kept.items()},
        document=put_aside(entity.fields, record.values),
        sealed=json.dumps(secrets) if secrets else None,
        links=[
            {
                "entity": stable_key(work.entity(one.entity)),
                "field": one.stable,
                "record": one.record_id,
                "row": one.row_id,
            }
            for one in turned
        ],
        deleted_at=work.ctx.now,
        deleted_by=work.ctx.actor.id,
        reason=reason,
        root_entity=root[0],
        root_id=root[1],
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
