"""Numbers that the system gives."""

from engine.definition.field_types.aspects import EXTREMES, WORDS, ColumnKind, wrong_type
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field


class SeriesNumber(FieldType):
    """A number made from a pattern when the record is first saved; never typed in."""

    name = "series"
    title = {"zh-CN": "编号", "en": "Series number"}
    docs = {
        "zh-CN": '系统按 pattern 生成的编号，如 "NO-{yyyy}{mm}-{seq:4}"；gap_free 表示连续不断号。',
        "en": 'A number made from `pattern`, such as "NO-{yyyy}{mm}-{seq:4}"; `gap_free` leaves none out.',
    }
    control = "series"
    settings = frozenset({"pattern", "policy", "start"})
    operators = WORDS
    functions = EXTREMES
    made = True
    worded = True

    def json_form(self, field: Field) -> dict[str, object]:
        """Return text that is only read."""
        return {"type": "string", "readOnly": True}

    def column(self, field: Field) -> ColumnKind:
        """Store as text."""
        return ColumnKind("text", length=120)

    def coerce(self, value: object, field: Field) -> object:
        """Accept text."""
        return value or None if isinstance(value, str) else wrong_type("文字", "text")

    def example(self, field: Field) -> object:
        """Return a number of the pattern's kind."""
        return "NO-202603-0001"
