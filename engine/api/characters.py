"""Characters that no database keeps, and numbers that nobody reads: refused at the door, so that nothing behind it has to think of them."""

import re
import sys
from collections.abc import Iterator, Mapping

from flask import request

from engine.errors import Invalid
from engine.paths import join
from engine.problems import Problem

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# In JSON they can only stand escaped; a body without such an escape need not be read for this.
_ESCAPED = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
# Python reads no whole number of more digits, and JSON's reader says so in a way that is nobody's mistake but the sender's.
_ENDLESS = re.compile(rb"[0-9]{%d}" % (sys.get_int_max_str_digits() + 1))


def refuse_endless_numbers() -> None:
    """Refuse a body of JSON with a whole number that cannot be read, as one that is no JSON. Raises BadRequest."""
    if request.is_json and _ENDLESS.search(request.get_data(cache=True)):
        request.get_json()


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
