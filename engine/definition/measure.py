"""What a measure compiles to: a named aggregate with dimensions."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from engine.definition.along import Along
from engine.definition.choices import Option, Text
from engine.definition.limit import Limit
from engine.expressions import Compiled, Type

Aggregate = Literal["sum", "count", "min", "max", "avg", "median", "percentile", "stdev", "stdev_population"]
SPREADS = frozenset({"median", "percentile", "stdev", "stdev_population"})
"""Aggregates that ask for every value: they follow neither from parts nor from differences."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One axis of a measure: a field of the source, or an expression over it (month of a date)."""

    name: str
    title: Text
    value: Compiled
    type: Type
    to: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A named aggregate with dimensions.

    A plain one reads `source` (a ledger, an entity, or `module.entity/table`) with `where`; `stages` says which entries of
    a ledger count: effective ones, and reserved ones where a limit must hold. A derived one has only `formula`, over
    other measures of the same dimensions.
    """

    module: str
    id: str
    name: str
    title: Text
    dimensions: tuple[Dimension, ...]
    source: str = ""
    aggregate: Aggregate = "sum"
    fraction: Decimal = Decimal("0.5")
    """Of a percentile: the part of all values that lies below, from 0 to 1."""
    value: Compiled | None = None
    where: Compiled | None = None
    stages: tuple[str, ...] = ("effective",)
    formula: Compiled | None = None
    along: Along | None = None
    stored: tuple[str, ...] | None = None
    """The dimensions by which totals are kept, None where they are worked out whenever they are asked for."""
    figures_only: bool = False
    """Its total so far is no one question (a ratio, an average): figures tell it, checks cannot."""
    limits: tuple[Limit, ...] = ()
    scale: int = 2
    unit: Text = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return the qualified name."""
        return f"{self.module}.{self.name}"
