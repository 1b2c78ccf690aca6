"""Exact arithmetic, the same in Python, TypeScript, PostgreSQL and SQLite.

A number has at most 28 digits before the point (more is an overflow) and 24 after it. `+ - *` are exact up to there and
rounded half up at the 24th place beyond; a quotient is rounded half up at the 12th place. Half up means away from zero at
a tie, as in commerce: 163.725 -> 163.73, -163.725 -> -163.73.
"""

from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from functools import reduce

from engine.expressions.errors import ExpressionError

DIVISION_SCALE = 12
NUMBER_SCALE = 24
INTEGER_DIGITS = 28
MAX_EXPONENT = 99

# 150 digits hold every product and sum of two numbers exactly, and a quotient far enough past its tie: a quotient of
# numbers of 52 digits is never closer than 10^-65 to a tie of the 12th place unless it is one.
EXACT = Context(prec=150, rounding=ROUND_HALF_UP, Emin=-9999, Emax=9999)
"""The context in which sums and products of numbers are exact."""
_ZERO = Decimal(0)
_ONE = Decimal(1)
_UNITS = {places: Decimal(1).scaleb(-places) for places in range(-INTEGER_DIGITS, NUMBER_SCALE + 1)}


def settle(value: Decimal) -> Decimal:
    """Return an exact result brought within the limits of a number. Raises ExpressionError("overflow")."""
    if not value:
        return _ZERO
    if value.adjusted() >= INTEGER_DIGITS:
        raise ExpressionError("overflow", {"digits": INTEGER_DIGITS})
    if value.as_tuple().exponent < -NUMBER_SCALE:  # type: ignore[operator]  # finite numbers only come here
        return settle(value.quantize(_UNITS[NUMBER_SCALE], ROUND_HALF_UP, EXACT))
    return value


def add(one: Decimal, other: Decimal) -> Decimal:
    """Return the sum."""
    return settle(EXACT.add(one, other))


def total(values: Iterable[Decimal]) -> Decimal:
    """Return the sum of many: only what it comes to must be within the limits, so that their order says nothing."""
    return settle(reduce(EXACT.add, values, _ZERO))


def subtract(one: Decimal, other: Decimal) -> Decimal:
    """Return the difference."""
    return settle(EXACT.subtract(one, other))


def multiply(one: Decimal, other: Decimal) -> Decimal:
    """Return the product."""
    return settle(EXACT.multiply(one, other))


def divide(one: Decimal, other: Decimal) -> Decimal:
    """Return the quotient, rounded half up at the 12th place. Raises ExpressionError("division_by_zero")."""
    if not other:
        raise ExpressionError("division_by_zero")
    quotient = EXACT.divide(one, other)
    if quotient.adjusted() >= INTEGER_DIGITS:
        raise ExpressionError("overflow", {"digits": INTEGER_DIGITS})
    return settle(quotient.quantize(_UNITS[DIVISION_SCALE], ROUND_HALF_UP, EXACT))


def quotient(one: Decimal, other: Decimal, places: Decimal) -> Decimal:
    """Return the quotient, rounded half up once, at so many places. Raises as divide and round_half_up do."""
    if not other:
        raise ExpressionError("division_by_zero")
    return settle(_rounded(EXACT.divide(one, other), places, ROUND_HALF_UP))


def whole_quotient(one: Decimal, other: Decimal) -> Decimal:
    """Return how many times one holds the other, cut towards zero. Raises ExpressionError("division_by_zero")."""
    if not other:
        raise ExpressionError("division_by_zero")
    return settle(EXACT.divide_int(one, other)) or _ZERO


def root(value: Decimal, places: Decimal = Decimal(DIVISION_SCALE)) -> Decimal:
    """Return the square root, rounded half up at 0 to 12 places. Raises ExpressionError("bad_root") below zero."""
    wanted = whole(places, "bad_places", 0, DIVISION_SCALE)
    if value < 0:
        raise ExpressionError("bad_root", {"value": plain(value)})
    return settle(EXACT.sqrt(value).quantize(_UNITS[wanted], ROUND_HALF_UP, EXACT)) or _ZERO


