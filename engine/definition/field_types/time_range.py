"""Stretches of a day."""

from datetime import time

from engine.definition.field_types.date_range import Span
from engine.definition.field_types.time import TimeType
from engine.definition.model import Field


class TimeRange(Span):
    """From a time up to another of the same day, to the minute."""

    name = "time_range"
    title = {"zh-CN": "时间范围", "en": "Time range"}
    docs = {
        "zh-CN": "一天中从某时到某时（不含后者），如 “08:00/12:00”。",
        "en": 'From a time up to another of the same day, such as "08:00/12:00".',
    }
    control = "time_range"
    width = 5
    words = ("时间范围，如 08:00/12:00", "two times of a day, such as 08:00/12:00")

    def end(self, text: str, field: Field) -> str | None:
        """Return a time to the minute."""
        moment = TimeType().coerce(text, field)
        return moment.isoformat("minutes") if isinstance(moment, time) and not moment.second else None

    def end_from_text(self, text: str, field: Field) -> str | None:
        """Return a time as times are written."""
        return self.end(text.strip().replace("：", ":"), field)

    def example(self, field: Field) -> object:
        """Return a morning."""
        return "08:00/12:00"
