"""The calendars of working days that formulas ask, each read once in a use case."""

from engine.expressions import WorkCalendar
from engine.services.work import Work
from engine.storage.calendars import calendars_of


def calendar(work: Work, key: str) -> WorkCalendar | None:
    """Return the calendar that a record holds, None where the record holds none."""
    place = ("calendar", key)
    if place not in work.memo:
        work.memo[place] = calendars_of(work.tx, work.tables, [key]).get(key)
    found = work.memo[place]
    return found if isinstance(found, WorkCalendar) else None
