"""What values break only together with others, and what no one typed: copies and defaults are judged like typed values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.definition.field_types import FIELD_TYPES, FieldType
from engine.definition.model import Entity, Field
from engine.definition.rows import Place, row_environment, rows_of
from engine.definition.values.accept import already_there, is_computed
from engine.expressions import Environment, ExpressionError, evaluate
from engine.paths import join
from engine.problems import Problem


def together(
    entity: Entity, values: Mapping[str, object], before: Mapping[str, object], env: Environment
) -> tuple[Problem, ...]:
    """Return what the values that changed break beside the others; `env` has the whole record.

    A choice that was retired is refused wherever it comes from, unless it stood there already.
    """
    here = replace(env, values={**env.values, **values})
    return tuple(_problems(entity, _Holder(values, before, Place("")), here))


@dataclass(frozen=True, slots=True)
class _Holder:
    """A record or row, as it was before, and its place."""

    values: Mapping[str, object]
    before: Mapping[str, object]
    place: Place


def _problems(owner: Entity | Field, holder: _Holder, env: Environment) -> Iterator[Problem]:
    here = row_environment(env, holder.place)
    for field in owner.once(__name__, _asked_of):
        value, former = holder.values.get(field.name), holder.before.get(field.name)
        if field.is_table:
            for row in _rows(field, holder):
                yield from _problems(field, row, env)
        elif value is not None and value != former:
            for problem in _of_one(field, value, former, holder.values, here):
                told = {**problem.params, "field": field.name, "title": field.title}
                yield replace(problem, params=told).under(join(holder.place.at, field.name))


def _asked_of(owner: Entity | Field) -> tuple[Field, ...]:
    """Return the fields that may break something beside others; of sixty there are often none."""
    return tuple(field for field in owner.fields if field.is_table or _is_asked(field))


def _is_asked(field: Field) -> bool:
    kind = FIELD_TYPES[field.type]
    judges = type(kind).problems_beside is not FieldType.problems_beside
    return judges or field.against is not None or (bool(kind.choices) and not is_computed(field))


def _rows(table: Field, holder: _Holder) -> Iterator[_Holder]:
    stored = {row.get("id"): row for row in rows_of(holder.before.get(table.name))}
    place = holder.place
    for index, row in enumerate(rows_of(holder.values.get(table.name))):
        path = f"{place.table}.{table.name}" if place.table else table.name
        inner = Place(path, (*place.indices, index), (*place.rows, row), join(place.at, table.name, index))
        yield _Holder(row, stored.get(row.get("id"), {}), inner)


def _of_one(
    field: Field, value: object, former: object, beside: Mapping[str, object], env: Environment
) -> Iterator[Problem]:
    kind = FIELD_TYPES[field.type]
    yield from kind.problems_beside(value, field, beside)
    if field.against is not None:
        yield from kind.problems_against(value, field, _other(field, env))
    if kind.choices and not is_computed(field):
        yield from (one for one in kind.problems(value, field) if not already_there(one, former))


def _other(field: Field, env: Environment) -> object:
    try:
        return evaluate(field.against, env) if field.against is not None else None
    except ExpressionError:
        return None
