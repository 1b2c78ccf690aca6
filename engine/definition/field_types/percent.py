"""Shares of a hundred, kept as fractions."""

from decimal import Decimal

from engine.definition.field_types.decimal import DecimalNumber, plain_number, times
from engine.definition.model import Field

_HUNDRED, _HUNDREDTH = Decimal(100), Decimal("0.01")


class Percent(DecimalNumber):
    """A fraction that is shown as a percentage: 0.15 is 15 %."""

    name = "percent"
    title = {"zh-CN": "百分比", "en": "Percent"}
    docs = {
        "zh-CN": '以小数保存的百分比："0.15" 显示为 15 %；默认四位小数。',
        "en": 'A fraction shown as a percentage: "0.15" is 15 %; four digits after the point by default.',
    }
    control = "percent"
    default_scale = 4

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the percentage with its sign."""
        shown = format(times(Decimal(str(value)), _HUNDRED), "f")
        return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown}%"

    def to_print(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the same as in a cell."""
        return self.to_text(value, field, language)

    def from_text(self, text: str, field: Field) -> object:
        """Accept `15%` and `0.15`."""
        bare = text.strip().replace("％", "%")
        if not bare.endswith("%"):
            return super().from_text(bare, field)
        plain = plain_number(bare[:-1])
        if not plain.isascii() or not plain.lstrip("-").replace(".", "", 1).isdecimal() or len(plain) > 60:
            return self.coerce(bare, field)
        return self.coerce(f"{times(Decimal(plain), _HUNDREDTH):f}", field)
