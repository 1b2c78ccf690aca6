"""Measures answered by the database: grouped sums over a ledger, over records, or over rows; and what stands behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, null, select, true

from engine.definition.model import Measure
from engine.expressions import Bounds, Environment
from engine.storage import totals
from engine.storage.database import Transaction
from engine.storage.expression_columns import expression_compared, expression_condition
from engine.storage.measure_source import MeasureSource, dimension_of
from engine.storage.queries import average
from engine.storage.record_tables import RecordTables
from engine.storage.row_scopes import EVERYTHING, RowScope, scope_sql
from engine.storage.spreads import spread_of, spread_parts, spread_result
from engine.storage.wide_numbers import sum_of

Where = Mapping[str, object]
"""By dimension: the value that it must have, a list of values, bounds of it, or None for blank."""


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """One combination of the values of the dimensions asked for, and what is measured there (blank of nothing)."""

    dimensions: tuple[object, ...]
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A record behind a figure, and its part in it."""

    entity: str
    id: str
    value: Decimal | None


class Measures:
    """Plain measures, within a transaction and within what `scopes` reach. Derived ones are put together by who asks.

    Every method raises Invalid: `unknown_dimension`, or what the database cannot answer.
    """

    def __init__(
        self, tx: Transaction, tables: RecordTables, environment: Environment, scopes: Sequence[RowScope] = EVERYTHING
    ) -> None:
        self._tx = tx
        self._tables = tables
        self._environment = environment
        self._scopes = scopes

    def rows(
        self,
        measure: Measure,
        by: Sequence[str] = (),
        where: Where | None = None,
        *,
        exclude_source: str | None = None,
        stages: Sequence[str] | None = None,
    ) -> tuple[MeasuredRow, ...]:
        """Return the measure by dimensions, in one statement, ordered by them.

        `exclude_source` leaves out what one document wrote; `stages` replaces the measure's own. Without `by` there is
        exactly one row: the sum of nothing is 0, the count too, anything else is blank.
        """
        kept = self._kept(measure, by, where or {}, exclude_source, stages)
        if kept is not None:
            return kept
        source = MeasureSource(self._tables, measure)
        groups = [self._dimension(source, measure, name) for name in by]
        held = self._held(source, measure, where or {}, exclude_source, stages)
        return self._grouped(measure, source, groups, held)

    def total(
        self,
        measure: Measure,
        where: Where | None = None,
        *,
        exclude_source: str | None = None,
        stages: Sequence[str] | None = None,
    ) -> Decimal | None:
        """Return the measure as one figure."""
        return self.rows(measure, (), where, exclude_source=exclude_source, stages=stages)[0].value

    def totals(
        self,
        measure: Measure,
        names: Sequence[str],
        places: Sequence[tuple[object, ...]],
        *,
        within: Where | None = None,
        exclude_source: str | None = None,
    ) -> dict[tuple[object, ...], Decimal | None]:
        """Return the measure at several places, each the values of the dimensions `names`: in one statement where it can be.

        `within` holds for all of them.
        """
        further = within or {}
        if len(places) > 1 and names:
            wanted = {
                name: list(dict.fromkeys(values)) for name, values in zip(names, zip(*places, strict=True), strict=True)
            }
            rows = self.rows(measure, names, {**further, **wanted}, exclude_source=exclude_source)
            # A value may come back spelt otherwise than it was asked for (a number computed by the database, say).
            if all(value in wanted[name] for row in rows for name, value in zip(names, row.dimensions, strict=True)):
                found = {row.dimensions: row.value for row in rows}
                nothing = Decimal(0) if measure.aggregate in {"sum", "count"} else None
                return {place: found.get(place, nothing) for place in places}
        single = {place: {**further, **dict(zip(names, place, strict=True))} for place in places}
        return {place: self.total(measure, where, exclude_source=exclude_source) for place, where in single.items()}

    def documents(
        self, measure: Measure, where: Where | None = None, *, limit: int = 50, before: str | None = None
    ) -> tuple[SourceDocument, ...]:
        """Return the records behind a figure with their parts, the newest first; `before` is the last id seen.

        The parts of all pages together are the figure, to the last digit.
        """
        source = MeasureSource(self._tables, measure)
        held = self._held(source, measure, where or {}, None, None)
        held = held if before is None else and_(held, source.document < before)
        groups = [source.document_entity, source.document]
        found = self._grouped(measure, source, groups, held, newest=limit)
        return tuple(SourceDocument(str(row.dimensions[0]), str(row.dimensions[1]), row.value) for row in found)

    def _kept(
        self, measure: Measure, by: Sequence[str], where: Where, exclude: str | None, stages: Sequence[str] | None
    ) -> tuple[MeasuredRow, ...] | None:
        """Return the answer from kept totals; None where they cannot tell, or tell more than the scopes reach."""
        everything = any(scope.kind == "all" for scope in self._scopes)
        if any(isinstance(value, Bounds) for value in where.values()):
            return None
        if measure.stored is None or not everything or stages not in (None, measure.stages):
            return None
        found = totals.read(self._tx, self._tables, measure, by, where, without=exclude)
        if found is None:
            return None
        rows = [MeasuredRow(at, _result(measure, _parts(measure, *sums))) for at, sums in found.items()]
        return tuple(sorted(rows, key=lambda row: [(one is None, str(one)) for one in row.dimensions]))

    def _dimension(self, source: MeasureSource, measure: Measure, name: str) -> ColumnElement[Any]:
        return source.dimension(measure, name, self._environment, self._tx.dialect)

    def _held(
        self, source: MeasureSource, measure: Measure, where: Where, exclude: str | None, stages: Sequence[str] | None
    ) -> ColumnElement[bool]:
        parts = [source.counts(measure.stages if stages is None else stages)]
        parts.append(scope_sql(self._scopes, source.columns, self._environment, self._tx.dialect))
        if measure.where is not None:
            parts.append(expression_condition(measure.where, source.columns, self._environment, self._tx.dialect))
        if exclude is not None:
            parts.append(source.document != exclude)
        parts += [self._held_at(source, measure, name, value) for name, value in where.items()]
        return and_(true(), *parts)

    def _held_at(self, source: MeasureSource, measure: Measure, name: str, value: object) -> ColumnElement[bool]:
        if not isinstance(value, Bounds):
            return _equals(self._dimension(source, measure, name), value)
        found = dimension_of(measure, name).value
        sides = (
            expression_compared(found, *side, source.columns, self._environment, self._tx.dialect)
            for side in value.sides
        )
        return and_(true(), *sides)

    def _grouped(
        self,
        measure: Measure,
        source: MeasureSource,
        groups: Sequence[ColumnElement[Any]],
        held: ColumnElement[bool],
        newest: int | None = None,
    ) -> tuple[MeasuredRow, ...]:
        value, is_stored = source.value(measure, self._environment, self._tx.dialect)
        in_python = self._tx.dialect == "sqlite" and measure.aggregate in {"min", "max"} and not is_stored
        if not groups and not in_python:
            parts = _aggregates(measure, value, self._tx.dialect, is_stored=is_stored)
            whole = select(*parts).select_from(source.columns.source).where(held)
            return (MeasuredRow((), _result(measure, self._tx.connection.execute(whole).one())),)
        named = [group.label(f"d{number}") for number, group in enumerate(groups)]
        inner = select(*named, value.label("v")).select_from(source.columns.source).where(held).subquery()
        keys = [inner.c[f"d{number}"] for number in range(len(groups))]
        parts = [inner.c.v] if in_python else _aggregates(measure, inner.c.v, self._tx.dialect, is_stored=is_stored)
        query: Select[Any] = select(*keys, *parts).group_by(*keys, *(parts if in_python else ()))
        query = query.order_by(*keys) if newest is None else query.order_by(keys[-1].desc())
        query = query if in_python else query.limit(newest)
        found = [tuple(row) for row in self._tx.connection.execute(query)]
        results = _reduced(measure, found, len(keys))[:newest] if in_python else found
        return tuple(MeasuredRow(row[: len(keys)], _result(measure, row[len(keys) :])) for row in results)


