"""Exact decimal numbers: text on the wire, Decimal in Python, never a float."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import ClassVar

from engine.definition.field_types.aspects import (
    NUMBERS,
    ORDER,
    ColumnKind,
    setting_number,
    setting_text,
    whole,
    wrong_type,
)
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field
from engine.expressions import NUMBER, Type
from engine.problems import Problem

_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,39})(?:\.[0-9]{1,40})?\Z", re.ASCII)
# Python's usual context rounds at 28 digits without a word.
_EXACT = Context(prec=120, rounding=ROUND_HALF_UP)
DIGITS = 18
"""Digits of a stored number that says nothing else, before and after the point together: what 64 bits of units hold."""


class DecimalNumber(FieldType):
    """A number with a fixed count of digits after the point."""

    name = "decimal"
    title = {"zh-CN": "小数", "en": "Decimal"}
    docs = {
        "zh-CN": '精确小数，以文本传输（如 "12.50"）；scale 为小数位数，默认 2 位；digits 为总位数，默认 18，最多 38。',
        "en": 'An exact decimal, sent as text ("12.50"); `scale` digits after the point, 2 by default; `digits` in all, '
        "18 by default and 38 at most.",
    }
    control = "decimal"
    controls: ClassVar[tuple[str, ...]] = ("slider",)
    json_format = "decimal"
    settings = frozenset({"scale", "digits", "min", "max", "unit", "step"})
    operators = ORDER
    functions = NUMBERS
    computable = True
    default_scale = 2

    def scale(self, field: Field) -> int:
        """Return the digits after the point."""
        return field.scale if field.scale is not None else self.default_scale or 0

    def digits(self, field: Field) -> int:
        """Return all digits that a value may have."""
        return whole(field, "digits") or DIGITS

    def low(self, field: Field) -> Decimal | None:
        """Return the least value, None for none."""
        return setting_number(field, "min")

    def high(self, field: Field) -> Decimal | None:
        """Return the greatest value, None for none."""
        return setting_number(field, "max")

    def expression_type(self, owner: str, to: str) -> Type:
        """Return number."""
        return NUMBER

    def column(self, field: Field) -> ColumnKind:
        """Store exactly, with the field's scale."""
        return ColumnKind("decimal", scale=self.scale(field), digits=self.digits(field))

    def setting_problems(self, field: Field) -> tuple[Problem, ...]:
        """Check that the digits hold the scale."""
        scale, digits = self.scale(field), self.digits(field)
        return (Problem("digits_too_few", "/digits", {"digits": digits, "scale": scale}),) if digits <= scale else ()

    def coerce(self, value: object, field: Field) -> object:
        """Accept plain decimal text (no exponent, no leading zeros); digits beyond the scale must be zeros."""
        if not isinstance(value, str) or not _DECIMAL.match(value):
            return wrong_type('以文本书写的数字，如 "12.50"', 'a number written as text, such as "12.50"')
        number, scale = Decimal(value), self.scale(field)
        exact = at_scale(number, scale)
        if number != exact:
            return Problem("too_many_decimals", params={"limit": scale, "value": value})
        if len(str(abs(int(exact)))) + scale > max(self.digits(field), scale + 1):
            return Problem("number_too_long", params={"limit": self.digits(field) - scale, "value": value})
        return exact

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check the bounds."""
        return bounds(value, self.low(field), self.high(field))

    def to_json(self, value: object) -> object:
        """Return the number as text, with its trailing zeros."""
        return format(value, "f") if isinstance(value, Decimal) else value

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the number as text."""
        return str(self.to_json(value))

    def to_print(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the number with thousands apart, and its unit."""
        return f"{value:,f} {setting_text(field, 'unit')}".strip() if isinstance(value, Decimal) else str(value)

    def from_text(self, text: str, field: Field) -> object:
        """Accept separators of thousands and digits that a spreadsheet shows."""
        return self.coerce(plain_number(text), field)

    def from_expression(self, value: object, field: Field) -> object:
        """Round half up to the scale."""
        return at_scale(value, self.scale(field)) if isinstance(value, Decimal) else value

    def to_filter(self, value: object, field: Field, operator: str) -> object:
        """Take a bound that may be finer than what is stored: above 1.499 there is 1.50."""
        found = self.coerce(value, field)
        finer = isinstance(found, Problem) and found.code == "too_many_decimals"
        return Decimal(str(value)) if finer else found

    def example(self, field: Field) -> object:
        """Return the lower bound, or one."""
        low, high = self.low(field), self.high(field)
        one = low if low is not None and low > 1 else Decimal(1)
        return self.to_json(at_scale(one if high is None or one <= high else high, self.scale(field)))


def bounds(value: object, low: Decimal | None, high: Decimal | None) -> tuple[Problem, ...]:
    """Return what a number breaks of an inclusive range."""
    if not isinstance(value, (Decimal, int)):
        return ()
    if low is not None and value < low:
        return (Problem("below_minimum", params={"limit": format(low, "f"), "value": str(value)}),)
    if high is not None and value > high:
        return (Problem("above_maximum", params={"limit": format(high, "f"), "value": str(value)}),)
    return ()


def plain_number(text: str) -> str:
    """Return a cell's number in plain form: no separators, no spaces, no superfluous zeros in front."""
    bare = text.strip().replace(",", "").replace("，", "").removeprefix("+")
    sign, digits = ("-", bare[1:]) if bare.startswith("-") else ("", bare)
    head, point, tail = digits.partition(".")
    return f"{sign}{head.lstrip('0') or '0'}{point}{tail}" if head or tail else bare


def at_scale(number: Decimal, scale: int) -> Decimal:
    """Return a number with exactly `scale` digits after the point, rounded half up."""
    return number.quantize(_quantum(scale), ROUND_HALF_UP, _EXACT)


@cache
def _quantum(scale: int) -> Decimal:
    return Decimal(1).scaleb(-scale)


def times(one: Decimal, other: Decimal) -> Decimal:
    """Return an exact product of two numbers that were typed."""
    return _EXACT.multiply(one, other)
