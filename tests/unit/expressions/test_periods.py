"""Arithmetic of months and periods, against a walk through the calendar day by day."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.expressions.functions.periods import PERIODS, end_of, months_between, name_of, overlap, start_of

FIRST = date(2023, 12, 25)
DAYS = [FIRST + timedelta(days=at) for at in range(2 * 366)]
"""From a Monday on, with a leap year and the turns of three years, one of which cuts an ISO week."""


def half(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 6


WITHIN = {
    "week": lambda day: (day - FIRST).days // 7,
    "month": lambda day: (day.year, day.month),
    "quarter": lambda day: (day.year, (day.month - 1) // 3),
    "half": half,
    "year": lambda day: day.year,
}
SPANS = st.tuples(st.sampled_from(DAYS), st.integers(-5, 90)).map(
    lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))
)


@pytest.mark.parametrize("period", PERIODS)
def test_every_day_lies_in_its_period_and_each_has_a_name_of_its_own(period: str):
    whole = [list(days) for _, days in groupby(DAYS, WITHIN[period])][1:-1]

    wrong = [
        day for days in whole for day in days if (start_of(day, period), end_of(day, period)) != (days[0], days[-1])
    ]
    names = [{name_of(day, period) for day in days} for days in whole]

    assert wrong == []
    assert all(len(one) == 1 for one in names)
    assert len(set.union(*names)) == len(whole)
    assert sorted(set.union(*names)) == [name for one in names for name in one]


@given(start=st.sampled_from(DAYS), end=st.sampled_from(DAYS))
def test_whole_months_are_as_many_as_one_can_go_without_passing_the_end(start: date, end: date):
    first, last = sorted((start, end))

    # A month is full when its day comes again; where there is no such day, only with the next month.
    walked = sum(
        1
        for day in (first + timedelta(days=at) for at in range(1, (last - first).days + 1))
        if day.day == first.day or (day.day == 1 and (day - timedelta(days=1)).day < first.day)
    )

    assert abs(months_between(end, start)) == walked
    assert months_between(end, start) == -months_between(start, end)


@given(one=SPANS, other=SPANS)
def test_the_days_that_two_spans_share_are_counted(one: tuple[date, date], other: tuple[date, date]):
    shared = [
        day
        for day in DAYS + [DAYS[-1] + timedelta(days=at) for at in range(1, 100)]
        if one[0] <= day <= one[1] and other[0] <= day <= other[1]
    ]

    assert overlap(*one, *other) == Decimal(len(shared))
