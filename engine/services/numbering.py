"""Series numbers: given when a record is created, from a counter that only a stored record moves."""

import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from engine.definition.model import Entity, Field, Series
from engine.errors import Invalid
from engine.expressions import Environment
from engine.problems import Problem
from engine.services.references import target
from engine.services.work import Work
from engine.storage.series import next_number

_HOLE = re.compile(r"\{([^{}]+)\}")
_DATES = {"yyyy": "%Y", "yy": "%y", "mm": "%m", "dd": "%d"}


def with_numbers(work: Work, entity: Entity, values: Mapping[str, object], env: Environment) -> dict[str, object]:
    """Return values with a number in every series field. Raises Invalid when a field that the pattern names is blank."""
    numbered = dict(values)
    for field in entity.fields:
        if field.series is not None:
            numbered[field.name] = _number(work, entity, field, field.series, values, env)
    return numbered


def _number(
    work: Work, entity: Entity, field: Field, series: Series, values: Mapping[str, object], env: Environment
) -> str:
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
    number = next_number(work.tx, f"{entity.module}.{entity.id}.{field.id}|{key}", series.start)
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
