"""Splitting a total so that the parts add up to it.

Largest remainder method (Hamilton's): every part is cut to the scale, what is left goes one unit each to the largest
remainders, ties to the earlier.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

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
    given = [Fraction(0) if weight is None else Fraction(number(weight)) for weight in weights or ()]
    at = arithmetic.whole(position, "bad_position", 1, len(given))
    if min(given) < 0 or not sum(given):
        raise ExpressionError("bad_weights")
    units = arithmetic.to_units(total, places)
    part = _split(abs(units), given)[at - 1]
    return arithmetic.from_units(-part if units < 0 else part, places)


def _split(units: int, weights: Sequence[Fraction]) -> list[int]:
    whole = sum(weights)
    exact = [units * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    by_rest = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_rest[: units - sum(parts)]:
        parts[at] += 1
    return parts
