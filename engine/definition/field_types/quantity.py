"""Numbers of a unit, converted only by what is declared."""

import re
from decimal import Decimal
from typing import ClassVar

from engine.definition.field_types.aspects import setting_text
from engine.definition.field_types.decimal import DecimalNumber, at_scale, plain_number, times
from engine.definition.model import Field
from engine.problems import Problem

_WRITTEN = re.compile(r"\s*([+-]?[0-9.,，]+)\s*(.*?)\s*\Z", re.ASCII)


class Quantity(DecimalNumber):
    """A number of `unit`. Typed in another declared unit, it is converted and rounded half up to the scale."""

    name = "quantity"
    title = {"zh-CN": "数量", "en": "Quantity"}
    docs = {
        "zh-CN": '带单位的数量，按 unit 保存；units 声明其他单位的换算系数，可写 {"value": "2", "unit": "t"}。',
        "en": 'A number of `unit`; `units` declares the factor of others, which may be sent as {"value": "2", "unit": "t"}.',
    }
    control = "quantity"
    controls: ClassVar[tuple[str, ...]] = ()
    settings = DecimalNumber.settings | {"units"}

    def json_form(self, field: Field) -> dict[str, object]:
        """Return the number as text."""
        return {"type": "string", "format": "decimal"}

    def coerce(self, value: object, field: Field) -> object:
        """Accept a number of the field's unit, or one with a unit that is declared."""
        if not isinstance(value, dict):
            return super().coerce(value, field)
        if set(value) != {"value", "unit"} or not isinstance(value["unit"], str):
            return super().coerce(None, field)
        return self._of(value["value"], value["unit"].strip(), field)

    def _of(self, value: object, unit: str, field: Field) -> object:
        if unit in ("", setting_text(field, "unit")):
            return super().coerce(value, field)
        units = field.settings.get("units")
        factor = units.get(unit) if isinstance(units, dict) else None
        if factor is None:
            known = [setting_text(field, "unit"), *(units if isinstance(units, dict) else ())]
            return Problem("unknown_unit", params={"unit": unit[:40], "units": [one for one in known if one]})
        # As precise as it was typed: what the factor makes of it is rounded, not what stands there.
        number = super().coerce(value, _fine(field))
        if isinstance(number, Decimal):
            product = at_scale(times(number, Decimal(str(factor))), self.scale(field))
            return super().coerce(format(product, "f"), field)
        return number

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the number with its unit."""
        return f"{self.to_json(value)} {setting_text(field, 'unit')}".strip()

    def from_text(self, text: str, field: Field) -> object:
        """Accept `12.5`, `12.5 m` and `3 t`."""
        found = _WRITTEN.match(text)
        return self._of(plain_number(found[1]), found[2], field) if found else super().coerce(text, field)

    def to_filter(self, value: object, field: Field, operator: str) -> object:
        """Take a bound in any declared unit."""
        return self.coerce(value, field) if isinstance(value, dict) else super().to_filter(value, field, operator)


def _fine(field: Field) -> Field:
    return Field(id=field.id, name=field.name, title=field.title, type=field.type, scale=12, settings={"digits": 38})
