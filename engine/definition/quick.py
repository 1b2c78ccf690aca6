"""A quick yes: most documents are sound, and then nobody needs sentences.

`jsonschema-rs` answers yes or no a hundred times faster than `jsonschema` finds what to say. Only its yes is used.
"""

from functools import cache
from typing import Any

import jsonschema_rs

from engine.definition.schemas import address, schemas


def is_sound(kind: str, document: object) -> bool:
    """Say whether a document certainly obeys its schema. What cannot be told quickly is not sound."""
    try:
        return _validator(kind).is_valid(document)
    except (ValueError, TypeError):
        return False


@cache
def _validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    known: dict[str, Any] = dict(schemas())
    registry = jsonschema_rs.Registry(list(known.items()))
    return jsonschema_rs.Draft202012Validator(known[address(kind)], registry=registry, validate_formats=True)
