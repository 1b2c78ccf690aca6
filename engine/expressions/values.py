"""What the evaluator works on: None for blank, Decimal, str, bool, date, time, aware datetime, lists, records.

A record is its id or a mapping with "id".
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from typing import TypeAlias

from engine.expressions.arithmetic import plain
from engine.expressions.errors import ExpressionError

Value: TypeAlias = object
"""Any of the above; the checker has proven which."""


def clean(value: object) -> Value:
    """Return a value as it is read from outside: ints become Decimal, tuples lists.

    Raises ExpressionError("float_value") for a float, and "wrong_value" for a number that is not finite.
    """
    kind = type(value)
    if value is None or kind is str or kind is bool:
        return value
    if kind is Decimal:
        if not value.is_finite():  # type: ignore[attr-defined]  # kind says that it is a Decimal
            raise ExpressionError("wrong_value", {"value": str(value)})
        return value
    if kind is int:
        return Decimal(value)  # type: ignore[arg-type]  # kind says that it is an int
    if isinstance(value, float):
        raise ExpressionError("float_value", {"value": repr(value)})
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [clean(item) for item in value]
    return value


def identity(value: Value) -> Value:
    """Return the id of an expanded record, any other value as it is."""
    return value.get("id") if isinstance(value, Mapping) else value


def number(value: Value) -> Decimal:
    """Return the value as a number. Raises ExpressionError("wrong_value") when data are not what the design says."""
    if type(value) is Decimal:
        return value
    raise ExpressionError("wrong_value", {"value": str(value)})


def equal(one: Value, other: Value) -> bool:
    """Return whether two values that are not blank are the same."""
    return identity(one) == identity(other)


def compare(one: Value, other: Value) -> int:
    """Return -1, 0 or 1. Texts are ordered by code point. Raises ExpressionError("wrong_value") for a mixture."""
    try:
        return int(one > other) - int(one < other)  # type: ignore[operator]  # the checker has proven an order
    except TypeError:
        raise ExpressionError("wrong_value", {"value": f"{one} : {other}"}) from None


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a value may lie: comparisons with it on their left, all of which must hold."""

    sides: tuple[tuple[str, Value], ...] = ()

    def and_also(self, operator: str, value: Value) -> "Bounds":
        """Return the bounds with one more side: "<", "<=", ">" or ">=" and what stands on its right."""
        return Bounds((*self.sides, (operator, value)))

    def hold(self, value: Value) -> bool:
        """Say whether a value lies within; a blank one does not."""
        return value is not None and all(_HOLDS[operator](compare(value, other)) for operator, other in self.sides)


_HOLDS: Mapping[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


def flat(values: Sequence[Value]) -> Iterator[Value]:
    """Yield what is not blank in values and in the lists among them."""
    for value in values:
        if isinstance(value, list):
            yield from flat(value)
        elif value is not None:
            yield value


def text_of(value: Value, zone: tzinfo) -> str:
    """Return the text that `&` joins: "" for blank, 1.5, TRUE, 2026-01-31, 08:30, 2026-01-31 08:30 (in `zone`)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        shown = local(value, zone)
        return f"{shown.date().isoformat()} {_clock(shown.time())}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _clock(value)
    return str(identity(value))


def local(moment: datetime, zone: tzinfo) -> datetime:
    """Return a moment as the clocks of a zone show it. Raises ExpressionError("bad_date") outside the years 1 to 9999."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        raise ExpressionError("bad_date", {"value": moment.isoformat()}) from None


def _clock(value: time) -> str:
    return value.isoformat("seconds" if value.second else "minutes")
