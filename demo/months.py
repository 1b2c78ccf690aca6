"""The months of the story: as many as asked for, the present one last."""

from datetime import date, timedelta
from random import Random

SUNDAY = 6


class Months:
    """Months by number; 0 is the first. `yesterday` is the last day of the story."""

    def __init__(self, today: date, count: int) -> None:
        self.today = today
        self.yesterday = today - timedelta(days=1)
        self.count = count

    def first(self, number: int) -> date:
        """Return the first day of a month; numbers before and after the story count on."""
        months = self.today.year * 12 + self.today.month - 1 - (self.count - 1) + number
        return date(months // 12, months % 12 + 1, 1)

    def last(self, number: int) -> date:
        """Return the last day of a month."""
        return self.first(number + 1) - timedelta(days=1)

    def day(self, number: int, offset: int) -> date:
        """Return a day of a month, counted from 0; on a Sunday the next one."""
        day = self.first(number) + timedelta(days=offset)
        return day + timedelta(days=1) if day.weekday() == SUNDAY else day

    def before(self, offset: int) -> date:
        """Return a day of the month before the story, in which it is prepared, on Sundays too."""
        return self.first(-1) + timedelta(days=offset)

    def text(self, number: int) -> str:
        """Return a month as fields hold it."""
        return self.first(number).strftime("%Y-%m")

    def working_days(self, number: int) -> list[date]:
        """Return the days of a month on which the site works, as far as they have passed."""
        days = (self.first(number) + timedelta(days=offset) for offset in range(31))
        return [day for day in days if day <= min(self.last(number), self.yesterday) and day.weekday() != SUNDAY]

    def some_days(self, number: int, how_many: int, random: Random) -> list[date]:
        """Return some working days of a month, in order."""
        days = self.working_days(number)
        return sorted(random.sample(days, min(how_many, len(days))))
