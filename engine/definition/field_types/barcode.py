"""What is read by a scanner."""

import re

from engine.definition.field_types.aspects import malformed, setting_text
from engine.definition.field_types.checksums import is_ean13
from engine.definition.field_types.text import Text
from engine.definition.model import Field
from engine.problems import Problem

_CODE128 = re.compile(r"[\x20-\x7e]{1,80}\Z")


class Barcode(Text):
    """The text of a code, scanned or typed."""

    name = "barcode"
    title = {"zh-CN": "条码", "en": "Barcode"}
    docs = {
        "zh-CN": "扫描或输入的条码；symbology 为码制 qr（默认）、code128 或 ean13（校验末位）。",
        "en": "A code that is scanned or typed; `symbology` is qr (the default), code128, or ean13 with its check digit.",
    }
    control = "barcode"
    settings = frozenset({"symbology"})
    keywords = frozenset({"maxLength"})
    longest = 1000

    def coerce(self, value: object, field: Field) -> object:
        """Accept text without spaces around it."""
        return super().coerce(value.strip() if isinstance(value, str) else value, field)

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check that its symbology can write it."""
        text, kind = str(value), setting_text(field, "symbology", "qr")
        if kind == "ean13" and not is_ean13(text):
            return (malformed(text, "13 位商品条码", "13 digits with a right check digit"),)
        if kind == "code128" and not _CODE128.match(text):
            return (malformed(text, "80 个以内的字母、数字和符号", "at most 80 letters, digits and signs of ASCII"),)
        return super().problems(value, field)

    def meta(self, field: Field) -> dict[str, object]:
        """Tell the symbology."""
        return {"symbology": setting_text(field, "symbology", "qr")}

    def example(self, field: Field) -> object:
        """Return a code."""
        return "6901234567892"
