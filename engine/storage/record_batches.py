"""Many records at once: the same rows that one by one would give, in a few statements for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from engine.errors import Stale
from engine.storage.database import Transaction
from engine.storage.identifiers import new_id
from engine.storage.links import held_by_links
from engine.storage.not_unique import refused
from engine.storage.record_rows import write_changes, write_rows
from engine.storage.record_tables import EntityTable, RecordTables
from engine.storage.rollup_changes import is_kept, unfed
from engine.storage.rollups import Written, following
from engine.storage.row_changes import Changes
from engine.storage.search_text import SEARCH, search_text, searched_fields


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one record: its new values and rows, `before` what it holds now, `version` the one it has now.

    `whole` is what it will hold, with its rows, where that is known.
    """

    record_id: str
    version: int
    before: Mapping[str, object]
    changes: Changes
    whole: Mapping[str, object] | None = None


def insert_records(
    tx: Transaction,
    tables: RecordTables,
    entity_key: str,
    values: Sequence[Mapping[str, object]],
    *,
    actor: str,
    now: datetime,
    status: str = "draft",
) -> dict[str, dict[str, object]]:
    """Store new records with their rows and return what is stored of each, by its new id.

    One statement, and one for each sub-table. Raises Invalid with `not_unique`, which does not say of which record.
    """
    place = tables.entity(entity_key)
    system = {"version": 1, "owner": actor, "status": status}
    system |= {"created_at": now, "created_by": actor, "updated_at": now, "updated_by": actor}
    given = {new_id(): one for one in values}
    stored = {key: {field.name: one.get(field.name) for field in place.stored} for key, one in given.items()}
    stored = {key: one | unfed(place) for key, one in stored.items()}
    if not stored:
        return stored
    written = Written("id", tuple(stored), is_new=True, values=stored)
    with following(tx, tables, place, written):
        with refused(place):
            batch = [_header(place, {"id": key, **system}, one) for key, one in stored.items()]
            tx.connection.execute(insert(place.table), batch)
        for key, rows in write_rows(tx, place, given).items():
            stored[key] |= rows
        written.whole.update(stored)
    return stored


def update_records(
    tx: Transaction,
    tables: RecordTables,
    entity_key: str,
    wanted: Sequence[Change],
    *,
    actor: str,
    now: datetime,
) -> None:
    """Write changed fields and rows of records: one statement for all that change the same fields.

    Raises Stale when somebody was quicker with one of them, and Invalid with `not_unique`.
    """
    place = tables.entity(entity_key)
    groups: dict[frozenset[str], list[tuple[Change, dict[str, object]]]] = {}
    for one in wanted:
        given = {name: value for name, value in one.changes.values.items() if not is_kept(place.entity, name)}
        values = {name: value for name, value in given.items() if name in place.columns}
        if set(searched_fields(place.entity)) & set(values):
            values[SEARCH] = search_text(place.entity, {**one.before, **values})
        groups.setdefault(frozenset(values), []).append((one, values))
    written = Written(
        "id",
        tuple(one.record_id for one in wanted),
        frozenset(name for names in groups for name in names),
        frozenset(path for one in wanted for path in one.changes.rows),
        {one.record_id: one.changes.values for one in wanted},
        {one.record_id: one.whole for one in wanted if one.whole is not None},
    )
    with following(tx, tables, place, written):
        for names, members in groups.items():
            _update_alike(tx, place, sorted(names), members, actor, now)
        for one in wanted:
            write_changes(tx, place, one.record_id, one.changes.rows)


def delete_records(tx: Transaction, tables: RecordTables, entity_key: str, ids: Sequence[str]) -> None:
    """Remove locked records with their rows, in one statement. Raises Conflict `in_use`."""
    place = tables.entity(entity_key)
    with following(tx, tables, place, Written("id", tuple(ids), is_gone=True)):
        try:
            tx.connection.execute(delete(place.table).where(place.id.in_(list(ids))))
        except IntegrityError as error:
            raise held_by_links(place, tables, error) from error


def lock_records(tx: Transaction, tables: RecordTables, entity_key: str, ids: Sequence[str]) -> None:
    """Let nobody else change some records until the transaction ends; taken in one order by everybody. Raises Busy."""
    place = tables.entity(entity_key)
    query = select(place.id).where(place.id.in_(sorted(set(ids)))).order_by(place.id)
    tx.connection.execute(query.with_for_update()).all()


def keep_writers_out(tx: Transaction, tables: RecordTables, entity_key: str) -> None:
    """Let nobody else write records of an entity until the transaction ends. Raises Busy."""
    if tx.dialect == "postgresql":
        place = tables.entity(entity_key)
        names = ", ".join(f'"{table.name}"' for table in (place.table, *(one.table for one in place.rows.values())))
        tx.connection.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))


def _update_alike(
    tx: Transaction,
    place: EntityTable,
    names: Sequence[str],
    members: Sequence[tuple[Change, Mapping[str, object]]],
    actor: str,
    now: datetime,
) -> None:
    system = ("version", "updated_at", "updated_by")
    columns = [place.columns[name] for name in (*system, *names)]
    # Parameters are numbered: a column's own name is taken by the SET clause.
    settings: Any = {column.name: bindparam(f"v{number}", type_=column.type) for number, column in enumerate(columns)}
    statement = update(place.table).where(
        place.id == bindparam("record_id"), place.columns["version"] == bindparam("given_version")
    )
    parameters = [
        {"record_id": one.record_id, "given_version": one.version, "v0": one.version + 1, "v1": now, "v2": actor}
        | {f"v{number}": values[name] for number, name in enumerate(names, len(system))}
        for one, values in members
    ]
    with refused(place):
        touched = tx.connection.execute(statement.values(settings), parameters).rowcount
    if touched != len(parameters):
        raise Stale(members[0][0].version, members[0][0].version + 1)


def _header(place: EntityTable, system: Mapping[str, object], stored: Mapping[str, object]) -> dict[str, object]:
    named = {**system, **stored, SEARCH: search_text(place.entity, stored)}
    return {place.columns[name].name: value for name, value in named.items() if name in place.columns}
