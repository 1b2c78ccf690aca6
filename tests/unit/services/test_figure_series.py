"""The period at which an earlier one is shown."""

from datetime import date
from decimal import Decimal

import pytest

from engine.definition.along import Along
from engine.expressions import Bounds
from engine.services.figure_series import asked_along, earlier, later


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


@pytest.mark.parametrize(
    ("period", "before", "year_before"),
    [
        ("2027-01", "2026-12", "2026-01"),
        ("2027-Q1", "2026-Q4", "2026-Q1"),
        ("2027", "2026", "2026"),
        (Decimal(2027), Decimal(2026), Decimal(2026)),
        (date(2024, 2, 29), date(2024, 2, 28), None),
        ("spring", None, None),
    ],
)
def test_earlier_periods(period: object, before: object, year_before: object) -> None:
    assert (earlier(period, "previous_period"), earlier(period, "same_period_last_year")) == (before, year_before)


def test_a_figure_along_time_is_asked_up_to_its_period_or_at_the_one_before() -> None:
    so_far, before = Along("month", "running_total"), Along("month", "previous_period")
    place = {"site": "s", "month": "2026-03"}

    assert asked_along(so_far, place) == {"site": "s", "month": Bounds((("<=", "2026-03"),))}
    assert asked_along(before, place) == {"site": "s", "month": "2026-02"}
    assert (asked_along(so_far, {"site": "s"}), asked_along(before, {"site": "s"})) == ({"site": "s"}, None)
