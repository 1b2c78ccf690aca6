"""Whether a value obeys a JSON Schema that stands in a definition, with what breaks it.

`jsonschema-rs` is quick enough to be asked for every record that is saved.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

from engine.paths import pointer

_MOST = 20


def broken(schema: Mapping[str, object], value: object) -> tuple[tuple[str, str], ...]:
    """Return pointer and reason of what a value breaks, the first twenty."""
    validator = _validator(json.dumps(schema, ensure_ascii=False))
    found = []
    for error in validator.iter_errors(value):
        found.append((pointer(list(error.instance_path)), str(error.message)[:200]))
        if len(found) == _MOST:
            break
    return tuple(found)


def why_no_schema(schema: Mapping[str, object]) -> str:
    """Return why an object is not a JSON Schema that can be used, "" if it is one; nothing is fetched from anywhere."""
    try:
        _validator(json.dumps(schema, ensure_ascii=False))
    except (ValueError, TypeError) as error:
        return str(error).splitlines()[0][:200]
    return ""


@lru_cache(maxsize=256)
def _validator(text: str) -> Any:
    schema: Any = json.loads(text)
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True, retriever=_nowhere)


def _nowhere(address: str) -> Any:
    raise ValueError(f"{address} is not part of the schema")
