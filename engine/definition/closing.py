"""Periods of a ledger that people close: what a day's period is called, when it begins, and which one comes next."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Grain = Literal["month", "quarter", "year"]
ReversalInClosed = Literal["refuse", "next_open"]

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_NAME = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Closing:
    """Which field of an entry says its day, how long a period is, and whose books are closed one by one.

    A period is closed with all those before it. `first_day` is the day of the month on which a period begins: with 26, the
    month 2026-03 runs from 26 February to 25 March. `by` is a reference of the ledger: each record has its own closings.
    `period` is the field that holds the period's name. `reversal` says what becomes of the reverse of an entry in a closed
    period: it is refused, or it lands on the first day of the next open one.
    """

    day: str
    every: Grain = "month"
    first_day: int = 1
    by: str = ""
    period: str = ""
    reversal: ReversalInClosed = "refuse"

    def name_of(self, day: date) -> str:
        """Return the period of a day: 2026-03, 2026-Q1, 2026. Names of one grain sort as time does."""
        shifted = day.year * 12 + day.month - 1 + (1 if self.first_day > 1 and day.day >= self.first_day else 0)
        return self._named(shifted // _MONTHS[self.every])

    def first_of(self, name: str) -> date:
        """Return the first day of a period."""
        month = self._number(name) * _MONTHS[self.every]
        first = date(month // 12, month % 12 + 1, 1)
        if self.first_day == 1:
            return first
        return (first - timedelta(days=1)).replace(day=self.first_day)

    def last_of(self, name: str) -> date:
        """Return the last day of a period."""
        return self.first_of(self.after(name)) - timedelta(days=1)

    def after(self, name: str) -> str:
        """Return the next period."""
        return self._named(self._number(name) + 1)

    def before(self, name: str) -> str:
        """Return the period before."""
        return self._named(self._number(name) - 1)

    def is_name(self, name: str) -> bool:
        """Say whether a text names a period of this grain."""
        try:
            return self._named(self._number(name)) == name and name[:4] > "0001"
        except ValueError:
            return False

    def _named(self, number: int) -> str:
        year, part = divmod(number, 12 // _MONTHS[self.every])
        tails = {"month": f"-{part + 1:02}", "quarter": f"-Q{part + 1}", "year": ""}
        return f"{year:04}{tails[self.every]}"

    def _number(self, name: str) -> int:
        matched = _NAME.fullmatch(name)
        if matched is None:
            raise ValueError(name)
        year, quarter, month = matched.groups()
        return int(year) * (12 // _MONTHS[self.every]) + int(quarter or month or 1) - 1
