"""The arithmetic and the functions of the expression language, for SQLite.

SQLite has no exact decimals. There a number inside an expression is its canonical decimal text, and the functions
registered here call the very Python that evaluates formulas, so that both agree to the last digit. Dates are ISO text.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Protocol
from zoneinfo import ZoneInfo

from engine.expressions import arithmetic
from engine.expressions.functions import FUNCTIONS, Function
from engine.expressions.functions.dates import add_days, days_between
from engine.expressions.functions.text import as_decimals

Stored = str | int | None
"""A value as SQLite holds it."""


class SQLiteConnection(Protocol):
    """The two methods of sqlite3.Connection that are used here."""

    def create_function(self, name: str, narg: int, func: Callable[..., Stored], *, deterministic: bool) -> None:
        """Register a scalar function."""

    def create_aggregate(self, name: str, n_arg: int, aggregate_class: type, /) -> None:
        """Register an aggregate."""


_OPERATIONS: Mapping[str, tuple[Callable[..., object], tuple[str, ...]]] = {
    "add": (arithmetic.add, ("number", "number")),
    "sub": (arithmetic.subtract, ("number", "number")),
    "mul": (arithmetic.multiply, ("number", "number")),
    "div": (arithmetic.divide, ("number", "number")),
    "pow": (arithmetic.power, ("number", "number")),
    "neg": (arithmetic.negate, ("number",)),
    "percent": (arithmetic.percent, ("number",)),
    "decimals": (as_decimals, ("number", "number")),
    "date_add": (add_days, ("date", "number")),
    "date_sub": (days_between, ("date", "date")),
}
_READERS: Mapping[str, Callable[[str], object]] = {
    "number": Decimal,
    "text": str,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "boolean": bool,
}


def in_sqlite(function: Function) -> bool:
    """Return whether a function of the language is registered as `fw_<name in small letters>`."""
    return function.mode == "strict" and all(parameter.kind in _READERS for parameter in function.parameters)


def register_functions(connection: SQLiteConnection) -> None:
    """Register everything that expressions need on a connection of the sqlite3 module."""
    for name, (run, kinds) in _OPERATIONS.items():
        connection.create_function(f"fw_{name}", len(kinds), _stored(run, kinds), deterministic=True)
    for function in FUNCTIONS.values():
        if in_sqlite(function):
            kinds = tuple(parameter.kind for parameter in function.parameters)
            name = f"fw_{function.name.lower()}"
            connection.create_function(name, -1, _stored(function.run, kinds), deterministic=True)
    connection.create_function("fw_cmp", 2, _compare, deterministic=True)
    connection.create_function("fw_scaled", 2, _scaled, deterministic=True)
    connection.create_function("fw_local_day", 2, _local_day, deterministic=True)
    connection.create_aggregate("fw_sum", 1, _Sum)


def _stored(run: Callable[..., object], kinds: tuple[str, ...]) -> Callable[..., Stored]:
    readers = tuple(_READERS[kind] for kind in kinds)

    def call(*values: Stored) -> Stored:
        if None in values:
            return None
        # SQLite may hand a number over as int where the text was a whole number.
        return _written(run(*(read(str(value)) if read is not bool else bool(value)
                              for read, value in zip(readers, values, strict=False))))  # fmt: skip

    return call


def _written(value: object) -> Stored:
    if isinstance(value, Decimal):
        return arithmetic.plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    return None if value is None else str(value)


def _compare(one: Stored, other: Stored) -> Stored:
    if one is None or other is None:
        return None
    left, right = Decimal(one), Decimal(other)
    return (left > right) - (left < right)


def _scaled(units: Stored, scale: int) -> Stored:
    return None if units is None else arithmetic.plain(arithmetic.from_units(int(units), scale))


def _local_day(moment: Stored, zone: str) -> Stored:
    if moment is None:
        return None
    return datetime.fromisoformat(str(moment)).astimezone(ZoneInfo(zone)).date().isoformat()


class _Sum:
    """The exact sum of what is not blank; 0 for nothing."""

    def __init__(self) -> None:
        self._total = Decimal(0)

    def step(self, value: Stored) -> None:
        if value is not None:
            self._total = arithmetic.add(self._total, Decimal(value))

    def finalize(self) -> str:
        return arithmetic.plain(self._total)
