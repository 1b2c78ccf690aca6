"""Amounts in Chinese capital numerals, as they are written on bills.

Source: the rules for writing amounts on bills (正确填写票据的基本规定), with 整 only where
neither 角 nor 分 follows.
"""

from decimal import Decimal

from engine.expressions.arithmetic import plain, to_units
from engine.expressions.errors import ExpressionError

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))
_LIMIT = 10**16


def capitals(amount: Decimal) -> str:
    """Return the amount, rounded half up to 0.01. Raises ExpressionError("amount_too_large") from 10^16."""
    units = to_units(amount, 2)
    whole, hundredths = divmod(abs(units), 100)
    if whole >= _LIMIT:
        raise ExpressionError("amount_too_large", {"value": plain(amount)})
    text = f"{_read(whole)}元" if whole or not hundredths else ""
    text += _fraction(hundredths, after_whole=bool(text))
    return f"负{text}" if units < 0 else text


def _read(value: int) -> str:
    for unit, name in _UNITS:
        if value >= unit:
            high, low = divmod(value, unit)
            gap = _DIGITS[0] if 0 < low < unit // 10 else ""
            return _read(high) + name + gap + (_read(low) if low else "")
    return _DIGITS[value]


def _fraction(hundredths: int, *, after_whole: bool) -> str:
    tenths, rest = divmod(hundredths, 10)
    if not hundredths:
        return "整"
    text = f"{_DIGITS[tenths]}角" if tenths else (_DIGITS[0] if after_whole else "")
    return text + (f"{_DIGITS[rest]}分" if rest else "")
