"""Unified social credit codes of organisations."""

from engine.definition.field_types.aspects import malformed
from engine.definition.field_types.checksums import is_credit_code
from engine.definition.field_types.text import Text
from engine.definition.model import Field
from engine.problems import Problem


class CreditCode(Text):
    """A code of 18 places with its check digit (GB 32100), in capitals."""

    name = "credit_code"
    title = {"zh-CN": "统一社会信用代码", "en": "Credit code"}
    docs = {
        "zh-CN": "统一社会信用代码，18 位，按 GB 32100 校验。",
        "en": "The unified social credit code of an organisation: 18 places, checked by GB 32100.",
    }
    control = "credit_code"
    keywords = frozenset()
    longest = 18

    def coerce(self, value: object, field: Field) -> object:
        """Accept it with spaces and in small letters."""
        text = super().coerce(value, field)
        return "".join(text.split()).upper() or None if isinstance(text, str) else text

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check its check digit."""
        words = ("18 位统一社会信用代码", "a unified social credit code of 18 places")
        return () if is_credit_code(str(value)) else (malformed(value, *words),)

    def example(self, field: Field) -> object:
        """Return a code."""
        return "91350100M000100Y43"
