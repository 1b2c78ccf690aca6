"""Rows of sub-tables: read and written in batches, in their order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, update

from engine.storage.database import Transaction
from engine.storage.identifiers import new_id
from engine.storage.prepared import rows_by_records
from engine.storage.record_tables import EntityTable, RowTable
from engine.storage.row_changes import RowChanges


class RowsLater(Mapping[str, object]):
    """The values of a record whose sub-tables are read when they are first asked for: many decisions need none of them."""

    def __init__(self, tx: Transaction, place: EntityTable, record_id: str, header: Mapping[str, object]) -> None:
        self._tx = tx
        self._tables = place.rows
        self._record_id = record_id
        self._known = dict(header)

    def __getitem__(self, name: str) -> object:
        if name not in self._known and name in self._tables:
            found = read_rows(self._tx, self._tables[name], [self._record_id])
            self._known[name] = found.get(self._record_id, [])
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._known or name in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._known, *self._tables)))

    def __len__(self) -> int:
        return len(self._known.keys() | self._tables.keys())


def read_rows(tx: Transaction, table: RowTable, record_ids: Sequence[str]) -> dict[str, list[dict[str, object]]]:
    """Return the rows of records, by the record's id, each a mapping of its fields with `id`."""
    names = tuple(name for name in table.columns if name not in {"record_id", "position"})
    found: dict[str, list[dict[str, object]]] = {}
    for row in tx.connection.execute(rows_by_records(table, names), {"ids": list(record_ids)}):
        found.setdefault(row[0], []).append(dict(zip(names, row[1:], strict=True)))
    return found


def write_rows(tx: Transaction, table: RowTable, record_id: str, rows: object) -> list[dict[str, object]]:
    """Store the rows of a new record in one batch and return them with their ids."""
    given = rows if isinstance(rows, Sequence) else ()
    named = [_completed(table, row) for row in given]
    if named:
        batch = [_stored(table, record_id, position, row) for position, row in enumerate(named)]
        tx.connection.execute(insert(table.table), batch)
    return named


def write_rows_of_many(
    tx: Transaction, table: RowTable, rows: Mapping[str, object]
) -> dict[str, list[dict[str, object]]]:
    """Store the rows of many new records, by the record's id, in one batch, and return them with their ids."""
    named = {
        record_id: [_completed(table, row) for row in (given if isinstance(given, Sequence) else ())]
        for record_id, given in rows.items()
    }
    batch = [
        _stored(table, record_id, position, row)
        for record_id, given in named.items()
        for position, row in enumerate(given)
    ]
    if batch:
        tx.connection.execute(insert(table.table), batch)
    return named


def write_changes(tx: Transaction, table: RowTable, record_id: str, changes: RowChanges) -> None:
    """Remove, change and add rows: at most three statements."""
    owner = table.columns["record_id"]
    if changes.removed:
        gone = table.columns["id"].in_(changes.removed)
        tx.connection.execute(delete(table.table).where(gone, owner == record_id))
    for batch in _alike(changes.changed):
        _change(tx, table, record_id, batch)
    if changes.added:
        added = [(position, _completed(table, row)) for position, row in changes.added]
        batch_values = [_stored(table, record_id, position, row) for position, row in added]
        tx.connection.execute(insert(table.table), batch_values)


def _change(
    tx: Transaction, table: RowTable, record_id: str, batch: Sequence[tuple[int, Mapping[str, object]]]
) -> None:
    names = [name for name in batch[0][1] if name in table.columns and name not in {"id", "record_id", "position"}]
    columns = [table.columns["position"], *(table.columns[name] for name in names)]
    # Parameters are numbered: a column's own name is taken by the SET clause.
    settings: Any = {column.name: bindparam(f"v{number}", type_=column.type) for number, column in enumerate(columns)}
    statement = update(table.table).where(
        table.columns["id"] == bindparam("row_id"), table.columns["record_id"] == record_id
    )
    parameters = [
        {"row_id": row["id"], "v0": position} | {f"v{number}": row[name] for number, name in enumerate(names, 1)}
        for position, row in batch
    ]
    tx.connection.execute(statement.values(settings), parameters)


def _alike(
    changed: Iterable[tuple[int, Mapping[str, object]]],
) -> Iterable[Sequence[tuple[int, Mapping[str, object]]]]:
    batches: dict[frozenset[str], list[tuple[int, Mapping[str, object]]]] = {}
    for position, row in changed:
        batches.setdefault(frozenset(row), []).append((position, row))
    return batches.values()


def _completed(table: RowTable, row: Mapping[str, object]) -> dict[str, object]:
    stored = {field.name: row.get(field.name) for field in table.field.fields if field.is_stored}
    return {"id": row.get("id") or new_id()} | stored


def _stored(table: RowTable, record_id: str, position: int, row: Mapping[str, object]) -> dict[str, object]:
    named = dict(row) | {"record_id": record_id, "position": position}
    return {table.columns[name].name: value for name, value in named.items()}