def nearest_multiple(value: Decimal, step: Decimal) -> Decimal:
    """Return the multiple of a step that is nearest, ties away from zero. Raises ExpressionError("bad_step")."""
    times = _rounded(EXACT.divide(value, positive(step)), _ZERO, ROUND_HALF_UP)
    return multiply(times, step)


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """Return base times itself, settled at each step; a negative exponent is one over that.

    Raises ExpressionError("bad_exponent") unless the exponent is a whole number from -99 to 99.
    """
    times = whole(exponent, "bad_exponent", -MAX_EXPONENT, MAX_EXPONENT)
    result = _ONE
    for _ in range(abs(times)):
        result = multiply(result, base)
    return divide(_ONE, result) if times < 0 else result


def percent(value: Decimal) -> Decimal:
    """Return a hundredth."""
    return multiply(value, _UNITS[2])


def negate(value: Decimal) -> Decimal:
    """Return the number with its sign turned; zero has none."""
    return EXACT.minus(value) if value else _ZERO


def round_half_up(value: Decimal, places: Decimal = _ZERO) -> Decimal:
    """Return the nearest number of so many places, ties away from zero; negative places round tens, hundreds ..."""
    return _rounded(value, places, ROUND_HALF_UP)


def round_up(value: Decimal, places: Decimal = _ZERO) -> Decimal:
    """Return the number of so many places that is next away from zero."""
    return _rounded(value, places, ROUND_UP)


def round_down(value: Decimal, places: Decimal = _ZERO) -> Decimal:
    """Return the number cut to so many places."""
    return _rounded(value, places, ROUND_DOWN)


def floor(value: Decimal, step: Decimal = _ONE) -> Decimal:
    """Return the greatest multiple of `step` that is not above. Raises ExpressionError("bad_step") unless step > 0."""
    return settle(EXACT.subtract(value, modulo(value, positive(step))))


def ceiling(value: Decimal, step: Decimal = _ONE) -> Decimal:
    """Return the least multiple of `step` that is not below. Raises ExpressionError("bad_step") unless step > 0."""
    return settle(EXACT.add(value, modulo(EXACT.minus(value), positive(step))))


def integer(value: Decimal) -> Decimal:
    """Return the greatest whole number that is not above."""
    return value.to_integral_value(ROUND_FLOOR)


def modulo(value: Decimal, divisor: Decimal) -> Decimal:
    """Return the remainder, which has the sign of the divisor. Raises ExpressionError("division_by_zero")."""
    if not divisor:
        raise ExpressionError("division_by_zero")
    rest = EXACT.remainder(value, divisor)
    if rest and (rest < 0) != (divisor < 0):
        rest = EXACT.add(rest, divisor)
    return settle(rest) if rest else _ZERO


def sign(value: Decimal) -> Decimal:
    """Return -1, 0 or 1."""
    return Decimal((value > 0) - (value < 0))


def plain(value: Decimal) -> str:
    """Return the canonical text: no exponent, no zeros at the end, no sign at zero."""
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole(value: Decimal, code: str, least: int, most: int) -> int:
    """Return a whole number within limits as an int. Raises ExpressionError(code)."""
    if value != value.to_integral_value() or not least <= value <= most:
        raise ExpressionError(code, {"value": plain(value), "least": least, "most": most})
    return int(value)


def to_units(value: Decimal, places: int) -> int:
    """Return the number, rounded half up to so many places, as a count of its last place: 1.25 -> 125 for 2."""
    return int(round_half_up(value, Decimal(places)).scaleb(places, EXACT))


def from_units(units: int, places: int) -> Decimal:
    """Return the number that is so many units of the last place: 125 -> 1.25 for 2."""
    return Decimal(units).scaleb(-places, EXACT)


def _rounded(value: Decimal, places: Decimal, mode: str) -> Decimal:
    unit = _UNITS[whole(places, "bad_places", -INTEGER_DIGITS, NUMBER_SCALE)]
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -places:
        return value
    rounded = value.quantize(unit, mode, EXACT)
    return settle(rounded.quantize(_ONE, None, EXACT) if unit > 1 else rounded) if rounded else _ZERO


def positive(step: Decimal) -> Decimal:
    """Return the step of FLOOR and CEILING. Raises ExpressionError("bad_step") unless it is above zero."""
    if step <= 0:
        raise ExpressionError("bad_step", {"value": plain(step)})
    return step
