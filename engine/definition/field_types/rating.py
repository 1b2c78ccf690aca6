"""Stars."""

from decimal import Decimal
from typing import ClassVar

from engine.definition.field_types.aspects import setting_number
from engine.definition.field_types.decimal import bounds
from engine.definition.field_types.integer import Integer
from engine.definition.model import Field
from engine.problems import Problem

_MOST = Decimal(5)


class Rating(Integer):
    """A whole number from one star to `max`."""

    name = "rating"
    title = {"zh-CN": "评分", "en": "Rating"}
    docs = {"zh-CN": "从 1 到 max（默认 5）的评分。", "en": "Stars, from 1 to `max` (5 by default)."}
    control = "rating"
    controls: ClassVar[tuple[str, ...]] = ()
    settings = frozenset({"max"})
    keywords = frozenset()

    def json_form(self, field: Field) -> dict[str, object]:
        """Return a whole number within its bounds."""
        return {"type": "integer", "minimum": 1, "maximum": int(self._most(field))}

    def setting_problems(self, field: Field) -> tuple[Problem, ...]:
        """Check that there are from two to twenty stars."""
        most = self._most(field)
        sound = most == most.to_integral_value() and 2 <= most <= 20
        return () if sound else (Problem("setting_value", "/max", {"value": str(most), "allowed": ["2", "20"]}),)

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check the bounds."""
        return bounds(value, Decimal(1), self._most(field))

    def meta(self, field: Field) -> dict[str, object]:
        """Tell how many stars there are."""
        return {"max": str(self._most(field))}

    def example(self, field: Field) -> object:
        """Return one star."""
        return 1

    def _most(self, field: Field) -> Decimal:
        return setting_number(field, "max") or _MOST
