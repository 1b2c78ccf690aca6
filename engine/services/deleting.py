"""Deleting records: each goes into the recycle bin, whole, and what points at it is asked what to do."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from engine.definition import values as record_values
from engine.definition.model import Entity
from engine.definition.values.keeping import put_aside, sealed_aside
from engine.errors import Conflict, Forbidden, Stale
from engine.problems import LANGUAGES
from engine.projection.masking import guarded
from engine.projection.texts import in_language
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.lifecycle import title_of
from engine.services.reading import require_visible
from engine.services.work import Work, writing
from engine.storage.conditions import Leaf
from engine.storage.not_unique import SEPARATORS
from engine.storage.queries import Queries, Query
from engine.storage.record_tables import system_fields
from engine.storage.records import Record
from engine.storage.recycle_bin import Deleted, RecycleBin
from engine.storage.references import Turned, clear_uses, stable_key, uses_of
from engine.storage.search_text import found_by

DELETABLE = frozenset({"", "draft", "returned", "withdrawn"})
MOST_CASCADING = 10_000
"""More records than that are not deleted with one that they point at."""


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
    for gone_entity, gone in reversed(_going(work, entity, existing)):
        _remove(work, gone_entity, gone, reason, root)


def is_deletable(record: Record) -> bool:
    """Say whether a record's state allows deleting: a document that was handed in stays."""
    return record.status in DELETABLE and record.submitted_at is None


def _going(work: Work, entity: Entity, record: Record) -> list[tuple[Entity, Record]]:
    """Return a record and all that cascades from it, each once, what points after what it points at."""
    going = {(entity.key, record.id): (entity, record)}
    waiting = [(entity.key, record.id)]
    while waiting:
        key, record_id = waiting.pop()
        for use in uses_of(work.tx, work.tables, key, record_id):
            if use.on_delete == "cascade" and "." not in use.path:
                pointing = work.entity(use.entity)
                for one in _pointing(work, pointing, use.path, record_id):
                    if (pointing.key, one.id) not in going:
                        going[pointing.key, one.id] = (pointing, one)
                        waiting.append((pointing.key, one.id))
    return list(going.values())


def _pointing(work: Work, entity: Entity, path: str, record_id: str) -> Iterable[Record]:
    query = Query(where=Leaf(path, "eq", record_id), limit=MOST_CASCADING + 1)
    ids = Queries(work.tx, work.tables).ids(entity.key, query)
    found = list(work.records.get_many(entity.key, ids).values()) if len(ids) <= MOST_CASCADING else []
    if not found or not all(is_deletable(one) for one in found):
        raise _in_use(work, [(entity.key, path, len(ids))])
    return found


def _remove(work: Work, entity: Entity, record: Record, reason: str, root: tuple[str, str]) -> None:
    uses = uses_of(work.tx, work.tables, entity.key, record.id)
    if held := [(use.entity, use.path, use.count) for use in uses if use.on_delete == "restrict"]:
        raise _in_use(work, held)
    turned = clear_uses(work.tx, work.tables, entity.key, record.id, actor=work.ctx.actor.id, now=work.ctx.now)
    audit_turned(work, turned, before=record.id, after=None)
    current = work.records.need(entity.key, record.id) if turned else record
    work.records.delete(entity.key, record.id, current.version)
    RecycleBin(work.tx).put(_deleted(work, entity, current, reason, root, turned))
    told = {
        "version": current.version,
        "before": guarded(entity, record_values.dump(entity, current.values)),
        "reason": reason,
    }
    work.audit("delete", entity.key, record.id, told)
    work.happened("delete", entity, current)


def _in_use(work: Work, held: Sequence[tuple[str, str, int]]) -> Conflict:
    told: dict[str, Any] = {"uses": [f"{key}.{path}: {count}" for key, path, count in held]}
    told["count"] = sum(count for _, _, count in held)
    told["places"] = {
        language: SEPARATORS[language].join(f"{_named(work, key, path, language)} {count}" for key, path, count in held)
        for language in LANGUAGES
    }
    return Conflict("in_use", told)


def _named(work: Work, key: str, path: str, language: str) -> str:
    """Return what people call a field of an entity: the titles down to it."""
    entity = work.entity(key)
    names = path.split(".")
    fields = [entity.at(".".join(names[:end])) for end in range(1, len(names) + 1)]
    titles = [entity.title, *(field.title for field in fields if field is not None)]
    return " · ".join(in_language(title, language) for title in titles)


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


def audit_turned(work: Work, turned: Iterable[Turned], *, before: str | None, after: str | None) -> None:
    """Write down what deleting or restoring a record did to those that point at it."""
    by_record: dict[tuple[str, str], list[Turned]] = {}
    for one in turned:
        by_record.setdefault((one.entity, one.record_id), []).append(one)
    for (key, record_id), found in by_record.items():
        work.audit("update", key, record_id, _turned_details(found, before, after))


def _turned_details(turned: Iterable[Turned], before: str | None, after: str | None) -> dict[str, Any]:
    details: dict[str, Any] = {"version": 0, "since": sys.maxsize, "before": {}, "after": {}, "rows": {}}
    for one in turned:
        change = {"before": {one.field.name: before}, "after": {one.field.name: after}}
        details["version"] = max(details["version"], one.version)
        details["since"] = min(details["since"], one.version - 1)
        if not one.table:
            for name, value in change.items():
                details[name] |= value
        else:
            table = details["rows"].setdefault(one.table, {"changed": []})
            table["changed"].append({"id": one.row_id} | change)
    return details
