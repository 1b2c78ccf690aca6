"""Dates and times without a zone."""

import re
from datetime import datetime

from engine.definition.field_types.aspects import EXTREMES, ORDER, ColumnKind, malformed
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field

_LOCAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::00)?\Z", re.ASCII)
_WRITTEN = re.compile(
    r"\s*([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?[ T]+([0-9]{1,2})[:：]([0-9]{2})(?:[:：]00)?\s*\Z", re.ASCII
)


class LocalDatetime(FieldType):
    """What calendar and clock say somewhere, to the minute: the same words wherever they are read."""

    name = "local_datetime"
    title = {"zh-CN": "本地日期时间", "en": "Local date and time"}
    docs = {
        "zh-CN": "不带时区的日期和时间，如 “2026-11-21T08:30”，精确到分。",
        "en": 'A date and a time without a zone, such as "2026-11-21T08:30", to the minute.',
    }
    control = "local_datetime"
    operators = ORDER
    functions = EXTREMES
    computable = True

    def json_form(self, field: Field) -> dict[str, object]:
        """Return text of that shape."""
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"}

    def column(self, field: Field) -> ColumnKind:
        """Store the text, which sorts."""
        return ColumnKind("text", length=16)

    def coerce(self, value: object, field: Field) -> object:
        """Accept `2026-11-21T08:30`."""
        if not isinstance(value, str) or not _LOCAL.match(value) or not _exists(value):
            return malformed(value, "日期时间，如 2026-11-21T08:30", "a date and a time, such as 2026-11-21T08:30")
        return value[:16]

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return it with a space."""
        return str(value).replace("T", " ")

    def from_text(self, text: str, field: Field) -> object:
        """Accept `2026-11-21 8:30` and `2026年11月21日 08:30`."""
        found = _WRITTEN.match(text)
        if not found:
            return self.coerce(text.strip(), field)
        year, month, day, hour, minute = found.groups()
        return self.coerce(f"{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute}", field)

    def from_expression(self, value: object, field: Field) -> object:
        """Keep what is a date and a time."""
        return value[:16] if isinstance(value, str) and _LOCAL.match(value) and _exists(value) else None

    def example(self, field: Field) -> object:
        """Return a morning."""
        return "2026-11-21T08:30"


def _exists(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
