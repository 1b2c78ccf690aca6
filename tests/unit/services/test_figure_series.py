"""The period at which an earlier one is shown."""

from datetime import date
from decimal import Decimal

import pytest

from engine.services.figure_series import later


@pytest.mark.parametrize(
    ("period", "next_one", "next_year"),
    [
        ("2026-12", "2027-01", "2027-12"),
        ("2026-Q4", "2027-Q1", "2027-Q4"),
        ("2026Q1", "2026Q2", "2027Q1"),
        ("2026", "2027", "2027"),
        (Decimal(2026), Decimal(2027), Decimal(2027)),
        (date(2024, 2, 29), date(2024, 3, 1), None),
        ("spring", None, None),
        (None, None, None),
    ],
)
def test_later_periods(period: object, next_one: object, next_year: object) -> None:
    assert (later(period, "previous_period"), later(period, "same_period_last_year")) == (next_one, next_year)
