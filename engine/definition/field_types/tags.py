"""Free words on a record."""

import re

from engine.definition.field_types.aspects import MEMBERS, ColumnKind, whole, wrong_type
from engine.definition.field_types.field_type import FieldType
from engine.definition.field_types.text import unstorable
from engine.definition.model import Field
from engine.expressions import TEXT, ListOf, Type
from engine.problems import Problem

_BETWEEN = re.compile("[、,，;；\n]")
LONGEST, MOST = 50, 50


class Tags(FieldType):
    """A list of words without repetition, in the order in which they were typed; an empty one is blank."""

    name = "tags"
    title = {"zh-CN": "标签", "en": "Tags"}
    docs = {
        "zh-CN": "自由输入的标签；max_count 限定个数，每个不超过 50 字。",
        "en": "Words that anybody may choose; `max_count` bounds how many, each has at most 50 characters.",
    }
    control = "tags"
    told = True
    json_type = "array"
    settings = frozenset({"max_count"})
    keywords = frozenset({"items"})
    operators = MEMBERS
    sortable = False
    names_record = False

    def json_form(self, field: Field) -> dict[str, object]:
        """Return a list of words."""
        items = {"type": "string", "minLength": 1, "maxLength": LONGEST}
        return {"type": "array", "items": items, "maxItems": self._most(field)}

    def expression_type(self, owner: str, to: str) -> Type:
        """Return list of text."""
        return ListOf(TEXT)

    def column(self, field: Field) -> ColumnKind:
        """Store the list as JSON."""
        return ColumnKind("json")

    def coerce(self, value: object, field: Field) -> object:
        """Accept a list of words: spaces around them go, so do repetitions and empty ones."""
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            return wrong_type("文字列表", "a list of words")
        words = list(dict.fromkeys(" ".join(part.split()) for part in value))
        return next((wrong for word in words if (wrong := unstorable(word))), None) or [w for w in words if w] or None

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check length and count."""
        words = value if isinstance(value, list) else []
        found = [
            Problem("too_long", f"/{at}", {"limit": LONGEST, "length": len(word)})
            for at, word in enumerate(words)
            if len(word) > LONGEST
        ]
        found += [
            Problem("malformed", f"/{at}", {"value": word[:40], "expected": {"zh-CN": "不含分隔符的标签", "en": "a tag without separators"}})
            for at, word in enumerate(words)
            if _BETWEEN.search(word)
        ]  # fmt: skip
        most = self._most(field)
        many = Problem("too_many_items", params={"limit": most, "count": len(words)})
        return (*found, *([many] if len(words) > most else []))

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the words, one after the other."""
        return (
            ("、" if language == "zh-CN" else ", ").join(str(part) for part in value) if isinstance(value, list) else ""
        )

    def from_text(self, text: str, field: Field) -> object:
        """Accept words between commas."""
        return self.coerce([part for part in _BETWEEN.split(text) if part.strip()], field)

    def to_filter(self, value: object, field: Field, operator: str) -> object:
        """Take the words that the list must hold one of."""
        return [value.strip()] if isinstance(value, str) and not unstorable(value) else self.coerce(value, field)

    def example(self, field: Field) -> object:
        """Return a word."""
        return ["示例"]

    def _most(self, field: Field) -> int:
        return whole(field, "max_count") or MOST
