"""Check digits: the rules by which a mistyped number is found out."""

import re
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_MARKS = "10X98765432"
_ID_CARD = re.compile(r"[1-9][0-9]{16}[0-9X]\Z", re.ASCII)
_CREDIT_MARKS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CREDIT_CODE = re.compile(rf"[{_CREDIT_MARKS}]{{18}}\Z", re.ASCII)


def is_id_card(text: str) -> bool:
    """Say whether a text is a citizen's number of 18 places: a day of birth that exists and its check digit.

    Source: GB 11643-1999, ISO 7064 MOD 11-2.
    """
    if not _ID_CARD.match(text) or not _is_day(text[6:14]):
        return False
    return text[17] == _ID_MARKS[sum(int(d) * w for d, w in zip(text, _ID_WEIGHTS, strict=False)) % 11]


def is_credit_code(text: str) -> bool:
    """Say whether a text is a unified social credit code. Source: GB 32100-2015, ISO 7064 MOD 31 with weights 3^n."""
    if not _CREDIT_CODE.match(text):
        return False
    total = sum(_CREDIT_MARKS.index(mark) * weight for mark, weight in zip(text, _CREDIT_WEIGHTS, strict=False))
    return text[17] == _CREDIT_MARKS[-total % 31]


def is_luhn(digits: str) -> bool:
    """Say whether digits end with their Luhn digit. Source: ISO/IEC 7812-1, annex B."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return digits.isascii() and digits.isdigit() and sum(n - 9 * (n > 9) for n in doubled) % 10 == 0


def is_ean13(digits: str) -> bool:
    """Say whether 13 digits end with their check digit. Source: GS1 General Specifications, 7.9."""
    if not re.match(r"[0-9]{13}\Z", digits, re.ASCII):
        return False
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0


def _is_day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1800
    except ValueError:
        return False