def _equals(column: ColumnElement[Any], value: object) -> ColumnElement[bool]:
    if value is None:
        return column.is_(None)
    if isinstance(value, (list, tuple, set, frozenset)):
        return column.in_(list(value))
    return column == literal(value, column.type)


def _aggregates(
    measure: Measure, value: ColumnElement[Any], dialect: str, *, is_stored: bool
) -> list[ColumnElement[Any]]:
    exact = sum_of(value) if is_stored or dialect != "sqlite" else func.fw_sum(value, type_=value.type)
    spread = spread_of(measure.aggregate, measure.fraction)
    if spread is not None:
        return spread_parts(spread, value, dialect)
    match measure.aggregate:
        case "count":
            return [func.count(value), null()]
        case "avg":
            return [exact, func.count(value)]
        case "min":
            return [func.min(value), null()]
        case "max":
            return [func.max(value), null()]
    return [exact, null()]


def _reduced(measure: Measure, found: Sequence[tuple[Any, ...]], keys: int) -> list[tuple[Any, ...]]:
    # SQLite would compare the numbers of an expression as texts: the distinct ones are compared here.
    choose = min if measure.aggregate == "min" else max
    by_key: dict[tuple[Any, ...], Decimal | None] = {} if keys else {(): None}
    for row in found:
        key, value = row[:keys], row[keys]
        known = by_key.get(key)
        by_key[key] = known if value is None else value if known is None else choose(known, value)
    return [(*key, value, None) for key, value in by_key.items()]


def _parts(measure: Measure, total: Decimal, counted: int) -> tuple[Decimal | int | None, int | None]:
    """Return what is kept of a total as the database would answer it."""
    if measure.aggregate == "count":
        return counted, None
    return (total if counted else None), counted


def _result(measure: Measure, parts: Sequence[Any]) -> Decimal | None:
    spread = spread_of(measure.aggregate, measure.fraction)
    if spread is not None:
        return spread_result(spread, parts)
    value, count = parts
    if measure.aggregate == "avg":
        return average(value, count)
    if value is None:
        return Decimal(0) if measure.aggregate == "sum" else None
    return Decimal(value)
