"""Days of the calendar."""

import re
from datetime import date

from engine.definition.field_types.aspects import EXTREMES, ORDER, ColumnKind
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field
from engine.expressions import DATE, Type
from engine.problems import Problem

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
_WRITTEN = re.compile(r"\s*([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[ T]0?0:00(?::00)?)?\s*\Z", re.ASCII)


class DateType(FieldType):
    """A day."""

    name = "date"
    title = {"zh-CN": "日期", "en": "Date"}
    docs = {"zh-CN": '日期，如 "2026-03-02"。', "en": 'A day, such as "2026-03-02".'}
    control = "date"
    json_format = "date"
    operators = ORDER
    functions = EXTREMES
    computable = True

    def expression_type(self, owner: str, to: str) -> Type:
        """Return date."""
        return DATE

    def column(self, field: Field) -> ColumnKind:
        """Store as a date."""
        return ColumnKind("date")

    def coerce(self, value: object, field: Field) -> object:
        """Accept RFC 3339 full-date."""
        if not isinstance(value, str) or not _ISO.match(value):
            return Problem("not_a_date", params={"value": str(value)[:40]})
        return _day(value, value)

    def to_json(self, value: object) -> object:
        """Return the ISO form."""
        return value.isoformat() if isinstance(value, date) else value

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the ISO form."""
        return str(self.to_json(value))

    def from_text(self, text: str, field: Field) -> object:
        """Accept `2026-3-2`, `2026/3/2`, `2026年3月2日`."""
        found = _WRITTEN.match(text)
        if not found:
            return Problem("not_a_date", params={"value": text[:40]})
        year, month, day = found.groups()
        return _day(f"{year}-{month:0>2}-{day:0>2}", text)

    def example(self, field: Field) -> object:
        """Return a day."""
        return "2026-03-02"


def _day(iso: str, shown: str) -> date | Problem:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return Problem("not_a_date", params={"value": shown[:40]})
