"""What goes with a record that is deleted, and what holds it: worked out whole before anything is touched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.definition.model import Entity
from engine.definition.rows import rows_of
from engine.errors import Conflict
from engine.problems import LANGUAGES
from engine.projection.texts import in_language
from engine.services.lifecycle import title_of
from engine.services.reading import visible
from engine.services.work import Work
from engine.storage.not_unique import SEPARATORS
from engine.storage.records import Record
from engine.storage.references import MOST, Use, uses_of

DELETABLE = frozenset({"", "draft", "returned", "withdrawn"})
CHANGEABLE = frozenset({"", "draft", "returned"})
SHOWN = 20
"""So many records of one field are named where they hold another; of the rest the count."""


@dataclass(slots=True)
class Deletion:
    """Records that go, each after what it goes with; rows that go, by record and sub-table; and what holds one of them."""

    records: dict[tuple[str, str], tuple[Entity, Record]] = field(default_factory=dict)
    rows: dict[tuple[str, str], dict[str, set[str]]] = field(default_factory=dict)
    held: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def hold(self, use: Use, record_id: str) -> None:
        """Note that a record holds another in a field."""
        self.held.setdefault((use.entity, use.path), []).append(record_id)


def deletion_of(work: Work, entity: Entity, record: Record) -> Deletion:
    """Return all that deleting a record means. Circles end where they began; a record is met once."""
    found = Deletion({(entity.key, record.id): (entity, record)})
    waiting, restricting = [(entity.key, record.id)], []
    while waiting:
        for use in uses_of(work.tx, work.tables, *waiting.pop()):
            if use.on_delete == "restrict":
                restricting.append(use)
            elif use.on_delete == "cascade":
                waiting += _cascade(work, use, found)
    for use in restricting:
        for record_id, row_id in use.holders:
            going = found.rows.get((use.entity, record_id), {}).get(use.path.rpartition(".")[0], ())
            if (use.entity, record_id) not in found.records and row_id not in going:
                found.hold(use, record_id)
    return found


def is_deletable(record: Record) -> bool:
    """Say whether a record's state allows deleting: a document that was handed in stays."""
    return record.status in DELETABLE and record.submitted_at is None


def in_use(work: Work, held: Mapping[tuple[str, str], Iterable[str]]) -> Conflict:
    """Return the refusal to delete what others hold: where, how often, and by which records, as far as the actor sees them."""
    lines = [_use_view(work, key, path, list(ids)) for (key, path), ids in sorted(held.items())]
    told: dict[str, Any] = {"uses": [f"{one['entity']}.{one['path']}: {one['count']}" for one in lines]}
    told |= {"holders": lines, "count": sum(one["count"] for one in lines)}
    told["places"] = {
        language: SEPARATORS[language].join(
            f"{_named(work, one['entity'], one['path'], language)} {one['count']}" for one in lines
        )
        for language in LANGUAGES
    }
    return Conflict("in_use", told)


def _named(work: Work, key: str, path: str, language: str) -> str:
    """Return what people call a field of an entity: the titles down to it."""
    entity = work.entity(key)
    names = path.split(".")
    fields = [entity.at(".".join(names[:end])) for end in range(1, len(names) + 1)]
    titles = [entity.title, *(one.title for one in fields if one is not None)]
    return " · ".join(in_language(title, language) for title in titles)


def without_rows(entity: Entity, record: Record, gone: Mapping[str, set[str]]) -> dict[str, Any]:
    """Return what to send to a record so that it loses some rows and keeps all others as they are."""
    tables = {path.partition(".")[0] for path in gone}
    return {
        table.name: _left(table.name, rows_of(record.values.get(table.name)), gone)
        for table in entity.tables
        if table.name in tables
    }


def _left(path: str, rows: Iterable[Mapping[str, Any]], gone: Mapping[str, set[str]]) -> list[dict[str, Any]]:
    inner = {one[len(path) + 1 :].partition(".")[0] for one in gone if one.startswith(f"{path}.")}
    return [
        {"id": row["id"]} | {name: _left(f"{path}.{name}", rows_of(row.get(name)), gone) for name in sorted(inner)}
        for row in rows
        if row["id"] not in gone.get(path, ())
    ]


def _cascade(work: Work, use: Use, found: Deletion) -> list[tuple[str, str]]:
    """Let records or rows go with what they point at; note those that may not, and return the records that are new."""
    entity, table = work.entity(use.entity), use.path.rpartition(".")[0]
    records = work.records.get_many(entity.key, sorted({record_id for record_id, _ in use.holders}))
    new: list[tuple[str, str]] = []
    for record_id, row_id in use.holders:
        key, record = (entity.key, record_id), records[record_id]
        if key in found.records:
            continue
        allowed = _may_change(work, entity, record) if row_id else _may_go(work, entity, record)
        if not allowed or len(use.holders) > MOST:
            found.hold(use, record_id)
        elif row_id:
            found.rows.setdefault(key, {}).setdefault(table, set()).add(row_id)
        else:
            found.records[key] = (entity, record)
            found.rows.pop(key, None)
            new.append(key)
    return new


def _may_go(work: Work, entity: Entity, record: Record) -> bool:
    return entity.kind != "ledger" and is_deletable(record) and visible(work, entity, record, "delete")


def _may_change(work: Work, entity: Entity, record: Record) -> bool:
    return entity.kind != "ledger" and record.status in CHANGEABLE and visible(work, entity, record, "update")


def _use_view(work: Work, key: str, path: str, ids: list[str]) -> dict[str, Any]:
    entity = work.entity(key)
    first = list(dict.fromkeys(ids))[:SHOWN]
    named = work.records.get_many(key, first) if work.rights.may("read", key) else {}
    seen = [named[one] for one in first if one in named and visible(work, entity, named[one], "read")]
    field_ = entity.at(path)
    return {
        "entity": key,
        "path": path,
        "title": in_language(entity.title, work.ctx.language),
        "field": in_language(field_.title, work.ctx.language) if field_ else path,
        "count": len(ids),
        "records": [{"id": one.id, "label": title_of(work, entity, one)} for one in seen],
    }
