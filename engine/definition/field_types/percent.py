"""Shares of a hundred, kept as fractions."""

from decimal import Decimal

from engine.definition.field_types.decimal import DecimalNumber, plain_number
from engine.definition.model import Field


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
        return f"{(Decimal(str(value)) * 100).normalize():f}%"

    def from_text(self, text: str, field: Field) -> object:
        """Accept `15%` and `0.15`."""
        bare = text.strip().replace("％", "%")
        if not bare.endswith("%"):
            return super().from_text(bare, field)
        plain = plain_number(bare[:-1])
        if not plain.lstrip("-").replace(".", "", 1).isdecimal():
            return self.coerce(bare, field)
        return self.coerce(f"{Decimal(plain) / 100:f}", field)
