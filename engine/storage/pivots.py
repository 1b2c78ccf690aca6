"""Records summed up along several axes at once: every total is made by the database, in one statement.

PostgreSQL is asked for GROUPING SETS. SQLite knows none: there the same groupings are united over one common table, which it fills once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, FromClause, Select, func, literal, null, select, tuple_, union_all

from engine.definition.pivot import Axis
from engine.storage.calendar_columns import stretch
from engine.storage.database import Transaction
from engine.storage.path_columns import PathColumns
from engine.storage.queries import Queries, Query, Total, parts_of, results_of
from engine.storage.record_tables import RecordTables

Grouping = tuple[int, ...]
"""The places of the axes that a total is apart by; the others are summed over."""
Parts = Callable[[FromClause], list[Sequence[ColumnElement[Any]]]]
"""Gives what to select of some lines for each total."""


@dataclass(frozen=True, slots=True)
class Group:
    """One total: the grouping that it is of, the values of those axes, and what was worked out."""

    grouping: Grouping
    keys: tuple[object, ...]
    values: tuple[object, ...]


def groups_of(
    tx: Transaction,
    tables: RecordTables,
    entity_key: str,
    asked: tuple[Sequence[Axis], Sequence[Total], Sequence[Grouping]],
    query: Query,
    most: int,
) -> tuple[Group, ...]:
    """Return the totals of all groupings in no order, at most `most` of them: one statement.

    `asked` are the axes, the totals and the groupings, the finest of these first. Raises Invalid for unknown paths.
    """
    axes, totals, groupings = asked
    columns = PathColumns(tables, entity_key)
    keys = [_axis(columns, axis, query, tx.dialect).label(f"d{place}") for place, axis in enumerate(axes)]
    summed = [columns.column(path).label(f"v{place}") for place, path in enumerate(_paths(totals))]
    held = Queries(tx, tables).held(columns, query)
    lines = select(*keys, *summed, literal(1).label("one")).select_from(columns.source).where(held)
    make = _united if tx.dialect == "sqlite" else _in_sets
    statement = make(lines, len(axes), lambda source: _parts(source, totals, tx.dialect), groupings)
    told = [_mask(grouping, len(axes)) for grouping in groupings] if tx.dialect != "sqlite" else range(len(groupings))
    by_mark = dict(zip(told, groupings, strict=True))
    sizes = [len(parts) for parts in _parts(lines.subquery(), totals, tx.dialect)]
    return tuple(
        Group(grouping, tuple(row[1 + place] for place in grouping), results_of(totals, sizes, row[1 + len(axes) :]))
        for row in tx.connection.execute(statement.limit(most))
        for grouping in [by_mark[row[0]]]
    )


def _axis(columns: PathColumns, axis: Axis, query: Query, dialect: str) -> ColumnElement[Any]:
    column = columns.column(axis.field)
    return stretch(column, axis.by, query.environment, dialect) if axis.by else column


def _united(lines: Select[Any], axes: int, parts_in: Parts, groupings: Sequence[Grouping]) -> CompoundSelect[Any]:
    common = lines.cte("line")
    keys = [common.c[f"d{place}"] for place in range(axes)]
    parts = [part for one in parts_in(common) for part in one]
    made = []
    for number, grouping in enumerate(groupings):
        shown = [keys[place] if place in grouping else null() for place in range(axes)]
        grouped = select(literal(number), *shown, *parts).select_from(common)
        made.append(grouped.group_by(*(keys[place] for place in grouping)))
    return union_all(*made)


def _in_sets(lines: Select[Any], axes: int, parts_in: Parts, groupings: Sequence[Grouping]) -> Select[Any]:
    inner = lines.subquery("line")
    keys = [inner.c[f"d{place}"] for place in range(axes)]
    marked = func.grouping(*keys) if keys else literal(0)
    statement = select(marked, *keys, *(part for one in parts_in(inner) for part in one)).select_from(inner)
    sets = func.grouping_sets(*(tuple_(*(keys[place] for place in grouping)) for grouping in groupings))
    return statement.group_by(sets) if keys else statement


def _mask(grouping: Grouping, axes: int) -> int:
    """Return what GROUPING says of a grouping: a bit for each axis, the last one lowest, set where it is summed over."""
    return sum(1 << (axes - 1 - place) for place in range(axes) if place not in grouping)


def _paths(totals: Sequence[Total]) -> list[str]:
    return list(dict.fromkeys(path for _, path in totals if path))


def _parts(source: FromClause, totals: Sequence[Total], dialect: str) -> list[Sequence[ColumnElement[Any]]]:
    named = {path: source.c[f"v{place}"] for place, path in enumerate(_paths(totals))}
    return [parts_of(function, named.get(path), dialect) for function, path in totals]
