"""Series numbers: given when a record is created, from a counter that only a stored record moves."""

import re
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from engine.definition.model import Entity, Field, Series
from engine.errors import Invalid
from engine.expressions import Environment
from engine.problems import Problem
from engine.services.given import with_given
from engine.services.references import target
from engine.services.work import Work
from engine.storage.series import next_number, next_numbers

_HOLE = re.compile(r"\{([^{}]+)\}")
_DATES = {"yyyy": "%Y", "yy": "%y", "mm": "%m", "dd": "%d"}


def with_numbers(work: Work, entity: Entity, values: Mapping[str, object], env: Environment) -> dict[str, object]:
    """Return values with a number in every series field. Raises Invalid when a field that the pattern names is blank."""
    numbered = with_given(entity.fields, values)
    for field in entity.fields:
        if field.series is not None:
            key = series_key(work, entity, field, field.series, values, env)
            numbered[field.name] = _number(work, entity, field, field.series, key)
    return numbered


def with_numbers_of_many(
    work: Work, entity: Entity, judged: Sequence[tuple[Mapping[str, object], Environment]]
) -> list[dict[str, object]]:
    """Return the values of many records with their numbers, in their order: one statement for each counter.

    Raises Invalid as `with_numbers` does, before a counter is moved.
    """
    numbered = [with_given(entity.fields, values) for values, _ in judged]
    for field in entity.fields:
        if field.series is None:
            continue
        keys = [series_key(work, entity, field, field.series, values, env) for values, env in judged]
        drawn = {
            key: iter(next_numbers(work.tx, _counter(entity, field, key), keys.count(key), field.series.start))
            for key in sorted(set(keys))
        }
        for values, key in zip(numbered, keys, strict=True):
            values[field.name] = _written(key, next(drawn[key]))
    return numbered


def series_key(
    work: Work, entity: Entity, field: Field, series: Series, values: Mapping[str, object], env: Environment
) -> str:
    """Return the pattern with everything filled in but the number itself. Raises Invalid when a field of it is blank."""
    missing: list[Problem] = []

    def fill(hole: re.Match[str]) -> str:
        name = hole.group(1)
        if name.startswith("seq"):
            return hole.group(0)
        if name in _DATES:
            return env.now.astimezone(ZoneInfo(str(work.timezone))).strftime(_DATES[name])
        value = _follow(entity, name, values, env)
        if value is None:
            missing.append(
                Problem("series_needs_value", f"/{name.partition('.')[0]}", {"path": name, "field": field.title})
            )
        return str(value)

    key = _HOLE.sub(fill, series.pattern)
    if missing:
        raise Invalid(missing)
    return key


def _number(work: Work, entity: Entity, field: Field, series: Series, key: str) -> str:
    return _written(key, next_number(work.tx, _counter(entity, field, key), series.start))


def _counter(entity: Entity, field: Field, key: str) -> str:
    return f"{entity.module}.{entity.id}.{field.id}|{key}"


def _written(key: str, number: int) -> str:
    return _HOLE.sub(lambda hole: str(number).zfill(_width(hole.group(1))), key)


def _follow(entity: Entity, path: str, values: Mapping[str, object], env: Environment) -> object:
    first, _, rest = path.partition(".")
    value, field = values.get(first), entity.field(first)
    if not rest or field is None or not isinstance(value, str):
        return value
    return env.fetch(target(entity, field), value, rest)


def _width(hole: str) -> int:
    _, _, digits = hole.partition(":")
    return int(digits) if digits.isdigit() else 0
