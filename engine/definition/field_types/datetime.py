"""Moments."""

import re
from datetime import UTC, datetime

from engine.definition.field_types.aspects import EXTREMES, ORDER, ColumnKind, wrong_type
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field
from engine.expressions import DATETIME, Type
from engine.problems import Problem

_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})\Z",
    re.ASCII,
)


class DatetimeType(FieldType):
    """A moment; always with an offset, kept in UTC."""

    name = "datetime"
    title = {"zh-CN": "日期时间", "en": "Date and time"}
    docs = {
        "zh-CN": '时刻，必须带时区，如 "2026-03-02T08:30:00+08:00"；保存为 UTC。',
        "en": 'A moment with its offset, such as "2026-03-02T08:30:00+08:00"; kept in UTC.',
    }
    control = "datetime"
    json_format = "date-time"
    operators = ORDER
    functions = EXTREMES
    computable = True

    def expression_type(self, owner: str, to: str) -> Type:
        """Return datetime."""
        return DATETIME

    def column(self, field: Field) -> ColumnKind:
        """Store as a moment."""
        return ColumnKind("datetime")

    def coerce(self, value: object, field: Field) -> object:
        """Accept RFC 3339 date-time (seconds may be left out)."""
        wrong = Problem("not_a_datetime", params={"value": str(value)[:40]})
        if not isinstance(value, str) or not _MOMENT.match(value):
            return wrong
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            return wrong

    def to_json(self, value: object) -> object:
        """Return the moment in UTC."""
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the same as JSON."""
        return str(self.to_json(value))

    def from_text(self, text: str, field: Field) -> object:
        """Accept the JSON form."""
        return self.coerce(text.strip(), field)

    def to_filter(self, value: object, field: Field, operator: str) -> object:
        """Read a moment; a day alone or a moment without offset is left naive, for the installation to place."""
        try:
            return datetime.fromisoformat(str(value))
        except ValueError:
            return wrong_type("日期或时间", "a date or a moment")

    def from_expression(self, value: object, field: Field) -> object:
        """Keep the moment in UTC."""
        return value.astimezone(UTC) if isinstance(value, datetime) else value

    def example(self, field: Field) -> object:
        """Return a moment."""
        return "2026-03-02T00:30:00Z"
