"""Years, quarters and months."""

import re
from collections.abc import Mapping

from engine.definition.field_types.aspects import EXTREMES, ORDER, ColumnKind, malformed, setting_text
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field

_SHAPES: Mapping[str, re.Pattern[str]] = {
    "year": re.compile(r"[0-9]{4}\Z", re.ASCII),
    "quarter": re.compile(r"[0-9]{4}-Q[1-4]\Z", re.ASCII),
    "month": re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])\Z", re.ASCII),
}
_WORDS = {"year": "2026", "quarter": "2026-Q4", "month": "2026-11"}
_YEAR = re.compile(r"\s*([0-9]{4})年?\s*\Z", re.ASCII)
_QUARTER = re.compile(r"\s*([0-9]{4})\s*[-年/ ]?\s*(?:[Qq第]?\s*([1-4一二三四])\s*(?:季度?)?)\s*\Z", re.ASCII)
_MONTH = re.compile(r"\s*([0-9]{4})\s*[-年/.]\s*([0-9]{1,2})月?\s*\Z", re.ASCII)
_CHINESE = {"一": "1", "二": "2", "三": "3", "四": "4"}


class Period(FieldType):
    """A stretch of the calendar, written so that it sorts: `2026`, `2026-Q4`, `2026-11`."""

    name = "period"
    title = {"zh-CN": "期间", "en": "Period"}
    docs = {
        "zh-CN": "期间；grain 为 year（2026）、quarter（2026-Q4）或 month（2026-11，默认）。",
        "en": "A stretch of the calendar; `grain` is year (2026), quarter (2026-Q4) or month (2026-11, the default).",
    }
    control = "period"
    settings = frozenset({"grain"})
    operators = ORDER
    functions = EXTREMES
    computable = True

    def json_form(self, field: Field) -> dict[str, object]:
        """Return text of the grain's shape."""
        return {"type": "string", "pattern": "^" + _SHAPES[self._grain(field)].pattern.replace(r"\Z", "$")}

    def column(self, field: Field) -> ColumnKind:
        """Store the text."""
        return ColumnKind("text", length=7)

    def coerce(self, value: object, field: Field) -> object:
        """Accept a period of the field's grain."""
        grain = self._grain(field)
        if not isinstance(value, str) or not _SHAPES[grain].match(value):
            return malformed(value, f"期间，如 {_WORDS[grain]}", f"a period, such as {_WORDS[grain]}")
        return value

    def from_text(self, text: str, field: Field) -> object:
        """Accept `2026年11月`, `2026/11`, `2026年第四季度`, `2026Q4`, `2026年`."""
        grain = self._grain(field)
        if grain == "year" and (found := _YEAR.match(text)):
            return found[1]
        if grain == "month" and (found := _MONTH.match(text)):
            return self.coerce(f"{found[1]}-{found[2]:0>2}", field)
        if grain == "quarter" and (found := _QUARTER.match(text)):
            return f"{found[1]}-Q{_CHINESE.get(found[2], found[2])}"
        return self.coerce(text.strip(), field)

    def to_print(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return it in Chinese words where Chinese is read."""
        year, _, part = str(value).partition("-")
        if language != "zh-CN":
            return str(value)
        return f"{year}年" + (f"第{part[1:]}季度" if part.startswith("Q") else f"{int(part)}月" if part else "")

    def from_expression(self, value: object, field: Field) -> object:
        """Keep what is a period."""
        return value if isinstance(value, str) and _SHAPES[self._grain(field)].match(value) else None

    def example(self, field: Field) -> object:
        """Return a period of the grain."""
        return _WORDS[self._grain(field)]

    def _grain(self, field: Field) -> str:
        return setting_text(field, "grain", "month")
