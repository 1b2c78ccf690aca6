"""Which field holds what a schema describes, and with which of its keywords.

A keyword goes into the field only where field and schema mean the same by it; the charter holds all of them anyway.
"""

import re
from collections.abc import Mapping

from engine.definition.field_types.integer import LARGEST
from engine.definition.field_types.tags import LONGEST

Words = Mapping[str, object]
_PLAIN = re.compile(
    r"\^?(?:[\w \-/:@]|\\[.\-/+*?()\[\]{}|$^]|\[[\w \-]+\])(?:[\w \-/:@]|\\[.\-/+]|\[[\w \-]+\]|\{[0-9,]+\}|[+*?](?![+*?{]))*\$?",
    re.ASCII,
)
_FORMATS = {
    "date": "date", "time": "time", "email": "email", "uri": "url", "duration": "duration",
}  # fmt: skip
_WIDE, MOST_OPTIONS, _OPTION = 500, 300, 63
SCALE, DIGITS = 10, 30


def typed(words: Words, items: Words | None) -> tuple[str, dict[str, object]]:
    """Return the field type for a value that `words` describe, "" if only JSON holds it, and the property's keywords."""
    options = _options(words)
    if options:
        return "select", {"type": "string", "oneOf": options}
    if "enum" in words or "const" in words:
        return "", {}
    match _kind(words):
        case "string":
            return _text(words)
        case "integer":
            limits = {key: words[key] for key in ("minimum", "maximum") if _is_small(words.get(key))}
            return "integer", {"type": "integer", **limits}
        case "number":
            return "decimal", {"type": "string", "format": "decimal", "x-field": {"scale": SCALE, "digits": DIGITS}}
        case "boolean":
            return "boolean", {"type": "boolean"}
        case "array" if items is not None:
            return _list(items)
    return "", {}


def kind_of(words: Words) -> str:
    """Return the one JSON type, apart from null, that a value has; "" for several."""
    return _kind(words)


def _kind(words: Words) -> str:
    said = words.get("type")
    kinds = [one for one in said if one != "null"] if isinstance(said, list) else [said]
    if len(kinds) == 1 and isinstance(kinds[0], str):
        return kinds[0]
    if said is None and isinstance(words.get("properties"), dict):
        return "object"
    return ""


def _text(words: Words) -> tuple[str, dict[str, object]]:
    form = _FORMATS.get(str(words.get("format")))
    if form is not None:
        return form, {"type": "string", "format": str(words["format"])}
    longest = words.get("maxLength")
    limits: dict[str, object] = (
        {"maxLength": longest} if _is_small(longest) and isinstance(longest, int) and 0 < longest <= 10_000 else {}
    )
    wide = isinstance(longest, int) and longest > _WIDE
    pattern = words.get("pattern")
    if (
        isinstance(pattern, str)
        and len(pattern) < 200
        and _PLAIN.fullmatch(pattern)
        and not wide
        and pattern.count("*") + pattern.count("+") < 3
    ):
        limits["pattern"] = pattern
    return ("long_text" if wide else "text"), {"type": "string", **limits} | (
        {"x-field": {"type": "long_text"}} if wide else {}
    )


def _list(items: Words) -> tuple[str, dict[str, object]]:
    options = _options(items)
    if options:
        return "multi_select", {"type": "array", "items": {"type": "string", "oneOf": options}}
    longest = items.get("maxLength", LONGEST)
    if _kind(items) == "string" and "enum" not in items and isinstance(longest, int) and longest <= LONGEST:
        return "tags", {"type": "array", "items": {"type": "string"}, "x-field": {"type": "tags"}}
    return "", {}


def _options(words: Words) -> list[dict[str, object]]:
    """Return the choices of an enumeration of texts, none where one cannot be a choice."""
    titles = _titles(words)
    said = words.get("enum", [words["const"]] if "const" in words else list(titles))
    values = [one for one in said if one is not None] if isinstance(said, list) else []
    if (
        not values
        or len(values) > MOST_OPTIONS
        or not all(isinstance(one, str) and 0 < len(one) <= _OPTION for one in values)
    ):
        return []
    return [{"const": one, "title": titles.get(one) or one} for one in dict.fromkeys(values) if "\x00" not in one]


def _titles(words: Words) -> dict[object, object]:
    """Return the titles of choices that are written one by one, by their values."""
    said = words.get("oneOf")
    members = [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    values = [one.get("const") for one in members]
    if not all(one is None or isinstance(one, str) for one in values):
        return {}
    titled = {one.get("const"): one.get("title") for one in members}
    return {value: title if isinstance(title, str) and title.strip() else value for value, title in titled.items()}


def _is_small(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST
