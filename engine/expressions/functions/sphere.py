"""How far two places are apart, to the same digit in every language.

The haversine formula (R. W. Sinnott, "Virtues of the Haversine", 1984) on a sphere of the mean radius of WGS-84. Series are
summed in decimals of 60 digits, and only the result is rounded, so that nothing depends on a machine's floats.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal

from engine.expressions import arithmetic
from engine.expressions.errors import ExpressionError

RADIUS = Decimal("6371008.8")
"""Metres: the mean radius (2a + b) / 3 of the ellipsoid."""
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459")
_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)
_SMALL = Decimal("1E-58")
_HALF_TURN = Decimal(180)
_TWO = Decimal(2)
_ONE = Decimal(1)
_HALVINGS = 5


def distance(
    longitude: Decimal, latitude: Decimal, longitude2: Decimal, latitude2: Decimal, places: Decimal = Decimal(0)
) -> Decimal:
    """Return the metres between two places in degrees. Raises ExpressionError("bad_coordinates") or "bad_places"."""
    wanted = arithmetic.whole(places, "bad_places", 0, arithmetic.DIVISION_SCALE)
    for value, most in ((longitude, 180), (longitude2, 180), (latitude, 90), (latitude2, 90)):
        if abs(value) > most:
            raise ExpressionError("bad_coordinates", {"value": arithmetic.plain(value)})
    north, east = _half_sine(latitude, latitude2), _half_sine(longitude, longitude2)
    level = _WIDE.multiply(_sine(_radians(90 - abs(latitude))), _sine(_radians(90 - abs(latitude2))))
    haversine = _WIDE.add(_square(north), _WIDE.multiply(level, _square(east)))
    metres = _WIDE.multiply(_WIDE.multiply(_TWO, RADIUS), _arc_sine(_WIDE.sqrt(min(haversine, _ONE))))
    return arithmetic.round_half_up(metres, Decimal(wanted))


def _radians(degrees: Decimal) -> Decimal:
    return _WIDE.divide(_WIDE.multiply(degrees, PI), _HALF_TURN)


def _half_sine(one: Decimal, other: Decimal) -> Decimal:
    return _sine(_WIDE.divide(_radians(_WIDE.subtract(other, one)), _TWO))


def _square(value: Decimal) -> Decimal:
    return _WIDE.multiply(value, value)


def _sine(angle: Decimal) -> Decimal:
    """Return the sine by its series."""
    term, total, at = angle, angle, 1
    while abs(term) > _SMALL:
        term = _WIDE.divide(_WIDE.multiply(term, -_square(angle)), Decimal((at + 1) * (at + 2)))
        total, at = _WIDE.add(total, term), at + 2
    return total


def _arc_sine(value: Decimal) -> Decimal:
    """Return the angle of a sine from 0 to 1: arcsin x = 2 arctan(x / (1 + sqrt(1 - x^2)))."""
    beside = _WIDE.sqrt(_WIDE.subtract(_ONE, _square(value)))
    return _WIDE.multiply(_TWO, _arc_tangent(_WIDE.divide(value, _WIDE.add(_ONE, beside))))


def _arc_tangent(value: Decimal) -> Decimal:
    """Return the arc tangent by its series, after halving the angle until the series is short."""
    for _ in range(_HALVINGS):
        value = _WIDE.divide(value, _WIDE.add(_ONE, _WIDE.sqrt(_WIDE.add(_ONE, _square(value)))))
    power, total, at = value, value, 1
    while abs(power) > _SMALL:
        power, at = _WIDE.multiply(power, -_square(value)), at + 2
        total = _WIDE.add(total, _WIDE.divide(power, Decimal(at)))
    return _WIDE.multiply(total, Decimal(2**_HALVINGS))
