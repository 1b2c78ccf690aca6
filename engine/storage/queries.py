"""Lists of records: filtered, within what somebody may see, sorted, paged by key, and summed up.

There is no OFFSET: a page starts after the last record of the one before, so the thousandth takes no longer than the first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, false, func, literal, or_, select, true

from engine.expressions import Compiled, Environment
from engine.expressions.arithmetic import divide
from engine.storage.conditions import Condition, condition_sql
from engine.storage.cursors import Cursor, read_cursor
from engine.storage.database import Transaction
from engine.storage.expression_columns import expression_condition
from engine.storage.path_columns import PathColumns
from engine.storage.record_tables import RecordTables
from engine.storage.row_scopes import EVERYTHING, RowScope, scope_sql
from engine.storage.search_queries import Terms, found_ids
from engine.storage.sorting import SortKey, phases, sort_keys
from engine.storage.spreads import spread_of, spread_parts, spread_result
from engine.storage.wide_numbers import sum_of

Function = str
"""sum, count, distinct, min, max, avg, median, stdev (of a sample), stdev_population, or a percentile such as p90."""
NOBODY = Environment()
"""For queries whose expressions ask neither for a person nor for the time."""

Total = tuple[Function, str]
"""A function and the path that it sums up; the path of `count` may be empty."""


@dataclass(frozen=True, slots=True)
class Query:
    """Which records. All that is given must hold.

    `scopes` is what the actor may see, `also` what another action reaches as well; `expressions` are filters of views; `search` is looked for, word by word, in the
    paths `search_in`; `found` are words that the index of the search is asked for, each of which may stand in `search_in` instead; `sort` names paths, a minus for descending; `fields` are the paths whose values are wanted. ME and NOW
    in expressions are those of `environment`.
    """

    where: Condition | None = None
    expressions: tuple[Compiled, ...] = ()
    scopes: tuple[RowScope, ...] = EVERYTHING
    also: tuple[RowScope, ...] = EVERYTHING
    search: str = ""
    search_in: tuple[str, ...] = ()
    found: Terms | None = None
    sort: tuple[str, ...] = ()
    limit: int = 50
    after: str | None = None
    fields: tuple[str, ...] = ()
    environment: Environment = NOBODY


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: `values` by the path that was asked for."""

    id: str
    version: int
    status: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, and the cursor of the next page, None on the last one."""

    items: tuple[Item, ...]
    next_cursor: str | None


class Queries:
    """Lists of records, within a transaction. Every method raises Invalid for unknown paths and operators."""

    def __init__(self, tx: Transaction, tables: RecordTables) -> None:
        self._tx = tx
        self._tables = tables

    def page(self, entity_key: str, query: Query) -> Page:
        """Return one page: one statement, at most two. Also raises Invalid `cursor_malformed`."""
        columns = PathColumns(self._tables, entity_key)
        keys = sort_keys(query.sort, columns)
        wanted = [columns.column(path) for path in query.fields]
        held = self.held(columns, query)
        sort = tuple(("-" if key.descending else "") + key.path for key in keys)
        start = read_cursor(query.after, sort).values if query.after else None
        statement = _lines(columns, wanted, keys).where(held)
        found: list[Any] = []
        for stretch in phases(keys, start):
            if len(found) <= query.limit:
                missing = query.limit + 1 - len(found)
                found += self._tx.connection.execute(statement.where(stretch).limit(missing)).all()
        return _page(found, query, keys, sort)

    def ids(self, entity_key: str, query: Query) -> tuple[str, ...]:
        """Return the ids of at most `limit` records in their order."""
        columns = PathColumns(self._tables, entity_key)
        keys = sort_keys(query.sort, columns)
        held = self.held(columns, query)
        statement = (
            select(columns.place.id).select_from(columns.source).where(held).order_by(*(k.ordered for k in keys))
        )
        return tuple(self._tx.connection.scalars(statement.limit(query.limit)))

    def sees(self, entity_key: str, record_id: str, query: Query) -> bool:
        """Say whether a record is among those of a query."""
        columns = PathColumns(self._tables, entity_key)
        held = self.held(columns, query)
        statement = select(literal(1)).select_from(columns.source).where(columns.place.id == record_id, held)
        return self._tx.connection.execute(statement).first() is not None

    def count(self, entity_key: str, query: Query, *, at_most: int = 10_000) -> int:
        """Return the number of records, counting no further than `at_most`."""
        columns = PathColumns(self._tables, entity_key)
        held = self.held(columns, query)
        counted = select(literal(1)).select_from(columns.source).where(held).limit(at_most).subquery()
        return int(self._tx.connection.scalar(select(func.count()).select_from(counted)) or 0)

    def totals(self, entity_key: str, query: Query, totals: Sequence[Total]) -> tuple[object, ...]:
        """Return sums, counts, extremes or averages over all records of a query, in one statement."""
        return self.aggregate(entity_key, (), totals, query)[0][1]

    def aggregate(
        self, entity_key: str, by: Sequence[str], totals: Sequence[Total], query: Query, *, rows: str = ""
    ) -> tuple[tuple[tuple[object, ...], tuple[object, ...]], ...]:
        """Return for each combination of the values of `by` its totals; with `rows`, over the rows of a sub-table.

        Numbers are Decimal, counts int; the sum of nothing is 0, every other function of nothing is blank.
        """
        columns = PathColumns(self._tables, entity_key, rows)
        groups = [columns.column(path) for path in by]
        parted = [
            parts_of(function, columns.column(path) if path or function != "count" else None, self._tx.dialect)
            for function, path in totals
        ]
        parts = [part for one in parted for part in one]
        sizes = [len(one) for one in parted]
        held = self.held(columns, query)
        statement = select(*groups, *parts).select_from(columns.source).where(held).group_by(*groups).order_by(*groups)
        found = self._tx.connection.execute(statement).all()
        return tuple((tuple(row[: len(by)]), results_of(totals, sizes, row[len(by) :])) for row in found)

    def held(self, columns: PathColumns, query: Query) -> ColumnElement[bool]:
        """Return the condition that holds for the records of a query."""
        dialect = self._tx.dialect
        parts = [scope_sql(one, columns, query.environment, dialect) for one in (query.scopes, query.also)]
        parts += [expression_condition(one, columns, query.environment, dialect) for one in query.expressions]
        parts += [condition_sql(query.where, columns, dialect)] if query.where else []
        parts += _found(columns, query.found, query.search_in, dialect) if query.found else []
        parts += [_search(columns, word, query.search_in) for word in query.search.split()]
        return and_(true(), *parts)


def _lines(columns: PathColumns, wanted: Iterable[ColumnElement[Any]], keys: Sequence[SortKey]) -> Select[Any]:
    place = columns.place
    status = place.columns.get("status")
    system = [
        place.id,
        place.columns["version"],
        literal("") if status is None or place.entity.kind != "document" else status,
    ]
    # The same column may be asked for twice, so that each gets a name of its own.
    named = [
        column.label(f"c{number}") for number, column in enumerate([*system, *wanted, *(key.column for key in keys)])
    ]
    return select(*named).select_from(columns.source).order_by(*(key.ordered for key in keys))


def _page(found: Sequence[Any], query: Query, keys: Sequence[SortKey], sort: tuple[str, ...]) -> Page:
    shown = found[: query.limit]
    items = tuple(
        Item(row[0], row[1], row[2], dict(zip(query.fields, row[3 : 3 + len(query.fields)], strict=True)))
        for row in shown
    )
    if len(found) <= query.limit or not shown:
        return Page(items, None)
    return Page(items, Cursor(sort, tuple(shown[-1][-len(keys) :])).to_text())


def _search(columns: PathColumns, word: str, paths: Iterable[str]) -> ColumnElement[bool]:
    found = [columns.column(path) for path in paths]
    texts = [column.icontains(word, autoescape=True) for column in found if isinstance(column.type, Text)]
    return or_(*texts) if texts else true()


def _found(columns: PathColumns, terms: Terms, paths: Sequence[str], dialect: str) -> Iterable[ColumnElement[bool]]:
    """Yield what must hold: every word is in the index of the record, or in one of the paths, which lead to other records."""
    if not terms.words:
        return [false()]
    if not paths:
        return [columns.place.id.in_(found_ids(terms, dialect))]
    return [
        or_(columns.place.id.in_(found_ids(one, dialect)), _search(columns, one.words[0].text, paths))
        for one in terms.one_by_one
    ]


def parts_of(function: Function, column: ColumnElement[Any] | None, dialect: str) -> Sequence[ColumnElement[Any]]:
    """Return what to ask for so that `results_of` can tell a function of a column; without one, records are counted."""
    if column is None:
        return (func.count(),)
    spread = spread_of(function)
    if spread is not None:
        return spread_parts(spread, column, dialect)
    match function:
        case "count":
            return (func.count(column),)
        case "distinct":
            return (func.count(column.distinct()),)
        case "avg":
            return (sum_of(column), func.count(column))
        case "sum":
            return (sum_of(column),)
    return (func.min(column) if function == "min" else func.max(column),)


def results_of(totals: Sequence[Total], sizes: Sequence[int], row: Sequence[Any]) -> tuple[object, ...]:
    """Return the totals out of their parts, of which each has so many."""
    values = iter(row)
    parted = [[next(values) for _ in range(size)] for size in sizes]
    return tuple(_result(function, parts) for (function, _), parts in zip(totals, parted, strict=True))


def _result(function: Function, parts: Sequence[Any]) -> object:
    spread = spread_of(function)
    if spread is not None:
        return spread_result(spread, parts)
    match function:
        case "sum":
            return Decimal(parts[0] or 0)
        case "avg":
            return average(*parts)
    return parts[0]


def average(total: Decimal | int | None, count: int) -> Decimal | None:
    """Return the average with 12 decimals, half up, blank of nothing."""
    return divide(Decimal(total), Decimal(count)) if total is not None and count else None
