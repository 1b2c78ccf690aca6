"""Decimals of more than 18 digits on SQLite, whose whole numbers have 64 bits.

There such a number is text of fixed width that sorts as the number does: a sign (`0` below zero, else `1`) and 38 digits of
smallest units, those of a negative number counted down from 10^38. So equality, order, extremes and indexes need nothing
else; sums come from an aggregate of ours, and expressions read the decimal text.
"""

from collections.abc import Callable
from typing import Any, Protocol

from sqlalchemy import ColumnElement, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from engine.expressions.arithmetic import from_units, plain

PLACES = 38
_COMPLEMENT = 10**PLACES


class Registering(Protocol):
    """The methods of sqlite3.Connection that are used here."""

    def create_function(self, name: str, narg: int, func: Callable[..., Any], *, deterministic: bool) -> None:
        """Register a scalar function."""

    def create_aggregate(self, name: str, n_arg: int, aggregate_class: type, /) -> None:
        """Register an aggregate."""


def to_sortable(units: int) -> str:
    """Return smallest units as text that sorts; units have at most 38 digits."""
    return f"1{units:0{PLACES}}" if units >= 0 else f"0{_COMPLEMENT + units:0{PLACES}}"


def from_sortable(text: str) -> int:
    """Return the smallest units that a text stands for."""
    if text[0] == "=":
        return int(text[1:])
    units = int(text[1:])
    return units if text[0] == "1" else units - _COMPLEMENT


def register_wide_numbers(connection: Registering) -> None:
    """Register on a connection of sqlite3 what wide numbers need."""
    connection.create_function("fw_wide", 2, _plain, deterministic=True)
    connection.create_aggregate("fw_wide_sum", 1, _Sum)


class WideSum(GenericFunction[Any]):
    """The exact sum of a column of wide numbers, in the column's own form."""

    inherit_cache = True
    name = "fw_wide_sum"

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column, type_=column.type)


@compiles(WideSum, "postgresql")
def _on_postgresql(element: WideSum, compiler: SQLCompiler, **options: Any) -> str:
    return f"sum({compiler.process(element.clauses, **options)})"


def sum_of(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the exact sum of a column of numbers."""
    return WideSum(column) if getattr(column.type, "is_wide", False) else func.sum(column)


def _plain(text: str | None, scale: int) -> str | None:
    if text is None:
        return None
    return plain(from_units(from_sortable(text), scale))


class _Sum:
    def __init__(self) -> None:
        self._total: int | None = None

    def step(self, value: str | None) -> None:
        if value is not None:
            self._total = (self._total or 0) + from_sortable(value)

    def finalize(self) -> str | None:
        # A sum has more digits than its parts may have; Python reads the units whatever their number.
        return None if self._total is None else f"={self._total}"
