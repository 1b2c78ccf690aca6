"""Amounts written in Chinese capital numerals."""

from engine.definition.field_types.aspects import setting_text
from engine.definition.field_types.text import Text
from engine.definition.model import Field


class CapitalAmount(Text):
    """The words of a number of the same record, as they stand on bills; computed and stored."""

    name = "capital_amount"
    title = {"zh-CN": "大写金额", "en": "Amount in words"}
    docs = {
        "zh-CN": "由 of 所指的数值算出的大写金额，如 “壹佰元整”；计算并保存。",
        "en": "The number at `of` in Chinese capital numerals; computed and stored.",
    }
    control = "capital_amount"
    settings = frozenset({"of"})
    keywords = frozenset()
    needed = frozenset({"of"})
    made = True
    worded = False
    longest = 120

    def json_form(self, field: Field) -> dict[str, object]:
        """Return text that is only read."""
        return {"type": "string", "readOnly": True}

    def formula_text(self, field: Field) -> str:
        """Return the words of the number at `of`."""
        source = setting_text(field, "of")
        return f"CAPITALS({source})" if source else ""

    def example(self, field: Field) -> object:
        """Return an amount."""
        return "壹佰元整"
