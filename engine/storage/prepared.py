"""Statements that every use case needs, built once for each table: building one takes longer than sending it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, bindparam, select

from engine.storage.record_tables import EntityTable, RowTable


def record_by_id(place: EntityTable, *, lock: bool) -> Select[Any]:
    """Return the statement that reads a whole record; its parameter is `record_id`."""

    def build() -> Select[Any]:
        query = select(*place.columns.values()).where(place.id == bindparam("record_id"))
        return query.with_for_update() if lock else query

    return _kept(place, ("record", lock), build)


def fields_by_ids(place: EntityTable, names: tuple[str, ...]) -> Select[Any]:
    """Return the statement that reads the id and some columns of many records; its parameter is `ids`."""

    def build() -> Select[Any]:
        columns = (place.columns[name] for name in names)
        return select(place.id, *columns).where(place.id.in_(bindparam("ids", expanding=True)))

    return _kept(place, ("fields", names), build)


def rows_by_records(table: RowTable, names: tuple[str, ...]) -> Select[Any]:
    """Return the statement that reads the rows of records in their order, by `ids`.

    Before the columns stands what the row lies in: the record's id, or that of another row.
    """

    def build() -> Select[Any]:
        owner, columns = table.record_id, [table.columns[name] for name in names]
        holder = owner if table.parent_id is None else table.parent_id
        query = select(holder, *columns).where(owner.in_(bindparam("ids", expanding=True)))
        return query.order_by(owner, table.position, table.id)

    return _kept(table, names, build)


def _kept(place: EntityTable | RowTable, key: object, build: Callable[[], Select[Any]]) -> Select[Any]:
    found = place.statements.get(key)
    if found is None:
        found = place.statements[key] = build()
    return found
