"""The functions of the expression language in PostgreSQL's own SQL, for those that it computes exactly alike.

A number is NUMERIC; CAST(... AS NUMERIC(52, 24)) rounds half away from zero at the 24th place and refuses more than 28
digits before the point, which is the language's own rule.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import TIMESTAMP, Date, Integer, Interval, Text, and_, case, cast, collate, func, literal, or_
from sqlalchemy.types import Numeric

from engine.expressions import arithmetic
from engine.expressions.functions.dates import MAX_DAYS
from engine.expressions.functions.text import SPACES

Column: TypeAlias = Any
"""A ColumnElement of whatever type; SQLAlchemy's operators are typed too narrowly for what is built here."""

EXACT = Numeric(arithmetic.INTEGER_DIGITS + arithmetic.NUMBER_SCALE, arithmetic.NUMBER_SCALE)
_QUOTIENT = Numeric(120, 68)
"""More places than a quotient can come near a tie of the 12th without being one."""


def settle(value: Column) -> Column:
    """Return the number within the limits of the language; PostgreSQL raises for an overflow."""
    return cast(value, EXACT)


def divide(one: Column, other: Column) -> Column:
    """Return the quotient, rounded half up at the 12th place; PostgreSQL raises for a zero."""
    return settle(func.round(cast(one, _QUOTIENT) / other, arithmetic.DIVISION_SCALE, type_=Numeric()))


def power(base: Column, exponent: int) -> Column:
    """Return the base times itself, settled at each step."""
    result: Column = case((base.is_(None), None), else_=literal(Decimal(1), Numeric()))
    for _ in range(abs(exponent)):
        result = settle(result * base)
    return divide(literal(Decimal(1), Numeric()), result) if exponent < 0 else result


def add_days(day: Column, days: Column) -> Column:
    """Return the day so many days later; blank if one is blank, for which both are evaluated.

    A fraction of a day, and more days than the language has, divide by zero rather than to be rounded in silence.
    """
    # The day takes part, so that the planner does not divide constants by zero before a row is seen.
    zero = days - days + cast(func.date_part("year", day), Numeric()) * 0
    broken = cast(literal(Decimal(1), Numeric()) / zero, Integer)
    fits = and_(days == func.trunc(days), func.abs(days, type_=Numeric()) <= MAX_DAYS)
    later = day.op("+", return_type=Date())(case((fits, cast(days, Integer)), else_=broken))
    return case((func.num_nulls(day, days) > 0, None), else_=within_years(later))


def within_years(day: Column) -> Column:
    """Return a day of the years 1 to 9999 as it is; PostgreSQL raises for a range whose end comes before its start."""
    not_before = func.upper(func.daterange(literal(date.min, Date()), day, "[]"), type_=Date())
    not_after = func.daterange(not_before.op("-", return_type=Date())(1), literal(date.max, Date()), "[]")
    return func.lower(not_after, type_=Date())


def subtract_dates(end: Column, start: Column) -> Column:
    """Return the days between."""
    return cast(end.op("-", return_type=Integer())(start), Numeric())


def number_text(value: Column) -> Column:
    """Return the canonical text of a number."""
    return cast(func.trim_scale(value), Text)


def date_text(value: Column) -> Column:
    """Return the ISO text of a date."""
    return func.to_char(value, "YYYY-MM-DD", type_=Text())


def _round(value: Column, places: int = 0) -> Column:
    return settle(func.round(value, places, type_=Numeric()))


def _round_down(value: Column, places: int = 0) -> Column:
    return settle(func.trunc(value, places, type_=Numeric()))


def _round_up(value: Column, places: int = 0) -> Column:
    cut = func.trunc(value, places, type_=Numeric())
    unit = literal(Decimal(1).scaleb(-places), Numeric())
    return settle(case((cut == value, cut), else_=cut + func.sign(value, type_=Numeric()) * unit))


def _modulo(value: Column, divisor: Column) -> Column:
    rest = func.mod(value, divisor, type_=Numeric())
    return func.mod(rest + divisor, divisor, type_=Numeric())


def _floor(value: Column, step: Decimal = Decimal(1)) -> Column:
    return settle(value - _modulo(value, literal(step, Numeric())))


def _ceiling(value: Column, step: Decimal = Decimal(1)) -> Column:
    return settle(value + _modulo(-value, literal(step, Numeric())))


