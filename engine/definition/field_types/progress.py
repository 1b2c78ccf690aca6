"""How much is done."""

from decimal import Decimal
from typing import ClassVar

from engine.definition.field_types.percent import Percent
from engine.definition.model import Field


class Progress(Percent):
    """A percentage from nothing to all of it, kept as a fraction like every percentage."""

    name = "progress"
    title = {"zh-CN": "进度", "en": "Progress"}
    docs = {
        "zh-CN": '进度，与百分比一样以小数保存："0.4" 显示为 40 %，从 0 到 100 %。',
        "en": 'How much is done, kept as a fraction like a percentage: "0.4" is 40 %; from 0 to 100 %.',
    }
    control = "progress"
    controls: ClassVar[tuple[str, ...]] = ("slider",)
    settings = frozenset({"scale", "step"})

    def low(self, field: Field) -> Decimal | None:
        """Return nothing done."""
        return Decimal(0)

    def high(self, field: Field) -> Decimal | None:
        """Return all done."""
        return Decimal(1)

    def meta(self, field: Field) -> dict[str, object]:
        """Tell the bounds."""
        return super().meta(field) | {"min": "0", "max": "1"}
