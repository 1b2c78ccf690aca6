"""Quantities are converted by their declared factor and by nothing else: against fractions, which round nothing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Field
from engine.problems import Problem

FACTORS = ("2.4", "0.001", "1000", "0.3333333", "1.5", "0.0625", "7")
QUANTITY = FIELD_TYPES["quantity"]


def field(factor: str, scale: int) -> Field:
    settings = {"unit": "m3", "units": {"t": factor}, "digits": 38}
    return Field(id="x", name="x", title={"en": "X"}, type="quantity", scale=scale, settings=settings)


def half_up(exact: Fraction, scale: int) -> Decimal:
    units = (abs(exact) * 10**scale * 2 + 1) // 2
    return Decimal(int(units if exact >= 0 else -units)).scaleb(-scale)


@given(
    factor=st.sampled_from(FACTORS),
    scale=st.integers(0, 6),
    number=st.tuples(st.integers(-(10**12), 10**12), st.integers(0, 12)),
)
def test_a_number_of_another_unit_is_its_product_rounded_half_up_once(factor: str, scale: int, number: tuple[int, int]):
    typed = f"{Decimal(number[0]).scaleb(-number[1]):f}"

    found = QUANTITY.coerce({"value": typed, "unit": "t"}, field(factor, scale))

    assert found == half_up(Fraction(typed) * Fraction(factor), scale)


@given(scale=st.integers(0, 6), units=st.integers(-(10**18), 10**18))
def test_a_number_of_its_own_unit_stays_as_it_is(scale: int, units: int):
    typed = f"{Decimal(units).scaleb(-scale):f}"

    found = [QUANTITY.coerce(one, field("2.4", scale)) for one in (typed, {"value": typed, "unit": "m3"})]

    assert found == [Decimal(typed)] * 2


@pytest.mark.parametrize("unit", ["kg", "T", "m2", "m3 ", " t", "吨"])
def test_only_a_declared_unit_is_taken(unit: str):
    found = QUANTITY.coerce({"value": "1", "unit": unit}, field("2.4", 3))

    declared = {"m3": Decimal("1.000"), "t": Decimal("2.400")}
    assert found == declared[unit.strip()] if unit.strip() in declared else isinstance(found, Problem)
