"""Splitting a total so that the parts add up to it.

Largest remainder method (Hamilton's): every part is cut to the scale, what is left goes one unit each to the largest
remainders, ties to the earlier.
"""

from collections.abc import Sequence
from decimal import Decimal

from engine.expressions import arithmetic
from engine.expressions.errors import ExpressionError
from engine.expressions.values import Value, number

_MAX_SCALE = 12


def share(
    total: Decimal | None, weights: Sequence[Value] | None, position: Decimal | None, scale: Value = Decimal(2)
) -> Decimal | None:
    """Return the part at a 1-based position. A blank weight is zero.

    Raises ExpressionError: "bad_weights" (negative, or all zero), "bad_position", "bad_places".
    """
    if total is None or position is None or scale is None:
        return None
    places = arithmetic.whole(number(scale), "bad_places", 0, _MAX_SCALE)
    at = arithmetic.whole(position, "bad_position", 1, len(weights or ()))
    return _parts(total, weights, places)[at - 1]


def shares(total: Decimal | None, weights: Sequence[Value] | None, scale: Value = Decimal(2)) -> list[Decimal] | None:
    """Return all parts. Raises as `share` does."""
    if total is None or scale is None:
        return []
    return _parts(total, weights, arithmetic.whole(number(scale), "bad_places", 0, _MAX_SCALE))


def _parts(total: Decimal, weights: Sequence[Value] | None, places: int) -> list[Decimal]:
    given = [
        0 if weight is None else arithmetic.to_units(number(weight), arithmetic.NUMBER_SCALE)
        for weight in weights or ()
    ]
    if min(given, default=0) < 0 or not sum(given):
        raise ExpressionError("bad_weights")
    units = arithmetic.to_units(total, places)
    parts = _split(abs(units), given)
    return [arithmetic.from_units(-part if units < 0 else part, places) for part in parts]


def _split(units: int, weights: Sequence[int]) -> list[int]:
    whole = sum(weights)
    parts = [units * weight // whole for weight in weights]
    rests = [units * weight % whole for weight in weights]
    by_rest = sorted(range(len(parts)), key=lambda at: (-rests[at], at))
    for at in by_rest[: units - sum(parts)]:
        parts[at] += 1
    return parts
