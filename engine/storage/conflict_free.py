"""INSERT that leaves alone, or overwrites, what is there already; both databases say it alike, SQLAlchemy by dialect."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Table
from sqlalchemy.dialects import postgresql, sqlite

from engine.storage.database import Transaction


def insert_one(
    tx: Transaction, table: Table, row: Mapping[str, Any], key: Iterable[str], returning: ColumnElement[Any]
) -> Row[Any] | None:
    """Insert a row unless one with the same `key` columns is there; return `returning` of the new row, None where there is none."""
    statement = _insert(tx, table).on_conflict_do_nothing(index_elements=list(key)).values(dict(row))
    found: Row[Any] | None = tx.connection.execute(statement.returning(returning)).first()
    return found


def insert_new(tx: Transaction, table: Table, rows: Sequence[Mapping[str, Any]], key: Iterable[str]) -> None:
    """Insert those rows for which no row with the same `key` columns is there."""
    if rows:
        statement = _insert(tx, table).on_conflict_do_nothing(index_elements=list(key))
        tx.connection.execute(statement, [dict(row) for row in rows])


def insert_or_change(
    tx: Transaction, table: Table, rows: Sequence[Mapping[str, Any]], key: Sequence[str], changing: Sequence[str]
) -> None:
    """Insert rows; of those whose `key` columns are there already, change the columns `changing`."""
    if not rows:
        return
    statement = _insert(tx, table)
    changes = {name: statement.excluded[name] for name in changing}
    statement = statement.on_conflict_do_update(index_elements=list(key), set_=changes)
    tx.connection.execute(statement, [dict(row) for row in rows])


def _insert(tx: Transaction, table: Table) -> Any:
    return postgresql.insert(table) if tx.dialect == "postgresql" else sqlite.insert(table)
