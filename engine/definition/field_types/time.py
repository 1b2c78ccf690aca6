"""Times of a day."""

import re
from datetime import time

from engine.definition.field_types.aspects import EXTREMES, ORDER, ColumnKind
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field
from engine.expressions import TIME, Type
from engine.problems import Problem

_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?\Z", re.ASCII)


class TimeType(FieldType):
    """A time on the clock of the place, to the second."""

    name = "time"
    title = {"zh-CN": "时间", "en": "Time"}
    docs = {"zh-CN": '一天中的时刻，如 "08:30"。', "en": 'A time of day, such as "08:30".'}
    control = "time"
    json_format = "time"
    operators = ORDER
    functions = EXTREMES
    computable = True

    def expression_type(self, owner: str, to: str) -> Type:
        """Return time."""
        return TIME

    def column(self, field: Field) -> ColumnKind:
        """Store as a time."""
        return ColumnKind("time")

    def coerce(self, value: object, field: Field) -> object:
        """Accept hours and minutes, seconds may follow."""
        found = _TIME.match(value) if isinstance(value, str) else None
        if found is None:
            return Problem("not_a_time", params={"value": str(value)[:40]})
        hour, minute, second = found.groups()
        return time(int(hour), int(minute), int(second or 0))

    def to_json(self, value: object) -> object:
        """Return `08:30`, with seconds where there are any."""
        if not isinstance(value, time):
            return value
        return value.isoformat("seconds" if value.second else "minutes")

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the same as JSON."""
        return str(self.to_json(value))

    def from_text(self, text: str, field: Field) -> object:
        """Accept a full-width colon."""
        return self.coerce(text.strip().replace("：", ":"), field)

    def example(self, field: Field) -> object:
        """Return a time."""
        return "08:30"
