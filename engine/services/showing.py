"""Values of lists on their way out: in the JSON form of their type, masked where the actor sees them so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from engine.definition.field_types import FIELD_TYPES, FieldType
from engine.definition.model import Entity
from engine.services.access import access_on_many
from engine.services.filters import to_json
from engine.services.reach import reach
from engine.services.work import Work
from engine.storage.queries import Item

_PLAIN = frozenset({str, bool, int, type(None)})
"""What is JSON as it stands. Nearly every value is, and a page has thousands."""

Shown = Callable[[object], Any]
"""Gives the JSON form of a canonical value."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A value that is shown masked on this record, though not on others."""

    value: object


def as_open(work: Work, entity: Entity, items: Sequence[Item]) -> tuple[Item, ...]:
    """Return lines of a list less the values that the actor does not see on the record in question, though on others."""
    partly = work.rights.differing(entity)
    paths = [path for path in (items[0].values if items else ()) if partly & set(_beginnings(path))]
    if not paths:
        return tuple(items)
    access = access_on_many(work, entity, [item.id for item in items])
    return tuple(
        replace(
            item, values={**item.values, **{path: _opened(item.values[path], path, access[item.id]) for path in paths}}
        )
        for item in items
    )


def _opened(value: object, path: str, access: Mapping[str, str]) -> object:
    levels = {access.get(outer, "write") for outer in _beginnings(path)}
    if "hidden" in levels or value is None:
        return None
    return Masked(value) if "mask" in levels else value


def _beginnings(path: str) -> list[str]:
    names = path.split(".")
    return [".".join(names[:end]) for end in range(1, len(names) + 1)]


def shown_at(work: Work, entity: Entity, path: str) -> Shown:
    """Return what gives the JSON form of canonical values at a path; blank for what the actor does not see.

    Asked once for a path: a page has thousands of values, and where the path leads is the same for all of them.
    """
    found = reach(work, entity, path)
    if found is None:
        return lambda _: None
    kind, field, masked = FIELD_TYPES[found.field.type], found.field, found.masked
    form = kind.to_json

    def shown(value: object) -> Any:
        if value is None:
            return None
        if masked or isinstance(value, Masked):
            return kind.mask(value.value if isinstance(value, Masked) else value, field, work.ctx.language)
        formed = form(value)
        return formed if type(formed) in _PLAIN else to_json(formed)

    def as_it_stands(value: object) -> Any:
        return value if type(value) in _PLAIN else shown(value)

    return shown if masked or type(kind).to_json is not FieldType.to_json else as_it_stands


def as_shown(work: Work, entity: Entity, path: str, value: object) -> Any:
    """Return the JSON form of one canonical value at a path."""
    return shown_at(work, entity, path)(value)


def total(work: Work, entity: Entity, path: str, function: str, value: object) -> Any:
    """Return the JSON form of what a function made of the values at a path: a count and a number stay numbers.

    Sums and averages are numbers of the unit in which values are stored; the least and the greatest are values.
    """
    if function in {"min", "max"} and not isinstance(value, Decimal):
        return as_shown(work, entity, path, value)
    return to_json(value)
