"""What may be seen and written of a field just now, and whether everything is there that must be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.definition.rows import Place, row_environment, rows_of
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
    """Return what is missing: required fields without a value, sub-tables with too few rows. Nothing is asked of what is hidden."""
    here = replace(env, values={**env.values, **values}, row=None, rows_as=None, row_number=None)
    return tuple(_missing(entity.fields, values, here, Place("")))


def _missing(
    fields: Sequence[Field], values: Mapping[str, object], env: Environment, holder: Place
) -> Iterator[Problem]:
    for field in fields:
        value = values.get(field.name)
        rows = rows_of(value) if field.is_table else ()
        if (
            (value is None or (field.is_table and not rows))
            and _may_be_required(field)
            and field_state(field, env).required
        ):
            yield Problem("required", join(holder.at, field.name), {"field": field.name, "title": field.title})
        elif field.is_table and is_visible(field, env):
            at = join(holder.at, field.name)
            yield from (problem.under(at) for problem in FIELD_TYPES["sub_table"].problems(rows, field))
            for index, row in enumerate(rows):
                place = Place("", (index,), (*holder.rows, row), join(at, index))
                yield from _missing(field.fields, row, row_environment(env, place), place)


def _may_be_required(field: Field) -> bool:
    return field.required or field.required_when is not None


def read_only_changes(
    entity: Entity, before: Mapping[str, object], values: Mapping[str, object], env: Environment
) -> tuple[Problem, ...]:
    """Return the fields that were changed although, as the record or row was before, they are read-only."""
    here = replace(env, values={**env.values, **before}, row=None, rows_as=None)
    return tuple(_locked(entity.fields, before, values, here, Place("")))


def _locked(
    fields: Sequence[Field],
    before: Mapping[str, object],
    values: Mapping[str, object],
    env: Environment,
    holder: Place,
) -> Iterator[Problem]:
    """Yield what was changed against its condition. `holder` has the rows as they were, and where they are now."""
    for field in fields:
        was, now = before.get(field.name), values.get(field.name)
        if was == now:
            continue
        at = join(holder.at, field.name)
        if field.read_only_when is not None and _holds(field.read_only_when, env):
            yield Problem("read_only", at, {"field": field.name, "title": field.title})
        elif field.is_table and any(_may_lock(child) for child in field.fields):
            stored = {row.get("id"): row for row in rows_of(was)}
            for index, row in enumerate(rows_of(now)):
                if (old := stored.get(row.get("id"))) is not None:
                    place = Place("", (index,), (*holder.rows, old), join(at, index))
                    yield from _locked(field.fields, old, row, row_environment(env, place), place)


def _may_lock(field: Field) -> bool:
    return field.read_only_when is not None or any(_may_lock(child) for child in field.fields)
