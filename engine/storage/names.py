"""What records, people and departments are called: of all kinds together in one statement, for showing references."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Text, literal, select, union_all

from engine.storage.database import Transaction
from engine.storage.path_columns import BUILT_IN
from engine.storage.record_tables import RecordTables

Names = dict[str, dict[str, str | None]]


def names_of(tx: Transaction, tables: RecordTables, wanted: Mapping[str, tuple[str, Collection[str]]]) -> Names:
    """Return names by shape and id; `wanted` has for each shape the field that names a record, and ids.

    A shape whose field is no text, or is not stored, is left out of the answer.
    """
    queries = dict(_queries(tables, wanted))
    found: Names = {shape: {} for shape in queries}
    if queries:
        for row in tx.connection.execute(union_all(*queries.values())):
            found[row[0]][row[1]] = row[2]
    return found


def _queries(tables: RecordTables, wanted: Mapping[str, tuple[str, Collection[str]]]) -> Iterator[tuple[str, Any]]:
    for shape, (field, ids) in wanted.items():
        columns: Mapping[str, ColumnElement[str]] = BUILT_IN.get(shape) or tables.entity(shape).columns
        column = columns.get(field)
        if column is not None and isinstance(column.type, Text) and ids:
            query = select(literal(shape), columns["id"], column)
            yield shape, query.where(columns["id"].in_(list(ids)))