def _text(value: Column, places: int | None = None) -> Column:
    return number_text(value) if places is None else cast(func.round(value, places, type_=Numeric()), Text)


def _part(name: str) -> Callable[[Column], Column]:
    return lambda day: cast(func.date_part(name, day), Numeric())


def _month_start(day: Column) -> Column:
    return cast(func.date_trunc("month", cast(day, TIMESTAMP())), Date)


def _month_end(day: Column) -> Column:
    later = func.date_trunc("month", cast(day, TIMESTAMP()), type_=TIMESTAMP()) + cast("1 month -1 day", Interval)
    return cast(later, Date)


def _add_months(day: Column, months: int) -> Column:
    return within_years(cast(cast(day, TIMESTAMP()) + func.make_interval(0, months, type_=Interval()), Date))


def _absent(text: Column, part: Column) -> Column:
    return or_(part == "", func.strpos(text, part) == 0)


def _behind(text: Column, part: Column) -> Column:
    return func.substr(text, func.strpos(text, part) + func.char_length(part), type_=Text())


def _occurrences(text: Column, part: Column) -> Column:
    length = cast(func.char_length(part), Numeric())
    removed = cast(func.char_length(text) - func.char_length(func.replace(text, part, "")), Numeric())
    return case(
        (part == "", func.char_length(text) * 0), else_=func.div(removed, func.nullif(length, 0), type_=Numeric())
    )


_NUMBER_TEXT = "^[+-]?[0-9]{1,28}([.][0-9]{1,24})?$"

FUNCTIONS: Mapping[str, Callable[..., Column]] = {
    "ROUND": _round,
    "ROUNDDOWN": _round_down,
    "ROUNDUP": _round_up,
    "ABS": lambda value: func.abs(value, type_=Numeric()),
    "SIGN": lambda value: func.sign(value, type_=Numeric()),
    "INT": lambda value: func.floor(value, type_=Numeric()),
    "MOD": _modulo,
    "FLOOR": _floor,
    "CEILING": _ceiling,
    "POWER": power,
    "LEN": lambda text: cast(func.char_length(text), Numeric()),
    "LEFT": lambda text, count=1: func.left(text, count, type_=Text()),
    "RIGHT": lambda text, count=1: func.right(text, count, type_=Text()),
    "MID": lambda text, start, count: func.substr(text, start, count, type_=Text()),
    "UPPER": lambda text: func.upper(collate(text, "C"), type_=Text()),
    "LOWER": lambda text: func.lower(collate(text, "C"), type_=Text()),
    "TRIM": lambda text: func.btrim(text, SPACES, type_=Text()),
    "FIND": lambda part, text: cast(func.strpos(text, part), Numeric()),
    "REPLACE": lambda text, part, by: func.replace(text, part, by, type_=Text()),
    "STARTSWITH": lambda text, part: func.left(text, func.char_length(part), type_=Text()) == part,
    "ENDSWITH": lambda text, part: func.right(text, func.char_length(part), type_=Text()) == part,
    "TEXT": _text,
    "BEFORE": lambda text, part: case((_absent(text, part), text), else_=func.left(text, func.strpos(text, part) - 1)),
    "AFTER": lambda text, part: case((_absent(text, part), func.left(text, 0)), else_=_behind(text, part)),
    "COUNTTEXT": _occurrences,
    "DIGITS": lambda text: func.regexp_replace(text, "[^0-9]", "", "g", type_=Text()),
    "ISNUMERIC": lambda text: func.replace(func.btrim(text, SPACES), ",", "").op("~")(_NUMBER_TEXT),
    "WEEKNUM": _part("week"),
    "WEEKYEAR": _part("isoyear"),
    "DAYOFYEAR": _part("doy"),
    "HOUR": _part("hour"),
    "MINUTE": _part("minute"),
    "SECOND": lambda clock: cast(func.floor(func.date_part("second", clock)), Numeric()),
    "YEAR": _part("year"),
    "MONTH": _part("month"),
    "DAY": _part("day"),
    "WEEKDAY": _part("isodow"),
    "DAYS": subtract_dates,
    "ADDDAYS": add_days,
    "ADDMONTHS": _add_months,
    "MONTHSTART": _month_start,
    "MONTHEND": _month_end,
    "MONTHTEXT": lambda day: func.to_char(day, "YYYY-MM", type_=Text()),
}
