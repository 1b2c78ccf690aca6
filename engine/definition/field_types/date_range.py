"""Stretches of days, and what every kind of stretch has in common."""

from abc import abstractmethod
from typing import ClassVar

from engine.definition.field_types.aspects import SPAN, ColumnKind, malformed
from engine.definition.field_types.date import DateType
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field
from engine.problems import Problem


class Span(FieldType):
    """Two ends, written `a/b` as an interval of ISO 8601. Canonical ends have a fixed width, so that texts compare."""

    operators = SPAN
    computable = True
    closed: ClassVar[bool] = False
    width: ClassVar[int]
    words: ClassVar[tuple[str, str]]

    @abstractmethod
    def end(self, text: str, field: Field) -> str | None:
        """Return one end in its fixed width, None if it is none."""

    @abstractmethod
    def end_from_text(self, text: str, field: Field) -> str | None:
        """Return one end as people write it in a cell, None if it is none."""

    def column(self, field: Field) -> ColumnKind:
        """Store both ends as one text."""
        return ColumnKind("range", length=self.width, closed=self.closed)

    def coerce(self, value: object, field: Field) -> object:
        """Accept two ends of which the first is not later."""
        first, slash, last = value.partition("/") if isinstance(value, str) else ("", "", "")
        ends = (self.end(first, field), self.end(last, field)) if slash else (None, None)
        return self._joined(ends[0], ends[1], value)

    def _joined(self, start: str | None, end: str | None, value: object) -> object:
        if start is None or end is None:
            return malformed(value, *self.words)
        return f"{start}/{end}" if start <= end else Problem("range_reversed", params={"start": start, "end": end})

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return both ends."""
        return " ~ ".join(str(value).split("/"))

    def from_text(self, text: str, field: Field) -> object:
        """Accept both ends with `~`, `至` or a slash with spaces between them."""
        for between in ("~", "～", "至", " to ", " / "):
            first, found, last = text.partition(between)
            if found:
                return self._joined(self.end_from_text(first, field), self.end_from_text(last, field), text)
        return self.coerce(text.strip(), field)

    def from_expression(self, value: object, field: Field) -> object:
        """Keep what is a stretch."""
        found = self.coerce(value, field) if isinstance(value, str) else None
        return None if isinstance(found, Problem) else found

    def to_filter(self, value: object, field: Field, operator: str) -> object:
        """Take a point for `contains`, a stretch for the others."""
        if operator != "contains":
            return self.coerce(value, field)
        point = self.end(value, field) if isinstance(value, str) else None
        return point if point is not None else malformed(value, *self.words)


class DateRange(Span):
    """From a day to a day, both of them included."""

    name = "date_range"
    title = {"zh-CN": "日期范围", "en": "Date range"}
    docs = {
        "zh-CN": "从某日到某日（含两端），如 “2026-03-02/2026-03-08”；可按包含某日（contains）或重叠（overlaps）筛选。",
        "en": 'From a day to a day, both included, such as "2026-03-02/2026-03-08"; filters ask which contain a day or '
        "overlap.",
    }
    control = "date_range"
    width = 10
    closed = True
    words = ("日期范围，如 2026-03-02/2026-03-08", "two days, such as 2026-03-02/2026-03-08")

    def end(self, text: str, field: Field) -> str | None:
        """Return a day."""
        day = DateType().coerce(text, field)
        return None if isinstance(day, Problem) else str(day)

    def end_from_text(self, text: str, field: Field) -> str | None:
        """Return a day as dates are written."""
        day = DateType().from_text(text, field)
        return None if isinstance(day, Problem) else str(day)

    def example(self, field: Field) -> object:
        """Return a week."""
        return "2026-03-02/2026-03-08"
