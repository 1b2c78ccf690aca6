"""Amounts of money."""

from engine.definition.field_types.decimal import DecimalNumber


class Money(DecimalNumber):
    """An amount of a currency, to the cent unless the field says otherwise."""

    name = "money"
    title = {"zh-CN": "金额", "en": "Money"}
    docs = {
        "zh-CN": "金额，默认两位小数；currency 为币种（默认 CNY）。",
        "en": "An amount of money, two digits after the point by default; `currency` defaults to CNY.",
    }
    control = "money"
    settings = DecimalNumber.settings | {"currency"}
