"""What may be seen and written of a field just now, and whether everything is there that must be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.definition.values.accept import is_computed
from engine.expressions import Compiled, Environment, ExpressionError, evaluate
from engine.paths import join
from engine.problems import Problem


@dataclass(frozen=True, slots=True)
class FieldState:
    """The present state of one field of a record or row."""

    visible: bool
    required: bool
    read_only: bool


def field_state(field: Field, env: Environment) -> FieldState:
    """Return the state of a field; `env` has the record, and the row for a row's field.

    A condition that is blank or has no value does not hold, except that such a field stays visible.
    """
    visible = is_visible(field, env)
    required = field.required or _holds(field.required_when, env)
    read_only = field.read_only or is_computed(field) or _holds(field.read_only_when, env)
    return FieldState(visible, visible and required and not is_computed(field), read_only)


def is_visible(field: Field, env: Environment) -> bool:
    """Say whether a field is shown."""
    if field.visible is None:
        return True
    try:
        return evaluate(field.visible, env) is True
    except ExpressionError:
        return True


def _holds(condition: Compiled | None, env: Environment) -> bool:
    if condition is None:
        return False
    try:
        return evaluate(condition, env) is True
    except ExpressionError:
        return False


def completeness(entity: Entity, values: Mapping[str, object], env: Environment) -> tuple[Problem, ...]:
    """Return what is missing: required fields without a value, sub-tables with too few rows."""
    here = replace(env, values={**env.values, **values}, row=None, rows_as=None, row_number=None)
    return tuple(_missing(entity.fields, values, here, ""))


def _missing(fields: Sequence[Field], values: Mapping[str, object], env: Environment, at: str) -> Iterator[Problem]:
    for field in fields:
        value, place = values.get(field.name), join(at, field.name)
        rows = value if field.is_table and isinstance(value, (list, tuple)) else ()
        if (value is None or (field.is_table and not rows)) and field_state(field, env).required:
            yield Problem("required", place, {"field": field.name, "title": field.title})
        elif field.is_table and is_visible(field, env):
            yield from (problem.under(place) for problem in FIELD_TYPES["sub_table"].problems(rows, field))
        for index, row in enumerate(rows):
            yield from _missing(field.fields, row, replace(env, row=row, row_number=index + 1), join(place, index))


def read_only_changes(
    entity: Entity, before: Mapping[str, object], values: Mapping[str, object], env: Environment
) -> tuple[Problem, ...]:
    """Return the fields of the record that were changed although, as the record was before, they are read-only."""
    here = replace(env, values={**env.values, **before}, row=None, rows_as=None)
    return tuple(
        Problem("read_only", join("", field.name), {"field": field.name, "title": field.title})
        for field in entity.fields
        if field.read_only_when is not None
        and before.get(field.name) != values.get(field.name)
        and _holds(field.read_only_when, here)
    )
