"""What a change of the tables would meet in rows that are there already."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import BigInteger, Column, Index, MetaData, Numeric, Table, func, select, table

from engine.definition.model import Entity, Field
from engine.problems import Problem
from engine.storage.database import Transaction
from engine.storage.not_unique import titles
from engine.storage.types import LARGEST, PRECISION


def count_of(tx: Transaction, name: str) -> int:
    """Return the number of rows of a table."""
    return int(tx.connection.scalar(select(func.count()).select_from(table(name))) or 0)


def overflow_problem(
    tx: Transaction, name: str, field: Field, more: int, params: Mapping[str, object]
) -> Iterator[Problem]:
    """Report that numbers which are there would not fit with `more` decimals."""
    if tx.dialect == "sqlite":
        column: Column[Any] = Column(field.id, BigInteger)
        bound = LARGEST // 10**more
    else:
        column = Column(field.id, Numeric(PRECISION))
        bound = 10 ** (PRECISION - (field.scale or 0) - 1)
    query = select(func.max(func.abs(column))).select_from(Table(name, MetaData(), column))
    largest = tx.connection.scalar(query)
    if largest is not None and largest > bound:
        yield Problem("column_would_overflow", params={**params, "largest": str(largest)})


def duplicate_problem(tx: Transaction, entity: Entity, index: Index) -> Iterator[Problem]:
    """Report that values which must be unique from now on are there more than once."""
    condition = index.dialect_options[tx.dialect].get("where")
    query = select(func.count()).where(*(column.is_not(None) for column in index.columns))
    query = query if condition is None else query.where(condition)
    query = query.group_by(*index.columns).having(func.count() > 1).limit(1)
    count = tx.connection.scalar(query)
    if count:
        by_column = {field.id: field.name for field in entity.fields}
        names = tuple(by_column.get(column.name, column.name) for column in index.columns)
        params = {"fields": titles(entity, names), "count": int(count)}
        yield Problem("duplicates_exist", params=params)
