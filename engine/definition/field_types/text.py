"""Text of one line."""

import re
from functools import lru_cache
from typing import ClassVar

from engine.definition.field_types.field_type import WORDS, ColumnKind, FieldType, whole, wrong_type
from engine.definition.model import Field
from engine.problems import Problem

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Text(FieldType):
    """A line of text; an empty one is blank."""

    name = "text"
    title = {"zh-CN": "单行文本", "en": "Text"}
    docs = {"zh-CN": "一行文字；空字符串视为空。", "en": "One line of text; an empty string is blank."}
    control = "text"
    keywords = frozenset({"minLength", "maxLength", "pattern"})
    operators: ClassVar[tuple[str, ...]] = WORDS
    computable = True
    longest: ClassVar[int] = 500

    def json_form(self, field: Field) -> dict[str, object]:
        """Return a string with the field's bounds."""
        limits = {key: field.schema[key] for key in ("minLength", "pattern") if key in field.schema}
        return {"type": "string", "maxLength": self.limit(field), **limits}

    def limit(self, field: Field) -> int:
        """Return how many characters fit."""
        return whole(field, "maxLength") or self.longest

    def column(self, field: Field) -> ColumnKind:
        """Store as text of limited length."""
        return ColumnKind("text", length=self.limit(field))

    def coerce(self, value: object, field: Field) -> object:
        """Accept a string that a database can hold; an empty one is blank."""
        if not isinstance(value, str):
            return wrong_type("文字", "text")
        if _UNSTORABLE.search(value):
            return Problem("unstorable_character")
        return value or None

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check length and pattern."""
        text, found = str(value), []
        if len(text) > self.limit(field):
            found.append(Problem("too_long", params={"limit": self.limit(field), "length": len(text)}))
        if len(text) < (whole(field, "minLength") or 0):
            found.append(Problem("too_short", params={"limit": whole(field, "minLength"), "length": len(text)}))
        pattern = field.schema.get("pattern")
        if isinstance(pattern, str) and not _compiled(pattern).search(text):
            found.append(Problem("pattern_mismatch", params={"pattern": pattern, "value": text}))
        return tuple(found)

    def from_expression(self, value: object, field: Field) -> object:
        """Keep the text; an empty one is blank."""
        return None if value is None else str(value) or None

    def example(self, field: Field) -> object:
        """Return some words."""
        return "示例"[: self.limit(field)]


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
