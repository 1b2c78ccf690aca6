"""The drafts of JSON Schema, and who judges by them.

Patterns run in a linear engine; those that it does not know (look-ahead, back references) run in one that gives up
after a bounded number of steps. Nothing is ever fetched: a `$ref` that leaves the schema is refused.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import jsonschema_rs

DRAFTS: Mapping[str, Any] = MappingProxyType(
    {
        "4": jsonschema_rs.Draft4Validator,
        "6": jsonschema_rs.Draft6Validator,
        "7": jsonschema_rs.Draft7Validator,
        "2019-09": jsonschema_rs.Draft201909Validator,
        "2020-12": jsonschema_rs.Draft202012Validator,
    }
)
NEWEST = "2020-12"
_ADDRESSES = {
    "http://json-schema.org/draft-04/schema": "4",
    "http://json-schema.org/draft-06/schema": "6",
    "http://json-schema.org/draft-07/schema": "7",
    "https://json-schema.org/draft/2019-09/schema": "2019-09",
    "https://json-schema.org/draft/2020-12/schema": "2020-12",
}
LONGEST, DEEPEST, _MOST, _STEPS = 262_144, 64, 20, 100_000


def draft_of(schema: object) -> str:
    """Return the draft that a schema says it is written in, the newest if it says nothing, "" for one that is unknown."""
    said = schema.get("$schema") if isinstance(schema, dict) else None
    return NEWEST if said is None else _ADDRESSES.get(str(said).rstrip("#"), "")


def why_unusable(schema: object, draft: str, *, formats: bool = False) -> str:
    """Return why a schema cannot be judged by, "" if it can: unsound, too large, too deep, or leading elsewhere."""
    if not isinstance(schema, (dict, bool)):
        return "a schema is an object, true or false"
    if _depth(schema) > DEEPEST:
        return f"deeper than {DEEPEST} levels"
    text = json.dumps(schema, ensure_ascii=False)
    if len(text) > LONGEST:
        return f"longer than {LONGEST} characters"
    try:
        _validator(text, draft, formats)
    except (ValueError, TypeError, KeyError, jsonschema_rs.ReferencingError) as error:
        return (str(error).splitlines() or [type(error).__name__])[0][:200]
    return ""


def broken_charter(
    schema: object, draft: str, instance: object, *, formats: bool = False
) -> list[tuple[list[str | int], str]]:
    """Return path and reason of what an instance breaks, the first twenty; a pattern that takes too long is broken."""
    validator = _validator(json.dumps(schema, ensure_ascii=False), draft, formats)
    found: list[tuple[list[str | int], str]] = []
    try:
        if validator.is_valid(instance):
            return found
        for error in validator.iter_errors(instance):
            found.append((list(error.instance_path), str(error.message)[:200]))
            if len(found) == _MOST:
                break
    except (ValueError, TypeError) as error:
        return [([], str(error).splitlines()[0][:200])]
    return found or [([], "the schema is not satisfied")]


def _depth(schema: object) -> int:
    level, depth = [schema], 0
    while level and depth <= DEEPEST:
        depth += 1
        level = [
            part
            for one in level
            for part in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
            if isinstance(part, (dict, list))
        ]
    return depth


@lru_cache(maxsize=128)
def _validator(text: str, draft: str, formats: bool) -> Any:  # noqa: FBT001  # a key of the cache
    schema = json.loads(text)
    try:
        return _made(schema, draft, formats, jsonschema_rs.RegexOptions())
    except jsonschema_rs.ValidationError:
        return _made(schema, draft, formats, jsonschema_rs.FancyRegexOptions(backtrack_limit=_STEPS))


def _made(schema: Any, draft: str, formats: bool, patterns: Any) -> Any:  # noqa: FBT001  # as above
    # A finding never quotes what stands there: the field may be hidden from who reads it.
    return DRAFTS[draft](schema, validate_formats=formats, retriever=_nowhere, pattern_options=patterns, mask="…")


def _nowhere(address: str) -> Any:
    raise ValueError(f"{address} is not part of the schema")
