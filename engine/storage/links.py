"""Keeping the tables of links true to the lists in the records, in the statements that write these."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.exc import IntegrityError

from engine.errors import Conflict, Invalid
from engine.paths import pointer
from engine.problems import Problem
from engine.storage.database import Transaction
from engine.storage.record_links import LinkTable
from engine.storage.record_tables import EntityTable, RecordTables

BATCH = 1000


def follow_lists(
    tx: Transaction, tables: RecordTables, place: EntityTable, keys: Sequence[str], names: frozenset[str] | None
) -> None:
    """Write the links of some records anew, where their lists changed. Raises Invalid `reference_missing`.

    `names` are the fields (`machines`) and sub-tables (`lines`) that were written, None for all.
    """
    for link in tables.links_of(place.entity.key):
        first = link.path.rpartition(".")[0] or link.path
        if names is None or first in names or first.partition(".")[0] in names:
            _write(tx, link, _owner(link).in_(list(keys)), link.table.c["_record_id"].in_(list(keys)))


def rebuild_links(tx: Transaction, link: LinkTable) -> None:
    """Build a table of links from the lists."""
    tx.connection.execute(delete(link.table))
    _write(tx, link, link.column.is_not(None), link.table.c["_record_id"].is_not(None))


def unlink(tx: Transaction, tables: RecordTables, gone: Iterable[tuple[str, str]]) -> None:
    """Take out links to records (entity and id) that are about to go, and whose holders go as well."""
    by_entity: dict[str, list[str]] = {}
    for entity, key in gone:
        by_entity.setdefault(entity, []).append(key)
    for entity, keys in by_entity.items():
        for link in tables.links_to(entity):
            tx.connection.execute(delete(link.table).where(link.table.c["_target_id"].in_(keys)))


def held_by_links(place: EntityTable, tables: RecordTables, error: IntegrityError) -> Conflict:
    """Return the refusal to delete a record that somebody linked to in the same moment."""
    uses = [f"{link.entity.key}.{link.path}" for link in tables.links_to(place.entity.key)]
    if not uses:
        raise error
    return Conflict("in_use", {"uses": uses, "count": 1, "places": ", ".join(uses)})


def _owner(link: LinkTable) -> ColumnElement[Any]:
    return link.holder.c["_record_id"] if link.in_rows else link.holder.c["_id"]


def _write(tx: Transaction, link: LinkTable, lists: ColumnElement[bool], links: ColumnElement[bool]) -> None:
    columns = link.table.c
    stored = select(columns["_holder_id"], columns["_target_id"]).where(links)
    there: dict[str, list[str]] = {}
    for holder, target in tx.connection.execute(stored.order_by(columns["_holder_id"], columns["_position"])):
        there.setdefault(holder, []).append(target)
    wanted = tx.connection.execute(select(link.holder.c["_id"], _owner(link).label("record"), link.column).where(lists))
    found = {row[0]: (row[1], list(row[2] or ())) for row in wanted}
    stale = [key for key, targets in there.items() if found.get(key, ("", []))[1] != targets]
    for start in range(0, len(stale), BATCH):
        part = stale[start : start + BATCH]
        tx.connection.execute(delete(link.table).where(columns["_holder_id"].in_(part)))
    rows = [
        {"_holder_id": key, "_target_id": target, "_record_id": record, "_position": position}
        for key, (record, targets) in found.items()
        if there.get(key, []) != targets
        for position, target in enumerate(targets)
    ]
    try:
        if rows:
            tx.connection.execute(insert(link.table), rows)
    except IntegrityError as error:
        told = {"field": link.field.title, "key": ""}
        raise Invalid([Problem("reference_missing", pointer([link.path.partition(".")[0]]), told)]) from error
