"""Amounts in capital numerals: a thousand of them, which an implementation that goes digit by digit reads alike."""

from decimal import Decimal

import pytest

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Field
from engine.expressions.errors import ExpressionError
from engine.expressions.functions.capitals import capitals
from tests.conformance.figures import load

VECTORS = load("amounts_in_words")
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


def test_a_thousand_amounts_are_read_alike():
    vectors = VECTORS["vectors"]

    wrong = [one for one in vectors if {capitals(Decimal(one[0])), slowly(Decimal(one[0]))} != {one[1]}]

    assert wrong == []
    assert len({amount for amount, _ in vectors}) == 1000


def test_amounts_at_the_edges_are_read_by_the_rules_for_bills():
    wrong = [
        (amount, words, capitals(Decimal(amount)))
        for amount, words in VECTORS["edges"]
        if capitals(Decimal(amount)) != words
    ]

    assert wrong == []


@pytest.mark.parametrize("amount", VECTORS["too_large"])
def test_an_amount_without_words_is_an_error(amount: str):
    with pytest.raises(ExpressionError) as caught:
        capitals(Decimal(amount))

    assert caught.value.code == "amount_too_large"


def test_the_type_computes_its_words_from_the_number_that_it_names():
    field = Field("x", "x", {}, "capital_amount", settings={"of": "total"})

    assert FIELD_TYPES["capital_amount"].formula_text(field) == "CAPITALS(total)"
