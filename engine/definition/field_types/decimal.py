"""Exact decimal numbers: text on the wire, Decimal in Python, never a float."""

import re
from decimal import ROUND_HALF_UP, Decimal

from engine.definition.field_types.field_type import ORDER, ColumnKind, FieldType, setting_number, wrong_type
from engine.definition.model import Field
from engine.expressions import NUMBER, Type
from engine.problems import Problem

_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,30})?\Z", re.ASCII)
DIGITS = 18
"""Digits of a stored number, before and after the point together: what a 64-bit integer of scaled units holds."""


class DecimalNumber(FieldType):
    """A number with a fixed count of digits after the point."""

    name = "decimal"
    title = {"zh-CN": "小数", "en": "Decimal"}
    docs = {
        "zh-CN": '精确小数，以文本传输（如 "12.50"）；scale 为小数位数，默认 2 位。',
        "en": 'An exact decimal, sent as text ("12.50"); `scale` digits after the point, 2 by default.',
    }
    control = "decimal"
    json_format = "decimal"
    settings = frozenset({"scale", "min", "max", "unit"})
    operators = ORDER
    computable = True
    default_scale = 2

    def scale(self, field: Field) -> int:
        """Return the digits after the point."""
        return field.scale if field.scale is not None else self.default_scale or 0

    def expression_type(self, owner: str, to: str) -> Type:
        """Return number."""
        return NUMBER

    def column(self, field: Field) -> ColumnKind:
        """Store exactly, with the field's scale."""
        return ColumnKind("decimal", scale=self.scale(field))

    def coerce(self, value: object, field: Field) -> object:
        """Accept plain decimal text (no exponent, no leading zeros); digits beyond the scale must be zeros."""
        if not isinstance(value, str) or not _DECIMAL.match(value):
            return wrong_type('以文本书写的数字，如 "12.50"', 'a number written as text, such as "12.50"')
        number = Decimal(value)
        scale = self.scale(field)
        if number != number.quantize(Decimal(1).scaleb(-min(scale, 28)), ROUND_HALF_UP) if _fits(number) else False:
            return Problem("too_many_decimals", params={"limit": scale, "value": value})
        if not _fits(number) or len(str(abs(int(number)))) + scale > DIGITS:
            return Problem("number_too_long", params={"limit": DIGITS - scale, "value": value})
        return _at_scale(number, scale)

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check the bounds."""
        return bounds(value, setting_number(field, "min"), setting_number(field, "max"))

    def to_json(self, value: object) -> object:
        """Return the number as text, with its trailing zeros."""
        return format(value, "f") if isinstance(value, Decimal) else value

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the number as text."""
        return str(self.to_json(value))

    def from_text(self, text: str, field: Field) -> object:
        """Accept separators of thousands and digits that a spreadsheet shows."""
        return self.coerce(plain_number(text), field)

    def from_expression(self, value: object, field: Field) -> object:
        """Round half up to the scale."""
        return _at_scale(value, self.scale(field)) if isinstance(value, Decimal) else value

    def example(self, field: Field) -> object:
        """Return the lower bound, or one."""
        low = setting_number(field, "min")
        return self.to_json(_at_scale(low if low is not None and low > 1 else Decimal(1), self.scale(field)))


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


def _fits(number: Decimal) -> bool:
    return number.adjusted() < DIGITS


def _at_scale(number: Decimal, scale: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP)
