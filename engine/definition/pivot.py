"""What a pivot is: records summed up by rows and by columns, as a frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

PivotFunction = Literal["sum", "count", "min", "max", "avg", "distinct", "median", "stdev", "stdev_population"]
Grain = Literal["day", "week", "month", "quarter", "year"]
TotalsOf = Literal["rows", "columns", "groups"]

FUNCTIONS: tuple[PivotFunction, ...] = get_args(PivotFunction)
GRAINS: tuple[Grain, ...] = get_args(Grain)
TOTALS: tuple[TotalsOf, ...] = get_args(TotalsOf)
MOST_AXES = 4
"""Rows, and columns, of one pivot."""
MOST_VALUES = 10
DATED: Mapping[str, tuple[Grain, ...]] = {"date": GRAINS, "datetime": GRAINS, "local_datetime": GRAINS}
"""The types of field that can be taken by stretches of the calendar."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What records are apart by: the values at a path, or with `by` the stretches of the calendar that they lie in."""

    field: str
    by: Grain | None = None

    @property
    def name(self) -> str:
        """Return the axis in one word: `project`, `day:month`."""
        return f"{self.field}:{self.by}" if self.by else self.field


@dataclass(frozen=True, slots=True)
class PivotValue:
    """What stands in a cell; `count` without a field counts records."""

    function: PivotFunction
    field: str = ""

    @property
    def name(self) -> str:
        """Return the value in one word: `sum:amount`, `count`."""
        return f"{self.function}:{self.field}" if self.field else self.function


@dataclass(frozen=True, slots=True)
class Pivot:
    """Rows, columns and values; which `totals` there are; and by which value rows are in order, a minus for descending."""

    rows: tuple[Axis, ...] = ()
    columns: tuple[Axis, ...] = ()
    values: tuple[PivotValue, ...] = (PivotValue("count"),)
    totals: frozenset[TotalsOf] = frozenset(TOTALS)
    sort: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """Return every path that is asked for."""
        named = (*(axis.field for axis in (*self.rows, *self.columns)), *(value.field for value in self.values))
        return tuple(dict.fromkeys(path for path in named if path))
