"""Characters that no database keeps: refused at the door, so that nothing behind it has to think of them."""

import re
from collections.abc import Iterator, Mapping

from flask import request

from engine.errors import Invalid
from engine.paths import join
from engine.problems import Problem

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# In JSON they can only stand escaped; a body without such an escape need not be read for this.
_ESCAPED = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


def refuse_unstorable() -> None:
    """Refuse a request with NUL or half a surrogate pair in its address or body. Raises Invalid with every place."""
    given = {"path": request.path, **request.args}
    found = [join("", name) for name, text in given.items() if _UNSTORABLE.search(text)]
    if request.is_json and _ESCAPED.search(request.get_data(cache=True)):
        body = request.get_json(silent=True)
        # A record's findings point into its values, wherever they are found.
        found += _places(body.get("values", body) if isinstance(body, dict) else body, "")
    if found:
        raise Invalid(Problem("unstorable_character", place) for place in found)


def _places(value: object, at: str) -> Iterator[str]:
    if isinstance(value, str):
        if _UNSTORABLE.search(value):
            yield at
    elif isinstance(value, Mapping):
        for key, member in value.items():
            if _UNSTORABLE.search(str(key)):
                yield at
            yield from _places(member, join(at, _UNSTORABLE.sub("", str(key))))
    elif isinstance(value, list):
        for number, member in enumerate(value):
            yield from _places(member, join(at, number))
