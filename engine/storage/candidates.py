"""Values that are looked for in the database, as a small table to join with: many lines, one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, column, literal, not_, or_, select, true, union_all, values
from sqlalchemy.sql.elements import ColumnClause

from engine.storage.line_values import Line
from engine.storage.path_columns import PathColumns
from engine.storage.record_indexes import DEAD_STATUSES

MOST_SELECTS = 100
"""Above this many lines VALUES is used: SQLite takes at most 500 selects in one."""


def candidate_table(lines: Sequence[Line], columns: Sequence[ColumnElement[Any]]) -> CTE:
    """Return lines as a table with `n` (the place in `lines`) and `k0`, `k1` ... of the types of `columns`."""
    # Even a blank has to say its type, else PostgreSQL takes it for text.
    kinds = [one.type for one in columns]
    given: list[tuple[Any, ...]] = [
        (number, *(literal(value, kind) for value, kind in zip(line.values, kinds, strict=True)))
        for number, line in enumerate(lines)
    ]
    if len(lines) <= MOST_SELECTS:
        # Unlike VALUES this is compiled once for each number of lines.
        selects = [
            select(literal(n, Integer).label("n"), *(k.label(f"k{place}") for place, k in enumerate(rest)))
            for n, *rest in given
        ]
        return (union_all(*selects) if len(selects) > 1 else selects[0]).cte("candidate")
    named: list[ColumnClause[Any]] = [column(f"k{number}", kind) for number, kind in enumerate(kinds)]
    return values(column("n", Integer), *named, name="given").data(given).cte("candidate")


def other_live(columns: PathColumns, exclude_id: str | None) -> ColumnElement[bool]:
    """Hold for records that count, other than one."""
    place = columns.place
    is_document = place.entity.kind == "document"
    live = place.columns["status"].not_in(DEAD_STATUSES) if is_document else true()
    return live & (place.id != literal(exclude_id) if exclude_id else true())


def at_or_open(one: ColumnElement[Any], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Hold where a bound is blank, which means without end, or where the condition holds."""
    return or_(one.is_(None), condition)


def not_blank(one: ColumnElement[Any]) -> ColumnElement[bool]:
    """Hold where there is a value."""
    return not_(one.is_(None))
