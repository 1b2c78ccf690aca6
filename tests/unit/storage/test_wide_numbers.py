"""Long numbers as text: the order of the texts is that of the numbers."""

from hypothesis import given
from hypothesis import strategies as st

from engine.storage.wide_numbers import from_sortable, to_sortable

UNITS = st.integers(-(10**38) + 1, 10**38 - 1)


@given(UNITS)
def test_a_number_comes_back(units: int):
    assert from_sortable(to_sortable(units)) == units


@given(UNITS, UNITS)
def test_texts_are_in_the_order_of_numbers(one: int, other: int):
    assert (to_sortable(one) < to_sortable(other)) == (one < other)
    assert (to_sortable(one) == to_sortable(other)) == (one == other)
