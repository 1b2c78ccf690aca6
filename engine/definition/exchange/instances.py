"""Instances of a charter's schema become the values of a record, and back, without loss.

`to_instance(..., to_record(..., x)) == x` for every object x: what a field cannot give back exactly stands in the rest.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from engine.definition.charter import ABSENT, Charter, Place, Shape
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Field
from engine.paths import join, split
from engine.problems import Problem

_NOTHING = object()
Members = Mapping[str, Place]
Object = dict[str, object]


def to_record(charter: Charter, fields: Sequence[Field], instance: Mapping[str, object]) -> Object:
    """Return the values, in their JSON form, that a record has for an instance."""
    return _Filing(charter.draft).filed(charter.shape, fields, instance)


def to_instance(charter: Charter, fields: Sequence[Field], values: Mapping[str, object]) -> Object:
    """Return the instance that the values of a record (JSON form) stand for. Never raises, whatever the rest says."""
    return _instance(charter.shape, fields, values)


class _Filing:
    """Puts an instance away: what a field gives back exactly into the field, everything else into the rest."""

    def __init__(self, draft: str) -> None:
        self._strict = draft == "4"

    def filed(self, shape: Shape, fields: Sequence[Field], instance: Mapping[str, object]) -> Object:
        known = {field.name: field for field in fields}
        values: Object = {}
        rest: Object = {}
        absent = list(self._file(shape.members, known, instance, "", values, rest))
        if absent:
            rest[ABSENT] = absent
        # A default is for people who fill in a form; what an instance leaves out stays out.
        values |= {field.name: None for field in fields if "default" in field.schema and field.name not in values}
        return values | ({shape.rest: rest} if rest else {})

    def _file(
        self,
        members: Members,
        known: Mapping[str, Field],
        instance: Mapping[str, object],
        path: str,
        values: Object,
        rest: Object,
    ) -> Iterator[str]:
        """Put the members of an object away and yield the pointers of those that are missing."""
        yield from (join(path, key) for key, place in members.items() if place.always and key not in instance)
        for key, value in instance.items():
            place, at = members.get(key), join(path, key)
            if place is not None and place.members is not None and isinstance(value, Mapping):
                before = len(values) + len(rest)
                yield from self._file(place.members, known, value, at, values, rest)
                if len(values) + len(rest) == before and not place.always:
                    rest[at] = {}
            elif (held := self._held(place, known, value)) is _NOTHING:
                rest[at] = value
            elif place is not None and held is not None:
                values[place.field] = held

    def _held(self, place: Place | None, known: Mapping[str, Field], value: object) -> object:
        field = known.get(place.field) if place is not None else None
        if place is None or field is None:
            return _NOTHING
        if place.rows is not None and field.is_table:
            whole = isinstance(value, list) and all(isinstance(row, dict) for row in value)
            if not whole or not isinstance(value, list):
                return _NOTHING
            if not value:
                return None if place.always else _NOTHING
            return [self.filed(place.rows, field.fields, row) for row in value]
        return _NOTHING if place.rows is not None or field.is_table else self._value(field, value)

    def _value(self, field: Field, value: object) -> object:
        """Return what is sent for a value if the field gives exactly that value back."""
        field_type = FIELD_TYPES[field.type]
        sent = value
        if is_number(field):
            if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)) or not math.isfinite(value):
                return _NOTHING
            if self._strict and isinstance(value, float) and value.is_integer():
                return _NOTHING
            sent = format(Decimal(str(value)), "f")
        canonical = field_type.coerce(sent, field)
        if canonical is None or isinstance(canonical, Problem) or field_type.problems(canonical, field):
            return _NOTHING
        back = shown(field, field_type.to_json(canonical))
        return sent if (back == value if is_number(field) else same(back, value)) else _NOTHING


def is_number(field: Field) -> bool:
    """Say whether a field holds a JSON number as exact text."""
    return FIELD_TYPES[field.type].json_format == "decimal"


def shown(field: Field, value: object) -> object:
    """Return the JSON value of an instance for that of a record: exact text becomes a number."""
    if not is_number(field) or not isinstance(value, str):
        return value
    number = Decimal(value)
    return int(number) if number == number.to_integral_value() else float(number)


def same(one: object, other: object) -> bool:
    """Say whether two JSON values are the same to the letter: 1 is neither 1.0 nor true."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _instance(shape: Shape, fields: Sequence[Field], values: Mapping[str, object]) -> Object:
    stored = values.get(shape.rest)
    rest = stored if isinstance(stored, Mapping) else {}
    found: Object = {}
    for at in sorted((key for key in rest if key.startswith("/")), key=len):
        _put(found, split(at), rest[at])
    absent = rest.get(ABSENT)
    missing = frozenset(one for one in absent if isinstance(one, str)) if isinstance(absent, list) else frozenset()
    _fill(shape.members, {field.name: field for field in fields}, values, found, "", missing)
    return found


def _put(target: Object, way: Sequence[str], value: object) -> None:
    for name in way[:-1]:
        inner = target.get(name)
        target[name] = target = dict(inner) if isinstance(inner, Mapping) else {}
    target[way[-1]] = value


def _fill(
    members: Members,
    known: Mapping[str, Field],
    values: Mapping[str, object],
    target: Object,
    path: str,
    absent: frozenset[str],
) -> None:
    for key, place in members.items():
        at = join(path, key)
        present = _is_filled(place, values) or (place.always and at not in absent and key not in target)
        if place.members is not None:
            inner = target.get(key)
            if present or isinstance(inner, Mapping):
                made = dict(inner) if isinstance(inner, Mapping) else {}
                _fill(place.members, known, values, made, at, absent)
                target[key] = made
        elif present and place.field in known:
            target[key] = _from_field(place, known[place.field], values.get(place.field))


def _from_field(place: Place, field: Field, value: object) -> object:
    if place.rows is None or not field.is_table:
        return shown(field, value)
    rows = value if isinstance(value, (list, tuple)) else ()
    return [_instance(place.rows, field.fields, row) for row in rows if isinstance(row, Mapping)]


def _is_filled(place: Place, values: Mapping[str, object]) -> bool:
    if place.members is not None:
        return any(_is_filled(inner, values) for inner in place.members.values())
    value = values.get(place.field)
    return bool(value) if place.rows is not None else value is not None
