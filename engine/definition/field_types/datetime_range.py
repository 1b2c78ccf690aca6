"""Stretches between moments."""

from datetime import datetime

from engine.definition.field_types.date_range import Span
from engine.definition.field_types.datetime import DatetimeType
from engine.definition.model import Field


class DatetimeRange(Span):
    """From a moment up to another, which does not belong to it; kept in UTC to the second."""

    name = "datetime_range"
    title = {"zh-CN": "日期时间范围", "en": "Range of moments"}
    docs = {
        "zh-CN": "从某时刻到某时刻（不含后者），带时区，保存为 UTC，精确到秒。",
        "en": "From a moment up to another that does not belong to it, with their offsets; kept in UTC, to the second.",
    }
    control = "datetime_range"
    width = 20
    words = ("时刻范围，如 2026-03-02T08:00:00+08:00/2026-03-02T17:00:00+08:00", "two moments with their offsets")

    def end(self, text: str, field: Field) -> str | None:
        """Return a moment in UTC, without parts of a second."""
        moment = DatetimeType().coerce(text, field)
        if not isinstance(moment, datetime) or moment.microsecond:
            return None
        return f"{moment.replace(tzinfo=None).isoformat('T', 'seconds')}Z"

    def end_from_text(self, text: str, field: Field) -> str | None:
        """Return a moment as moments are written."""
        return self.end(text.strip(), field)

    def example(self, field: Field) -> object:
        """Return a working day."""
        return "2026-03-02T00:00:00Z/2026-03-02T09:00:00Z"
