"""Rows of other records that go with a record: taken from them when it is deleted, and given back when it returns."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.definition.model import Entity
from engine.definition.values.lost_rows import Gone, LostRow, lost_rows, with_rows_again
from engine.errors import Conflict, Forbidden, FormworkError, Invalid
from engine.problems import Problem
from engine.services.deletion import CHANGEABLE, in_use, without_rows
from engine.services.lifecycle import title_of
from engine.services.reading import visible
from engine.services.work import Work
from engine.services.writing import update_record
from engine.storage.recycle_bin import Deleted
from engine.storage.references import stable_key


@dataclass(frozen=True, slots=True)
class Taken:
    """Rows that were taken from a record of an entity (its stable name)."""

    entity: str
    record: str
    rows: tuple[LostRow, ...]


def take(work: Work, entity: Entity, record_id: str, gone: Gone) -> Taken:
    """Change a record that loses rows, by all its rules. Raises Conflict `in_use` where it cannot be without them."""
    record = work.records.need(entity.key, record_id, lock=True)
    taken = lost_rows(entity.fields, record.values, gone)
    try:
        update_record(work, entity, record_id, record.version, without_rows(entity, record, gone))
    except (Invalid, Forbidden, Conflict) as error:
        raise in_use(work, {(entity.key, path): [record_id] for path in gone}) from error
    return Taken(stable_key(entity), record_id, taken)


def kept(taken: Iterable[Taken]) -> tuple[list[dict[str, Any]], str | None]:
    """Return what the bin keeps of rows: in the open, and as JSON text what is to be encrypted, if anything is."""
    rows = [(one, row) for one in taken for row in one.rows]
    document = [
        {"entity": one.entity, "record": one.record, "place": list(row.place), "document": row.document}
        for one, row in rows
    ]
    sealed = [row.sealed for _, row in rows]
    return document, json.dumps(sealed) if any(len(one) > 1 for one in sealed) else None


def give_back(work: Work, deleted: Deleted) -> list[Problem]:
    """Give rows back to the records that lost them, by all their rules, as new rows after all others.

    A record that is gone, closed or refuses them stays as it is: what comes back must not wait for that. It is told as a warning.
    """
    entities = {stable_key(one): one for one in work.configuration.entities.values()}
    found = []
    for (key, record_id), rows in _by_record(deleted).items():
        entity = entities.get(key)
        if entity is not None and (left := _given(work, entity, record_id, rows)):
            found.append(left)
    return found


def _by_record(deleted: Deleted) -> Mapping[tuple[str, str], list[LostRow]]:
    sealed = json.loads(deleted.sealed_rows) if deleted.sealed_rows else [{} for _ in deleted.rows]
    found: dict[tuple[str, str], list[LostRow]] = {}
    for one, secret in zip(deleted.rows, sealed, strict=True):
        row = LostRow(tuple(one["place"]), one["document"], secret)
        found.setdefault((one["entity"], one["record"]), []).append(row)
    return found


def _given(work: Work, entity: Entity, record_id: str, rows: list[LostRow]) -> Problem | None:
    """Return what is to be told of rows that found their place no more."""
    record = work.records.get(entity.key, record_id, lock=True)
    if record is None:
        return None
    left = len(rows)
    if record.status in CHANGEABLE:
        payload, missing = with_rows_again(entity.fields, record.values, rows)
        try:
            with work.tx.savepoint():
                update_record(work, entity, record_id, record.version, payload)
            left = missing
        except FormworkError:
            # The refusal of one record is no reason to keep another in the bin; its findings come when it is changed by hand.
            left = len(rows)
    title = title_of(work, entity, record) if visible(work, entity, record, "read") else ""
    told = {"count": left, "entity": entity.title, "title": title}
    return Problem("rows_stay_out", "", told, severity="warning") if left else None
