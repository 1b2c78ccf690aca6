"""Keeping the index of the search true: what is written is indexed in the same transaction, all of it together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select

from engine.storage.bundle_sql import Insert
from engine.storage.bundles import insert_later
from engine.storage.database import Transaction
from engine.storage.record_rows import read_rows
from engine.storage.record_tables import EntityTable
from engine.storage.search_layout import Layout, Text
from engine.storage.search_tables import entries

BATCH = 1000
_CONTENT = ("texts", "named", "words")
_ENTRIES = Insert(entries, ("entity", "record_id", *_CONTENT), ("record_id",), _CONTENT)


def index_records(tx: Transaction, layout: Layout, values: Mapping[str, Mapping[str, object]]) -> None:
    """Index whole records, given by id with their rows; they are sent with what else is put off."""
    rows = [_entry(layout, key, layout.texts(one)) for key, one in values.items()]
    insert_later(tx.connection, _ENTRIES, rows)


def index_again(tx: Transaction, place: EntityTable, layout: Layout, ids: Sequence[str]) -> None:
    """Index records as they are stored now: read them, a statement for each table with text, and write one."""
    for start in range(0, len(ids), BATCH):
        index_records(tx, layout, stored(tx, place, layout, ids[start : start + BATCH]))


def forget(tx: Transaction, ids: Sequence[str]) -> None:
    """Take records that are gone out of the index."""
    tx.connection.execute(_FORGET, {"ids": list(ids)})


def rebuild(tx: Transaction, place: EntityTable, layout: Layout) -> None:
    """Build the index of an entity from its records."""
    tx.connection.execute(delete(entries).where(entries.c.entity == layout.name))
    if layout.looked:
        for ids in _pages(tx, place):
            index_again(tx, place, layout, ids)


def drifts(tx: Transaction, place: EntityTable, layout: Layout) -> Iterator[str]:
    """Yield the ids of records whose texts in the index are not those that they have, of records not there, and of those gone."""
    known = set[str]()
    for ids in _pages(tx, place) if layout.looked else ():
        query = select(entries.c.record_id, entries.c.texts).where(entries.c.record_id.in_(ids))
        there = {row[0]: [tuple(one) for one in row[1]] for row in tx.connection.execute(query)}
        for key, values in stored(tx, place, layout, ids).items():
            known.add(key)
            if there.get(key) != layout.texts(values):
                yield key
    indexed = select(entries.c.record_id).where(entries.c.entity == layout.name)
    yield from (key for key in tx.connection.scalars(indexed).all() if key not in known)


def stored(tx: Transaction, place: EntityTable, layout: Layout, ids: Sequence[str]) -> dict[str, dict[str, object]]:
    """Return what is looked into of some records as it is stored, by id."""
    names = tuple(one.path for one in layout.looked.values() if "." not in one.path)
    statement = place.statements.get(("looked into", names))
    if statement is None:
        found_by = place.id.in_(bindparam("ids", expanding=True))
        statement = select(place.id, *(place.columns[name] for name in names)).where(found_by)
        place.statements["looked into", names] = statement
    found: dict[str, dict[str, object]] = {
        row[0]: dict(zip(names, row[1:], strict=True)) for row in tx.connection.execute(statement, {"ids": list(ids)})
    }
    for table in sorted(layout.tables):
        for key, rows in read_rows(tx, place, tuple(found), table).items():
            found[key] |= rows
    return found


def _pages(tx: Transaction, place: EntityTable) -> Iterator[Sequence[str]]:
    last = ""
    while ids := tx.connection.scalars(select(place.id).where(place.id > last).order_by(place.id).limit(BATCH)).all():
        yield ids
        last = ids[-1]


def _entry(layout: Layout, key: str, texts: Sequence[Text]) -> dict[str, Any]:
    words = layout.words(texts)
    return {
        "entity": layout.name,
        "record_id": key,
        "texts": [list(one) for one in texts],
        "named": words.named,
        "words": words.all,
    }


_FORGET = delete(entries).where(entries.c.record_id.in_(bindparam("ids", expanding=True)))
