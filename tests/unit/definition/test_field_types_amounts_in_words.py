"""Amounts in capital numerals: a thousand of them against an implementation that goes digit by digit."""

from decimal import Decimal
from random import Random

import pytest

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Field
from engine.expressions.functions.capitals import capitals

_DIGITS, _PLACES = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")


def slowly(amount: Decimal) -> str:
    """Return the words by the rules for bills: groups of four digits, one 零 for any zeros in a gap, 整 without 角 and 分."""
    units = int((abs(amount) * 100).to_integral_value())
    whole, tenths, cents = units // 100, units // 10 % 10, units % 10
    said, gap = "", False
    digits = str(whole)
    for place, digit in enumerate(digits):
        power = len(digits) - 1 - place
        if digit == "0":
            gap = True
        else:
            said += ("零" if gap and said else "") + _DIGITS[int(digit)] + _PLACES[power % 4]
            gap = False
        group = int(digits[max(0, place - 3) : place + 1]) if power % 4 == 0 else 0
        if power in (4, 12) and group:
            said, gap = f"{said}万", False
        elif power == 8 and int(digits[: place + 1]):
            # Zeros before a full group need no 零 (the rules leave it open); a group without thousands has its own.
            said, gap = f"{said}亿", False
    text = f"{said}元" if whole or not units else ""
    text = text if whole or units else "零元"
    tail = (f"{_DIGITS[tenths]}角" if tenths else "零" if cents and whole else "") + (
        f"{_DIGITS[cents]}分" if cents else ""
    )
    return ("负" if amount < 0 and units else "") + text + (tail or "整")


def amounts() -> list[Decimal]:
    random = Random(20260302)  # the same amounts each time
    found = [Decimal(random.randrange(0, 10 ** random.randint(1, 17))).scaleb(-2) for _ in range(900)]
    zeros = [
        Decimal(int("".join(random.choice("0001") for _ in range(random.randint(1, 17))))).scaleb(-2)
        for _ in range(100)
    ]
    return found + zeros


@pytest.mark.parametrize("amount", [amounts()[at : at + 100] for at in range(0, 1000, 100)], ids=range(10))
def test_a_thousand_amounts_are_read_alike(amount: list[Decimal]):
    wrong = [(one, capitals(one), slowly(one)) for one in amount if capitals(one) != slowly(one)]

    assert wrong == []


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("100000000", "壹亿元整"),
        ("-16409.02", "负壹万陆仟肆佰零玖元零贰分"),
    ],
)
def test_amounts_of_the_rules_for_bills(amount: str, words: str):
    assert capitals(Decimal(amount)) == words


def test_the_type_computes_its_words_from_the_number_that_it_names():
    field = Field("x", "x", {}, "capital_amount", settings={"of": "total"})

    assert FIELD_TYPES["capital_amount"].formula_text(field) == "CAPITALS(total)"
