"""Rows of sub-tables at every depth: read with one statement for each table, written as differences, in their order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, insert, update

from engine.definition.rows import rows_of
from engine.storage.database import Transaction
from engine.storage.identifiers import new_id
from engine.storage.prepared import rows_by_records
from engine.storage.record_tables import EntityTable, RowTable
from engine.storage.row_changes import Placed, RowChanges

Row = dict[str, Any]
Written = dict[str, dict[str, list[Row]]]
"""Rows by the record's id and the name of the sub-table."""


@dataclass(frozen=True, slots=True)
class _Added:
    """A row to insert: of which record, and in what it lies (the record, or another row)."""

    record_id: str
    holder: str
    placed: Placed


class RowsLater(Mapping[str, object]):
    """The values of a record whose sub-tables are read when they are first asked for: many decisions need none of them."""

    def __init__(self, tx: Transaction, place: EntityTable, record_id: str, header: Mapping[str, object]) -> None:
        self._tx = tx
        self._place = place
        self._tables = frozenset(field.name for field in place.entity.tables)
        self._record_id = record_id
        self._known = dict(header)

    def __getitem__(self, name: str) -> object:
        if name not in self._known and name in self._tables:
            found = read_rows(self._tx, self._place, [self._record_id], name)
            self._known[name] = found.get(self._record_id, {}).get(name, [])
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._known or name in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._known, *self._tables)))

    def __len__(self) -> int:
        return len(self._known.keys() | self._tables)


def read_rows(tx: Transaction, place: EntityTable, record_ids: Sequence[str], table: str = "") -> Written:
    """Return the rows of records by the record's id and the sub-table's name, each a mapping with `id`, inner rows inside.

    With `table` only that sub-table and what lies in its rows: one statement for each table, however many the records.
    """
    found: Written = {
        key: {field.name: [] for field in place.entity.tables if table in {"", field.name}} for key in record_ids
    }
    holders: dict[str, dict[Any, Any]] = {"": found}
    for rows in place.rows.values():
        if table and rows.path.partition(".")[0] != table:
            continue
        above, inner = holders[rows.parent_path], [field.name for field in rows.field.fields if field.is_table]
        # Without rows to lie in there is nothing to ask for.
        known = holders[rows.path] = {}
        for owner, row in _stored_rows(tx, rows, record_ids) if above else ():
            row |= {name: [] for name in inner}
            known[row["id"]] = row
            above[owner][rows.field.name].append(row)
    return found


def _stored_rows(tx: Transaction, rows: RowTable, record_ids: Sequence[str]) -> Iterator[tuple[str, Row]]:
    names = tuple(rows.columns)
    for line in tx.connection.execute(rows_by_records(rows, names), {"ids": list(record_ids)}):
        yield line[0], dict(zip(names, line[1:], strict=True))


def write_rows(tx: Transaction, place: EntityTable, values: Mapping[str, Mapping[str, object]]) -> Written:
    """Store the rows of new records, given by the record's id; return them with their ids, by record and sub-table.

    One batch for each table, however many the records.
    """
    tables = place.entity.tables
    complete: Written = {
        key: {
            table.name: [_completed(place.rows[table.name], place, row) for row in rows_of(one.get(table.name))]
            for table in tables
        }
        for key, one in values.items()
    }
    added: dict[str, list[_Added]] = {
        table.name: [
            _Added(key, key, Placed(number, row))
            for key, one in complete.items()
            for number, row in enumerate(one[table.name])
        ]
        for table in tables
    }
    _insert(tx, place, added)
    return complete


def write_changes(tx: Transaction, place: EntityTable, record_id: str, changes: Mapping[str, RowChanges]) -> None:
    """Remove, change and add rows, by the path of their sub-table: at most three statements for each table.

    Rows inside a removed row go with it; rows inside an added one are added with it.
    """
    added: dict[str, list[_Added]] = {}
    for path, one in changes.items():
        table = place.rows[path]
        if one.removed:
            gone = table.id.in_(one.removed)
            tx.connection.execute(delete(table.table).where(gone, table.record_id == record_id))
        for batch in _alike(one.changed):
            _change(tx, table, record_id, batch)
        complete = (Placed(row.position, _completed(table, place, row.row), row.parent) for row in one.added)
        added[path] = [_Added(record_id, row.parent or record_id, row) for row in complete]
    _insert(tx, place, added)


def _insert(tx: Transaction, place: EntityTable, added: Mapping[str, Sequence[_Added]]) -> None:
    """Insert rows with those inside them: what holds others comes first, one statement for each table."""
    waiting = {path: list(rows) for path, rows in added.items()}
    for path, table in place.rows.items():
        rows = waiting.get(path, [])
        for inner in (field.name for field in table.field.fields if field.is_table):
            waiting.setdefault(f"{path}.{inner}", []).extend(
                _Added(one.record_id, str(one.placed.row["id"]), Placed(number, row))
                for one in rows
                for number, row in enumerate(rows_of(one.placed.row.get(inner)))
            )
        if rows:
            tx.connection.execute(insert(table.table), [_stored(table, one) for one in rows])


def _change(tx: Transaction, table: RowTable, record_id: str, batch: Sequence[Placed]) -> None:
    names = [name for name in batch[0].row if name in table.columns and name != "id"]
    columns = [table.position, *(table.columns[name] for name in names)]
    # Parameters are numbered: a column's own name is taken by the SET clause.
    settings: Any = {column.name: bindparam(f"v{number}", type_=column.type) for number, column in enumerate(columns)}
    statement = update(table.table).where(table.id == bindparam("row_id"), table.record_id == record_id)
    parameters = [
        {"row_id": one.row["id"], "v0": one.position}
        | {f"v{number}": one.row[name] for number, name in enumerate(names, 1)}
        for one in batch
    ]
    tx.connection.execute(statement.values(settings), parameters)


def _alike(changed: Iterable[Placed]) -> Iterable[Sequence[Placed]]:
    batches: dict[frozenset[str], list[Placed]] = {}
    for one in changed:
        batches.setdefault(frozenset(one.row), []).append(one)
    return batches.values()


def _completed(table: RowTable, place: EntityTable, row: Mapping[str, object]) -> Row:
    """Return a whole row with an id, and whole rows inside it."""
    found: Row = {"id": row.get("id") or new_id()}
    for field in table.field.fields:
        if field.is_table:
            inner = place.rows[f"{table.path}.{field.name}"]
            found[field.name] = [_completed(inner, place, one) for one in rows_of(row.get(field.name))]
        elif field.is_stored:
            found[field.name] = row.get(field.name)
    return found


def _stored(table: RowTable, one: _Added) -> dict[str, object]:
    own: dict[str, object] = {table.record_id.name: one.record_id, table.position.name: one.placed.position}
    own |= {table.parent_id.name: one.holder} if table.parent_id is not None else {}
    return own | {column.name: one.placed.row.get(name) for name, column in table.columns.items()}
