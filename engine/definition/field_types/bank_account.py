"""Numbers of accounts at banks."""

import re

from engine.definition.field_types.aspects import malformed
from engine.definition.field_types.checksums import is_luhn
from engine.definition.field_types.masks import masked
from engine.definition.field_types.text import GUARDS, Text
from engine.definition.model import Field
from engine.problems import Problem

_ACCOUNT = re.compile(r"[0-9]{8,30}\Z", re.ASCII)


class BankAccount(Text):
    """The digits of an account; shown in groups of four."""

    name = "bank_account"
    title = {"zh-CN": "银行账号", "en": "Bank account"}
    docs = {
        "zh-CN": "银行账号，8 至 30 位数字，四位一组显示；luhn 为 true 时按 Luhn 算法校验。",
        "en": "8 to 30 digits, shown in groups of four; with `luhn` the last one is checked.",
    }
    control = "bank_account"
    settings = GUARDS | {"luhn"}
    keywords = frozenset()
    longest = 30

    def coerce(self, value: object, field: Field) -> object:
        """Accept digits with spaces and hyphens."""
        text = super().coerce(value, field)
        if not isinstance(text, str):
            return text
        bare = re.sub(r"[\s-]", "", text)
        return bare if _ACCOUNT.match(bare) else malformed(text, "8 至 30 位数字", "8 to 30 digits")

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check the last digit where that is asked for."""
        wrong = field.settings.get("luhn") is True and not is_luhn(str(value))
        return (malformed(value, "校验位正确的卡号", "a card number with a right check digit"),) if wrong else ()

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return groups of four."""
        digits = str(value)
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))

    def to_filter(self, value: object, field: Field, operator: str) -> object:
        """Take a part of a number without its spaces."""
        part = operator in ("contains", "starts_with") and isinstance(value, str)
        return re.sub(r"[\s-]", "", str(value)) if part else self.coerce(value, field)

    def mask(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Leave the last four digits, unless the field says otherwise."""
        return masked(str(value), str(field.settings.get("mask", "bank")))

    def example(self, field: Field) -> object:
        """Return a number."""
        return "6222021234567894" if is_luhn("6222021234567894") else "4111111111111111"
