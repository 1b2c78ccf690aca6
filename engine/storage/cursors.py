"""Where a page ended, as an opaque text that leads to the next one."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from engine.errors import Invalid
from engine.problems import Problem

_READERS: Mapping[str, Callable[[str], object]] = {
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Cursor:
    """The sort it belongs to, and the values of the last record in that order (the id is the last of them)."""

    sort: tuple[str, ...]
    values: tuple[object, ...]

    def to_text(self) -> str:
        """Return the cursor as text for a URL."""
        written = json.dumps([list(self.sort), [_written(value) for value in self.values]], ensure_ascii=False)
        return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def read_cursor(text: str, sort: Sequence[str]) -> Cursor:
    """Return the cursor that a text stands for. Raises Invalid `cursor_malformed`, also for another sort's cursor."""
    try:
        given, values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        cursor = Cursor(tuple(given), tuple(_read(value) for value in values))
    except (binascii.Error, ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise Invalid([Problem("cursor_malformed")]) from error
    if cursor.sort != tuple(sort) or len(cursor.values) != len(cursor.sort):
        raise Invalid([Problem("cursor_malformed")])
    return cursor


def _written(value: object) -> object:
    match value:
        case datetime():
            return ["datetime", value.isoformat()]
        case Decimal() | date() | time():
            return [type(value).__name__.lower(), str(value)]
    return value


def _read(value: object) -> object:
    if isinstance(value, list):
        kind, text = value
        return _READERS[kind](text)
    return value
