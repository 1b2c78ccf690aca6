"""Long sums and numbers with check digits, here and in the browser's tests alike."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest

from engine.definition.field_types.checksums import is_credit_code, is_ean13, is_id_card, is_luhn
from engine.expressions import Compiled, Environment, Scope, compile_expression, evaluate
from engine.expressions.types import NUMBER, ListOf
from tests.conformance.figures import load, long_numbers

CHECKS: dict[str, Callable[[str], bool]] = {
    "id_card": is_id_card, "credit_code": is_credit_code, "luhn": is_luhn, "ean13": is_ean13,
}  # fmt: skip
SIGNS = {
    "id_card": "0123456789",
    "credit_code": "0123456789ABCDEFGHJKLMNPQRTUWXY",
    "luhn": "0123456789",
    "ean13": "0123456789",
}


def test_ten_thousand_decimals_of_28_digits_come_to_the_last_digit():
    told, numbers = load("long_sum"), list(long_numbers())
    compiled = compile_expression("SUM(amounts)", Scope({"amounts": ListOf(NUMBER)}, {}, {}, None))
    assert isinstance(compiled, Compiled)

    found = evaluate(compiled, Environment(values={"amounts": numbers}))

    assert (str(min(numbers)), str(max(numbers))) == (told["least"], told["greatest"])
    assert f"{found:f}" == told["sum"]
    assert sum(len(number.as_tuple().digits) == 28 for number in numbers) > 8_000


@pytest.mark.parametrize("kind", CHECKS)
def test_right_numbers_are_known_from_wrong_ones(kind: str):
    told, is_right = load("check_digits")[kind], CHECKS[kind]

    refused = [number for number in told["right"] if not is_right(number)]
    passed = [number for number in told["wrong"] if is_right(number)]

    assert (refused, passed) == ([], [])
    assert len(told["right"]) >= 60


@pytest.mark.parametrize("kind", CHECKS)
def test_no_single_wrong_sign_goes_unseen(kind: str):
    is_right, numbers = CHECKS[kind], load("check_digits")[kind]["right"][:30]

    unseen = [
        wrong
        for number in numbers
        for place, sign in enumerate(number[:-1])
        for other in SIGNS[kind]
        if other != sign and is_right(wrong := number[:place] + other + number[place + 1 :])
    ]

    assert unseen == []


@pytest.mark.parametrize("kind", ["id_card", "credit_code"])
def test_no_two_neighbours_change_places_unseen(kind: str):
    is_right, numbers = CHECKS[kind], load("check_digits")[kind]["right"]

    unseen = [
        number
        for number in numbers
        for place, (one, other) in enumerate(pairwise(number[:-1]))
        if one != other and is_right(number[:place] + other + one + number[place + 2 :])
    ]

    assert unseen == []


def test_a_sum_of_decimals_needs_no_order():
    numbers = list(long_numbers())
    compiled = compile_expression("SUM(amounts)", Scope({"amounts": ListOf(NUMBER)}, {}, {}, None))
    assert isinstance(compiled, Compiled)

    sums = {
        evaluate(compiled, Environment(values={"amounts": given}))
        for given in (numbers, sorted(numbers), numbers[::-1])
    }

    assert sums == {Decimal(load("long_sum")["sum"])}
