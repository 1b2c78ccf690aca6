"""Percentiles and standard deviations, exact in both databases and equal to those of lists in formulas.

PostgreSQL is asked for what they follow from (the two values around the place, or sum, squares and count); the last step is
the arithmetic of expressions. SQLite hands every value to an aggregate of ours that is that very arithmetic.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, Numeric, cast, func, literal
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from engine.expressions import arithmetic
from engine.expressions.functions.statistics import between, deviation, percentile, root_of, variance_of
from engine.storage.expression_sql import DecimalText, decimal_text
from engine.storage.wide_numbers import Registering

_HALF = Decimal("0.5")
_PERCENTILE = re.compile(r"p(100|\d{1,2}(?:\.\d{1,4})?)")


@dataclass(frozen=True, slots=True)
class Spread:
    """A percentile (with its fraction) or a deviation: of a sample, or of all there are."""

    fraction: Decimal | None = None
    population: bool = False


def spread_of(aggregate: str, fraction: Decimal = _HALF) -> Spread | None:
    """Return the spread that an aggregate of measures or a function of lists names; None for sums and the like.

    Of lists a percentile is `p90` or `p99.5`.
    """
    match aggregate:
        case "median":
            return Spread(_HALF)
        case "percentile":
            return Spread(fraction)
        case "stdev" | "stdev_population":
            return Spread(population=aggregate == "stdev_population")
    named = _PERCENTILE.fullmatch(aggregate)
    return Spread(Decimal(named[1]).scaleb(-2)) if named else None


def spread_parts(spread: Spread, column: ColumnElement[Any], dialect: str) -> list[ColumnElement[Any]]:
    """Return what is selected of a column of numbers, stored or computed."""
    if dialect == "sqlite":
        told = "" if spread.fraction is None else arithmetic.plain(spread.fraction)
        name = "fw_deviation" if spread.fraction is None else "fw_percentile_of"
        kind = literal(str(int(spread.population)) if spread.fraction is None else told)
        return [getattr(func, name)(decimal_text(column), kind, type_=DecimalText())]
    value = cast(column, Numeric())
    counted = func.count(value)
    if spread.fraction is None:
        return [func.sum(value, type_=Numeric()), func.sum(value * value, type_=Numeric()), counted]
    # Blanks come last in this order, behind all that is counted.
    ordered = func.array_agg(aggregate_order_by(value, value), type_=ARRAY(Numeric()))
    below = cast(func.floor(literal(spread.fraction, Numeric()) * (counted - 1)), Integer)
    return [ordered[below + 1], ordered[func.least(below + 2, counted, type_=Integer())], counted]


def spread_result(spread: Spread, parts: Sequence[Any]) -> Decimal | None:
    """Return the figure from what was selected, without zeros at its end on either database."""
    if len(parts) == 1:
        return None if parts[0] is None else Decimal(parts[0])
    first, second, size = parts
    if not size:
        return None
    if spread.fraction is not None:
        found: Decimal | None = between(Decimal(first), Decimal(second), spread.fraction, size)
    else:
        found = root_of(variance_of(Decimal(first), Decimal(second), size, population=spread.population))
    return None if found is None else Decimal(arithmetic.plain(found))


def register_spreads(connection: Registering) -> None:
    """Register on a connection of sqlite3 what spreads need."""
    connection.create_aggregate("fw_percentile_of", 2, _Percentile)
    connection.create_aggregate("fw_deviation", 2, _Deviation)


class _Gathered:
    def __init__(self) -> None:
        self._values: list[Decimal] = []
        self._told = ""

    def step(self, value: str | int | None, told: str) -> None:
        self._told = told
        if value is not None:
            self._values.append(Decimal(value))

    def figure(self) -> Decimal | None:
        raise NotImplementedError

    def finalize(self) -> str | None:
        found = self.figure() if self._values else None
        return None if found is None else arithmetic.plain(found)


class _Percentile(_Gathered):
    def figure(self) -> Decimal | None:
        return percentile(list(self._values), Decimal(self._told))


class _Deviation(_Gathered):
    def figure(self) -> Decimal | None:
        return deviation(list(self._values), population=self._told == "1")
