"""When automations by the clock are due: pure reckoning with local days, so that months of any length and clock changes come out right.

A moment that a clock change leaves out is taken as if the clock had not been changed (it is due by the difference later); one
that comes twice is due the first time only.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

from engine.definition.automations import Trigger


def next_moment(trigger: Trigger, after: datetime, zone: tzinfo) -> datetime:
    """Return the first moment (UTC) of a schedule that is later than `after` (aware)."""
    return next(moment for moment in _moments(trigger, after.astimezone(zone).date(), zone) if moment > after)


def date_moment(trigger: Trigger, on: date, zone: tzinfo) -> datetime | None:
    """Return the moment (UTC) at which a date of a record is due; None beyond the end of the calendar."""
    try:
        return _local(trigger, on + timedelta(days=trigger.days), zone)
    except OverflowError:
        return None


def _moments(trigger: Trigger, start: date, zone: tzinfo) -> Iterator[datetime]:
    """Yield the moments of a schedule from the day before `start` on: a zone may be ahead of the day that one thinks of."""
    match trigger.every:
        case "month":
            yield from (_local(trigger, _in_month(trigger.day, start, number), zone) for number in range(-1, 4))
        case "week":
            monday = start - timedelta(days=start.weekday())
            first = monday + timedelta(days=trigger.weekday - 1)
            yield from (_local(trigger, first + timedelta(weeks=number), zone) for number in range(-1, 4))
        case "day":
            yield from (_local(trigger, start + timedelta(days=number), zone) for number in range(-1, 4))


def _in_month(day: int, start: date, later: int) -> date:
    """Return a day of the month that is `later` months after that of `start`, its last one where it is shorter."""
    years, month = divmod(start.month - 1 + later, 12)
    year = start.year + years
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


def _local(trigger: Trigger, on: date, zone: tzinfo) -> datetime:
    return datetime.combine(on, trigger.at, zone).astimezone(UTC)
