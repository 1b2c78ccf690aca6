"""Amounts of money."""

from engine.definition.field_types.aspects import setting_text
from engine.definition.field_types.decimal import DecimalNumber
from engine.definition.model import Field

_SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "JPY": "JP¥"}


class Money(DecimalNumber):
    """An amount of a currency, to the cent unless the field says otherwise."""

    name = "money"
    title = {"zh-CN": "金额", "en": "Money"}
    docs = {
        "zh-CN": "金额，默认两位小数；currency 为币种（默认 CNY），currency_field 为给出币种的字段。",
        "en": "An amount of money, two digits after the point by default; `currency` defaults to CNY, `currency_field` "
        "is a field that says it.",
    }
    control = "money"
    settings = DecimalNumber.settings | {"currency", "currency_field"}

    def to_print(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the amount with the sign of its currency; without one where a field of the record says it."""
        shown = super().to_print(value, field, language)
        if "currency_field" in field.settings:
            return shown
        currency = setting_text(field, "currency", "CNY")
        sign = _SIGNS.get(currency, f"{currency} ")
        return f"-{sign}{shown[1:]}" if shown.startswith("-") else f"{sign}{shown}"
