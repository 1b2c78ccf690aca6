"""Variants: an `oneOf` or `anyOf` whose branches are told apart by the value of one select shows each branch's own fields."""

import re
from collections.abc import Iterator, Mapping

from engine.definition.exchange.reading import Reader, Schema

_WORD = re.compile(r"[\w .-]{1,63}")


def variants(root: Schema, reader: Reader, shape: Mapping[str, object], fields: Mapping[str, object]) -> dict[str, str]:
    """Return, by field, the condition under which it is shown: its branch is chosen, or it has a value all the same."""
    members = shape.get("members")
    places = members if isinstance(members, dict) else {}
    common = root.get("properties")
    shared = set(common) if isinstance(common, dict) else set()
    found: dict[str, list[str]] = {}
    for selector, value, names in _branches(root, reader):
        place = places.get(selector, {})
        chooser = place.get("field", "")
        form = fields.get(chooser)
        if not isinstance(form, dict) or "oneOf" not in form or not _WORD.fullmatch(value):
            return {}
        for name in names - shared - {selector}:
            shown = places.get(name, {})
            if shown.get("field") and "rows" not in shown:
                found.setdefault(shown["field"], []).append(f"{chooser} = '{value}'")
    return {name: " OR ".join([*conditions, f"NOT ISBLANK({name})"]) for name, conditions in found.items()}


def _branches(root: Schema, reader: Reader) -> Iterator[tuple[str, str, set[str]]]:
    for word in ("oneOf", "anyOf"):
        members = root.get(word)
        for one in members if isinstance(members, list) else ():
            branch = reader.followed(one)
            declared = branch.get("properties")
            properties = declared if isinstance(declared, dict) else {}
            for name, part in properties.items():
                if isinstance(part, dict) and isinstance(part.get("const"), str):
                    yield name, part["const"], set(properties)
