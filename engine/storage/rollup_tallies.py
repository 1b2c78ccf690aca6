"""What records add to a roll-up, asked of the database: of a few records when they change, of all when it is filled."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, case, func, literal, null, select, true

from engine.expressions import Compiled, Environment
from engine.storage.database import Transaction
from engine.storage.expression_columns import expression_condition, expression_value, stored_number
from engine.storage.path_columns import PathColumns
from engine.storage.record_tables import RecordTables
from engine.storage.rollup_feeds import LIVE, Feed
from engine.storage.wide_numbers import sum_of

NOBODY = Environment()
EXTREMES = frozenset({"min", "max"})


@dataclass(frozen=True, slots=True)
class Tally:
    """What counts for one record: a sum, a count, or the least or greatest value (blank of nothing)."""

    total: Decimal = Decimal(0)
    count: int = 0
    extreme: Any = None

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.total + other.total, self.count + other.count)

    def __neg__(self) -> "Tally":
        return Tally(-self.total, -self.count)


NOTHING = Tally()


class Source:
    """Where what feeds a roll-up stands in a query: the record pointed at, and what is added up."""

    def __init__(self, tx: Transaction, tables: RecordTables, feed: Feed, columns: PathColumns | None = None) -> None:
        self.feed = feed
        self._dialect = tx.dialect
        self.columns = columns or PathColumns(tables, feed.source, feed.rows)
        self.target: ColumnElement[Any] = self.columns.column(feed.rollup.via)

    @property
    def held(self) -> ColumnElement[bool]:
        """Return the condition under which a record counts."""
        where, place = self.feed.rollup.where, self.columns.place
        parts: list[ColumnElement[bool]] = [self.target.is_not(None)]
        live = LIVE.get(place.entity.kind)
        if live is not None and (where is None or live[0] not in where.reads):
            parts.append(place.columns[live[0]].not_in(live[1]))
        if where is not None:
            parts.append(expression_condition(where, self.columns, NOBODY, self._dialect))
        return and_(true(), *parts)

    def parts(self) -> tuple[ColumnElement[Any], ...]:
        """Return sum (or extreme) and count, as the aggregate needs them."""
        aggregate, value = self.feed.rollup.aggregate, self.feed.rollup.value
        if value is None:
            return null(), func.count()
        if aggregate in {"any", "all"}:
            return null(), self._conditions(value, hold=aggregate == "any")
        column = stored_number(value, self.columns)
        made = column if column is not None else expression_value(value, self.columns, NOBODY, self._dialect)
        if aggregate == "count":
            return null(), func.count(made)
        if aggregate in EXTREMES:
            plain = self.columns.column(value.text) if column is None else column
            return (func.min if aggregate == "min" else func.max)(plain), func.count(plain)
        is_plain = column is not None or self._dialect != "sqlite"
        return sum_of(made) if is_plain else func.fw_sum(made, type_=made.type), func.count(made)

    def _conditions(self, value: Compiled, *, hold: bool) -> ColumnElement[Any]:
        """Count those for which a condition holds, or (blank ones too) does not."""
        made = expression_condition(value, self.columns, NOBODY, self._dialect)
        number: ColumnElement[Any] = literal(1, Integer())
        return func.count(case((made, number)) if hold else case((made, null()), else_=number))

    def line(self) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """Return what one line adds: whether it counts (1, else blank), and its value."""
        aggregate, value = self.feed.rollup.aggregate, self.feed.rollup.value
        number: ColumnElement[Any] = literal(1, Integer())
        if value is None:
            return case((self.held, number)), null()
        if aggregate in {"any", "all"}:
            made = expression_condition(value, self.columns, NOBODY, self._dialect)
            counts = case((made, number)) if aggregate == "any" else case((made, null()), else_=number)
            return case((self.held, counts)), null()
        column = stored_number(value, self.columns)
        if column is None and aggregate in EXTREMES:
            column = self.columns.column(value.text)
        made = column if column is not None else expression_value(value, self.columns, NOBODY, self._dialect)
        return case((and_(self.held, made.is_not(None)), number)), made

    def tallies(self, among: ColumnElement[bool] | None = None) -> Select[Any]:
        """Return the query of tallies by the record pointed at: its id, sum or extreme, count."""
        parts = self.parts()
        held = self.held if among is None else and_(self.held, among)
        query = select(self.target.label("target"), parts[0].label("amount"), parts[1].label("n"))
        return query.select_from(self.columns.source).where(held).group_by(self.target)


def tallies(tx: Transaction, source: Source, query: Select[Any]) -> dict[str, Tally]:
    """Return the tallies of a query of `Source.tallies` by id."""
    extreme = source.feed.rollup.aggregate in EXTREMES
    return {
        str(row[0]): Tally(extreme=row[1], count=row[2])
        if extreme
        else Tally(total=Decimal(row[1] or 0), count=int(row[2]))
        for row in tx.connection.execute(query)
    }


def extreme_of(tx: Transaction, tables: RecordTables, feed: Feed, targets: Sequence[str] | Select[Any]) -> Any:
    """Return the least or greatest value that counts for any of some records: from the index, where there is one."""
    source = Source(tx, tables, feed)
    value = feed.rollup.value
    if value is None:
        return None
    column = source.columns.column(value.text)
    order = column.asc() if feed.rollup.aggregate == "min" else column.desc()
    query = select(column).select_from(source.columns.source)
    query = query.where(source.held, source.target.in_(targets), column.is_not(None)).order_by(order).limit(1)
    return tx.connection.scalar(query)


Tallies = dict[str, dict[str, Tally]]
"""By the roll-up's name and the id of the record that it is of."""


def added_by(tx: Transaction, tables: RecordTables, feeds: Sequence[Feed], column: str, keys: Sequence[str]) -> Tallies:
    """Return what some records (found by a column) add to roll-ups: one statement for the records, one for each sub-table."""
    found: Tallies = {feed.key: {} for feed in feeds}
    for rows in dict.fromkeys(feed.rows for feed in feeds) if keys else ():
        here = [feed for feed in feeds if feed.rows == rows]
        statement = _lines(tx, tables, here, column)
        for line in tx.connection.execute(statement, {"keys": list(keys)}):
            for number, feed in enumerate(here):
                target, counts, value = line[3 * number : 3 * number + 3]
                if counts is not None:
                    known = found[feed.key].get(target)
                    found[feed.key][target] = _and(feed, known, value)
    return found


def _and(feed: Feed, known: Tally | None, value: Any) -> Tally:
    before = known or NOTHING
    if feed.rollup.aggregate not in EXTREMES:
        return Tally(before.total + Decimal(value or 0), before.count + 1)
    best = min if feed.rollup.aggregate == "min" else max
    return Tally(count=before.count + 1, extreme=best(value, before.extreme) if known else value)


def _lines(tx: Transaction, tables: RecordTables, feeds: Sequence[Feed], column: str) -> Select[Any]:
    key = ("lines", column, tx.dialect, *(feed.key for feed in feeds))
    known: Select[Any] | None = tables.kept.get(key)
    if known is None:
        columns = PathColumns(tables, feeds[0].source, feeds[0].rows)
        sources = [Source(tx, tables, feed, columns) for feed in feeds]
        parts = [part for source in sources for part in (source.target, *source.line())]
        named = [part.label(f"c{number}") for number, part in enumerate(parts)]
        found = columns.place.columns[column].in_(bindparam("keys", expanding=True))
        known = tables.kept[key] = select(*named).select_from(columns.source).where(found)
    return known
