"""Which publication is in force: one row, so that a publish and the writers of records exclude each other.

A writer shares the row's lock until it commits; a publish takes the row for itself before it changes a table. So nobody
writes with the tables of yesterday, and a publish waits only for those who are writing right now.
"""

from typing import Any

from sqlalchemy import CheckConstraint, Column, ColumnElement, Integer, Table, insert, select, update

from engine.storage.database import Transaction
from engine.storage.system_tables import metadata

heads = Table(
    "publication_head",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
)


def number_in_force(tx: Transaction, *, writing: bool) -> int | None:
    """Return the number of the publication in force, None before the first. With `writing` it stays so until the end."""
    if tx.publication is None:
        number: int | None = tx.connection.scalar(_SHARED if writing else _NUMBER)
        return number
    return tx.publication


_NUMBER = select(heads.c.number).where(heads.c.id == 1)
_SHARED = _NUMBER.with_for_update(read=True)
LOCKED_NUMBER: ColumnElement[Any] = _SHARED.scalar_subquery()
"""The number in force, shared until the end, for a statement of a writer that has something else to say as well."""


def take_for_publishing(tx: Transaction) -> int:
    """Wait for all writers, keep new ones out until the transaction ends, and return the number in force, 0 at first."""
    number = tx.connection.scalar(select(heads.c.number).where(heads.c.id == 1).with_for_update())
    if number is None:
        tx.connection.execute(insert(heads).values(id=1, number=0))
    return number or 0


def put_in_force(tx: Transaction, number: int) -> None:
    """Make a publication the one in force; `take_for_publishing` came before."""
    tx.connection.execute(update(heads).where(heads.c.id == 1).values(number=number))
