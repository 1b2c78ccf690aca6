"""Clocks."""

from datetime import UTC, datetime


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands where it was set: scenarios and tests move it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Return the moment that was set."""
        return self.moment
