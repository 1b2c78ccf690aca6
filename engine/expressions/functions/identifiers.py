"""Numbers with a check: citizens' identity cards, organisations' credit codes, bank cards.

Sources: GB 11643-1999 (identity number, MOD 11-2), GB 32100-2015 (unified social credit code, MOD 31), ISO/IEC 7812-1
(card numbers, Luhn).
"""

import re
from datetime import date
from decimal import Decimal

from engine.expressions.functions.entry import Function, Words, needs

_ID = re.compile("[0-9]{17}[0-9X]", re.ASCII)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_LENGTH = 18
_CARD = re.compile("[0-9]{8,30}", re.ASCII)


def birthday(text: str) -> date | None:
    """IDBIRTHDAY: blank unless the number is a right one."""
    if not _ID.fullmatch(text):
        return None
    check = sum(int(digit) * weight for digit, weight in zip(text, _ID_WEIGHTS, strict=False)) % 11
    if _ID_CHECKS[check] != text[17]:
        return None
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None


def sex(text: str) -> str | None:
    """IDSEX: M or F after the 17th digit; blank unless the number is a right one."""
    return None if birthday(text) is None else "M" if int(text[16]) % 2 else "F"


def is_credit_code(text: str) -> bool:
    """ISCREDITCODE: 18 signs of which the last is the check of those before."""
    if len(text) != _CREDIT_LENGTH or any(sign not in _CREDIT_SIGNS for sign in text):
        return False
    values = [_CREDIT_SIGNS.index(sign) for sign in text]
    return (sum(value * pow(3, at, 31) for at, value in enumerate(values[:17])) + values[17]) % 31 == 0


def is_card_number(text: str) -> bool:
    """LUHN: 8 to 30 digits whose check is right."""
    if not _CARD.fullmatch(text):
        return False
    digits = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(text))]
    return sum(sum(divmod(digit, 10)) for digit in digits) % 10 == 0


def age_of(birth: date, on: date) -> Decimal:
    """AGE: full years; who was born on 29 February is a year older on 1 March of a common year. Negative before birth."""
    years = on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
    return Decimal(years)


_NUMBER = needs(("text", "text"))

FUNCTIONS = (
    Function("ISIDCARD", ("身份证有效",), _NUMBER, "boolean", lambda text: birthday(text) is not None,
             Words("是否有效的 18 位居民身份证号（校验码、日期）", "Whether it is a right identity number of 18 signs: check and date"), ("ISIDCARD('11010519491231002X')", "TRUE")),
    Function("IDBIRTHDAY", ("证件生日",), _NUMBER, "date", birthday,
             Words("身份证号中的出生日期，无效号码为空", "The birthday in an identity number, blank for a wrong one"), ("IDBIRTHDAY('11010519491231002X')", "1949-12-31")),
    Function("IDSEX", ("证件性别",), _NUMBER, "text", sex,
             Words("身份证号中的性别（M 或 F），无效号码为空", "The sex in an identity number (M or F), blank for a wrong one"), ("IDSEX('11010519491231002X')", "F")),
    Function("ISCREDITCODE", ("信用代码有效",), _NUMBER, "boolean", is_credit_code,
             Words("是否有效的统一社会信用代码", "Whether it is a right unified social credit code"), ("ISCREDITCODE('91350100M000100Y43')", "TRUE")),
    Function("LUHN", ("卡号有效",), _NUMBER, "boolean", is_card_number,
             Words("是否校验正确的卡号（8 到 30 位数字）", "Whether 8 to 30 digits end in the right check"), ("LUHN('4539578763621486')", "TRUE")),
    Function("AGE", ("年龄",), needs(("birth", "date"), ("on", "date")), "number", age_of,
             Words("某日的周岁", "Full years on a day"), ("AGE(DATE(2000, 2, 29), DATE(2026, 2, 28))", "25")),
)  # fmt: skip
