"""INSERT that leaves alone, or overwrites, what is there already; both databases say it alike, SQLAlchemy by dialect."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Table
from sqlalchemy.dialects import postgresql, sqlite

from engine.storage.database import Transaction


def insert_one(
    tx: Transaction, table: Table, row: Mapping[str, Any], key: Iterable[str], returning: ColumnElement[Any]
) -> Row[Any] | None:
    """Insert a row unless one with the same `key` columns is there; return `returning` of the new row, None where there is none."""
    statement = _leaving(tx.dialect, table, tuple(key)).returning(returning)
    found: Row[Any] | None = tx.connection.execute(statement, dict(row)).first()
    return found


def insert_new(tx: Transaction, table: Table, rows: Sequence[Mapping[str, Any]], key: Iterable[str]) -> None:
    """Insert those rows for which no row with the same `key` columns is there."""
    if rows:
        tx.connection.execute(_leaving(tx.dialect, table, tuple(key)), [dict(row) for row in rows])


def insert_or_change(
    tx: Transaction, table: Table, rows: Sequence[Mapping[str, Any]], key: Sequence[str], changing: Sequence[str]
) -> None:
    """Insert rows; of those whose `key` columns are there already, change the columns `changing`."""
    if rows:
        statement = _overwriting(tx.dialect, table, tuple(key), tuple(changing))
        tx.connection.execute(statement, [dict(row) for row in rows])


# Putting a statement together takes longer than sending it, so those of the tables in use are kept.


@lru_cache(maxsize=64)
def _leaving(dialect: str, table: Table, key: tuple[str, ...]) -> Any:
    return _insert(dialect, table).on_conflict_do_nothing(index_elements=list(key))


@lru_cache(maxsize=64)
def _overwriting(dialect: str, table: Table, key: tuple[str, ...], changing: tuple[str, ...]) -> Any:
    statement = _insert(dialect, table)
    changes = {name: statement.excluded[name] for name in changing}
    return statement.on_conflict_do_update(index_elements=list(key), set_=changes)


def _insert(dialect: str, table: Table) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
