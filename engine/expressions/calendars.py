"""Calendars of working days: data with years, never a guess.

A calendar says which days of the week are worked and which dates differ, for the years that it covers. A question about any
other year has no answer: public holidays are announced year by year, and Monday to Friday would be wrong in silence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import takewhile

from engine.expressions.errors import ExpressionError

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """`week` are the working days of the week (1 is Monday), `exceptions` the dates that differ (True for worked).

    It covers the years `first` to `last`, both included.
    """

    name: str
    week: frozenset[int]
    exceptions: Mapping[date, bool]
    first: int
    last: int
    _differing: tuple[date, ...] = field(init=False, default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        """Keep the differing dates in order."""
        object.__setattr__(self, "_differing", tuple(sorted(self.exceptions)))

    def works(self, day: date) -> bool:
        """Return whether a day is worked. Raises ExpressionError("calendar_year_missing")."""
        self._cover(day)
        return self.exceptions.get(day, day.isoweekday() in self.week)

    def count(self, start: date, end: date) -> int:
        """Return the working days from start to end, both included; 0 if the end comes before the start."""
        self._cover(start)
        self._cover(end)
        days = (end - start).days + 1
        if days <= 0:
            return 0
        weeks, rest = divmod(days, 7)
        tail = sum((start.isoweekday() - 1 + step) % 7 + 1 in self.week for step in range(rest))
        listed = (day for day in takewhile(lambda day: day <= end, self._differing) if day >= start)
        moved = sum(int(self.exceptions[day]) - int(day.isoweekday() in self.week) for day in listed)
        return weeks * len(self.week) + tail + moved

    def add(self, start: date, days: int) -> date:
        """Return the working day that is so many after (before, if negative) a day that is not counted; 0 is the day itself."""
        step, day = (_DAY if days > 0 else -_DAY), start
        for _ in range(abs(days)):
            day = self.next(_moved(day, step), step)
        return day

    def next(self, day: date, step: timedelta = _DAY) -> date:
        """Return the first working day from a day on, the day included."""
        while not self.works(day):
            day = _moved(day, step)
        return day

    def _cover(self, day: date) -> None:
        if not self.first <= day.year <= self.last:
            params = {"name": self.name, "year": day.year, "first": self.first, "last": self.last}
            raise ExpressionError("calendar_year_missing", params)


def _moved(day: date, step: timedelta) -> date:
    """Return the day beside. Raises ExpressionError("bad_date") at either end of the years 1 to 9999."""
    try:
        return day + step
    except OverflowError:
        raise ExpressionError("bad_date", {"value": day.isoformat()}) from None


def found(port: Callable[[str], WorkCalendar | None], key: str) -> WorkCalendar:
    """Return the calendar of a record. Raises ExpressionError("unknown_calendar")."""
    calendar = port(key)
    if calendar is None:
        raise ExpressionError("unknown_calendar", {"name": key})
    return calendar
