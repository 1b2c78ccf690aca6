"""Text of one line."""

import re
from functools import lru_cache
from typing import ClassVar

from engine.definition.field_types.aspects import EXTREMES, WORDS, ColumnKind, whole, wrong_type
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field
from engine.problems import Problem

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
GUARDS = frozenset({"mask", "encrypted"})


class Text(FieldType):
    """A line of text; an empty one is blank."""

    name = "text"
    title = {"zh-CN": "单行文本", "en": "Text"}
    docs = {
        "zh-CN": "一行文字；空字符串视为空。mask 规定脱敏的样子，encrypted 加密保存。",
        "en": "One line of text; an empty string is blank. `mask` says how it looks masked, `encrypted` encrypts it.",
    }
    control = "text"
    settings: ClassVar[frozenset[str]] = GUARDS
    keywords = frozenset({"minLength", "maxLength", "pattern"})
    operators: ClassVar[tuple[str, ...]] = WORDS
    functions: ClassVar[frozenset[str]] = EXTREMES
    computable = True
    worded = True
    longest: ClassVar[int] = 500

    def json_form(self, field: Field) -> dict[str, object]:
        """Return a string with the field's bounds."""
        limits = {key: field.schema[key] for key in ("minLength", "pattern") if key in field.schema}
        return super().json_form(field) | {"maxLength": self.limit(field), **limits}

    def limit(self, field: Field) -> int:
        """Return how many characters fit."""
        return whole(field, "maxLength") or self.longest

    def column(self, field: Field) -> ColumnKind:
        """Store as text of limited length, encrypted where the field says so."""
        return ColumnKind("sealed" if self.is_guarded(field) else "text", length=self.limit(field))

    def coerce(self, value: object, field: Field) -> object:
        """Accept a string that a database can hold; an empty one is blank."""
        if not isinstance(value, str):
            return wrong_type("文字", "text")
        return unstorable(value) or value or None

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

    def to_filter(self, value: object, field: Field, operator: str) -> object:
        """Take a part of a text as it is typed; a whole one as the field would keep it."""
        return Text.coerce(self, value, field) if operator in ("contains", "starts_with") else self.coerce(value, field)

    def example(self, field: Field) -> object:
        """Return some words."""
        return "示例"[: self.limit(field)]


def unstorable(text: str) -> Problem | None:
    """Return the finding that a text holds what no database keeps: NUL, or half a character."""
    return Problem("unstorable_character") if _UNSTORABLE.search(text) else None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
