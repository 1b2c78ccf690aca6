"""Whole numbers."""

from decimal import ROUND_HALF_UP, Decimal
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
from engine.definition.field_types.decimal import bounds, plain_number
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field
from engine.expressions import NUMBER, Type
from engine.problems import Problem

LARGEST = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly (RFC 8259, section 6)."""


class Integer(FieldType):
    """A whole number."""

    name = "integer"
    title = {"zh-CN": "整数", "en": "Integer"}
    docs = {"zh-CN": "整数，以 JSON 数字传输。", "en": "A whole number, sent as a JSON number."}
    control = "integer"
    json_type = "integer"
    controls: ClassVar[tuple[str, ...]] = ("slider",)
    settings = frozenset({"min", "max", "unit", "step"})
    keywords = frozenset({"minimum", "maximum"})
    operators = ORDER
    functions = NUMBERS
    computable = True

    def json_form(self, field: Field) -> dict[str, object]:
        """Return an integer with the field's bounds."""
        return {"type": "integer"} | {key: field.schema[key] for key in ("minimum", "maximum") if key in field.schema}

    def expression_type(self, owner: str, to: str) -> Type:
        """Return number."""
        return NUMBER

    def column(self, field: Field) -> ColumnKind:
        """Store as an integer."""
        return ColumnKind("integer")

    def coerce(self, value: object, field: Field) -> object:
        """Accept an int; a bool is none."""
        if not isinstance(value, int) or isinstance(value, bool):
            return wrong_type("整数", "a whole number")
        if abs(value) > LARGEST:
            return Problem("number_too_long", params={"limit": len(str(LARGEST)), "value": str(value)[:40]})
        return value

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check the bounds."""
        return bounds(value, _bound(field, "minimum", "min"), _bound(field, "maximum", "max"))

    def to_print(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the number with its unit."""
        return f"{value:,} {setting_text(field, 'unit')}".strip() if isinstance(value, int) else str(value)

    def from_text(self, text: str, field: Field) -> object:
        """Accept separators of thousands and `12.0`."""
        head, _, tail = plain_number(text).partition(".")
        digits = head.removeprefix("-")
        if not digits.isdecimal() or len(digits) > 20 or tail.strip("0"):
            return wrong_type("整数", "a whole number")
        return self.coerce(int(head), field)

    def from_expression(self, value: object, field: Field) -> object:
        """Round half up."""
        return int(value.to_integral_value(ROUND_HALF_UP)) if isinstance(value, Decimal) else value

    def example(self, field: Field) -> object:
        """Return the lower bound, or one."""
        low = _bound(field, "minimum", "min")
        return int(low) if low is not None and low > 1 else 1


def _bound(field: Field, keyword: str, setting: str) -> Decimal | None:
    value = whole(field, keyword)
    return Decimal(value) if value is not None else setting_number(field, setting)
