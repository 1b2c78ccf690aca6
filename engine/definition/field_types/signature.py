"""Signatures drawn by hand."""

from engine.definition.field_types.aspects import whole
from engine.definition.field_types.image import Image
from engine.definition.model import Field
from engine.problems import Problem


class Signature(Image):
    """One picture, drawn on a pad."""

    name = "signature"
    title = {"zh-CN": "签名", "en": "Signature"}
    docs = {
        "zh-CN": "手写签名，保存为一张 PNG 图片（写法与图片相同，只有一张）。",
        "en": "A signature drawn by hand: one PNG, written like an image.",
    }
    control = "signature"
    told = False
    settings = frozenset({"max_size"})
    keywords = frozenset({"items"})

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check the file, and that there is only one."""
        found, count = super().problems(value, field), len(value) if isinstance(value, list) else 0
        return found + ((Problem("too_many_items", params={"limit": 1, "count": count}),) if count > 1 else ())

    def accepted(self, field: Field) -> tuple[str, ...]:
        """Return what a pad draws."""
        return ("image/png", ".png")

    def meta(self, field: Field) -> dict[str, object]:
        """Tell that there is one."""
        size = whole(field, "max_size")
        return {"max_count": 1, "accept": ["image/png"]} | ({"max_size": size} if size else {})
