"""Values that follow from others: look-ups and formulas in their order, copies, defaults, and what hiding clears."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.definition.values.accept import Values, from_expression, is_computed, schema_default
from engine.definition.values.states import is_visible
from engine.expressions import Compiled, Environment, ExpressionError, evaluate
from engine.paths import join
from engine.problems import LANGUAGES, Problem, wording


def fill(
    entity: Entity, values: Mapping[str, object], env: Environment, old: Mapping[str, object] | None = None
) -> Values:
    """Return a whole record: `old` overlaid by what was sent, with defaults where it is new and copies where a reference changed.

    A value that was sent stays, unless the field is read-only. Raises ExpressionError where a default has no value.
    """
    record: Values = {**(old or {}), **values}
    here = replace(env, values={**env.values, **record}, row=None, rows_as=None)
    _fill_one(entity.fields, record, values, old, here)
    for table in entity.tables:
        rows = record.get(table.name)
        stored = _by_id(old.get(table.name)) if old else {}
        record[table.name] = [
            _filled_row(table, row, stored.get(row.get("id")), replace(here, values={**env.values, **record}))
            for row in (rows if isinstance(rows, (list, tuple)) else ())
        ]
    return record


def _filled_row(table: Field, sent: Mapping[str, object], old: Mapping[str, object] | None, env: Environment) -> Values:
    row: Values = {**(old or {}), **sent}
    _fill_one(table.fields, row, sent, old, replace(env, row=row))
    return row


def _fill_one(
    fields: Sequence[Field],
    record: Values,
    sent: Mapping[str, object],
    old: Mapping[str, object] | None,
    env: Environment,
) -> None:
    target = record if env.row is None else None
    for field in fields:
        if old is None and field.name not in sent and not is_computed(field) and not field.is_table:
            record[field.name] = _default(field, env)
        if field.follow is not None and field.copy and _is_stale(field, record, sent, old, env):
            copied = from_expression(field, evaluate(field.follow, env))
            record[field.name] = record.get(field.name) if copied is None and old is None else copied
        if target is not None:
            env = replace(env, values={**env.values, **target})


def _default(field: Field, env: Environment) -> object:
    return from_expression(field, evaluate(field.default, env)) if field.default else schema_default(field)


def _is_stale(
    field: Field, record: Values, sent: Mapping[str, object], old: Mapping[str, object] | None, env: Environment
) -> bool:
    """Say whether a copy must be taken: its reference is new or has changed, and nobody typed a value."""
    if field.name in sent and sent[field.name] is not None and not field.read_only:
        return False
    first = field.copy.partition(".")[0]
    now = (record if first in record else env.values).get(first)
    if old is None:
        # A blank reference has not changed: what a new record starts with stays.
        return now is not None
    before = old if first in record else env.old or {}
    return before.get(first) != now


def compute(entity: Entity, values: Mapping[str, object], env: Environment) -> tuple[Values, tuple[Problem, ...]]:
    """Return the values with look-ups, formulas and cleared hidden fields, and the formulas that have no value.

    `env` brings the ports and the system fields; its own values are overlaid by `values`.
    """
    computed, problems = _computed(entity, values, env)
    cleared = _cleared(entity, computed, env)
    return _computed(entity, cleared, env) if cleared is not None else (computed, problems)


def with_lookups(entity: Entity, values: Mapping[str, object], env: Environment) -> Values:
    """Return stored values with their look-ups, which are never stored, as they are now."""
    record: Values = {**values, **{table.name: _copied_rows(values.get(table.name)) for table in entity.tables}}
    here = replace(env, values={**env.values, **record}, row=None, rows_as=None, row_number=None)
    for path in entity.order:
        table, _, name = path.rpartition(".")
        field = entity.at(path)
        if field is None or not field.lookup or field.follow is None:
            continue
        for _, row, scope in _places(record, table, here):
            row[name] = _value(field, field.follow, scope)[0]
    return record


def _computed(entity: Entity, values: Mapping[str, object], env: Environment) -> tuple[Values, tuple[Problem, ...]]:
    record: Values = {**values, **{table.name: _copied_rows(values.get(table.name)) for table in entity.tables}}
    seen: Values = {**env.values, **record}
    here = replace(env, values=seen, row=None, rows_as=None, row_number=None)
    problems: list[Problem] = []
    # The scopes look into the record and its rows, which are filled in place: one for each row serves all formulas.
    scopes = {table: tuple(_places(record, table, here)) for table in ("", *(table.name for table in entity.tables))}
    for path in entity.order:
        table, _, name = path.rpartition(".")
        field = entity.at(path)
        formula = field.formula or field.follow if field else None
        if field is None or formula is None:
            continue
        for place, row, scope in scopes[table]:
            value, found = _value(field, formula, scope)
            row[name] = value
            if not table:
                seen[name] = value
            problems += [problem.under(join(place, name)) for problem in found]
    return record, tuple(problems)


def _places(record: Values, table: str, env: Environment) -> Iterator[tuple[str, Values, Environment]]:
    """Yield where a formula writes: the record, or every row of its sub-table with its number."""
    if not table:
        yield "", record, env
        return
    rows = record.get(table)
    for index, row in enumerate(rows if isinstance(rows, list) else []):
        yield join("", table, index), row, replace(env, row=row, row_number=index + 1)


def _value(field: Field, formula: Compiled, env: Environment) -> tuple[object, tuple[Problem, ...]]:
    try:
        value = from_expression(field, evaluate(formula, env))
    except ExpressionError as error:
        return None, (failed(error, field.title),)
    if field.lookup or value is None:
        return value, ()
    fits = FIELD_TYPES[field.type].coerce(FIELD_TYPES[field.type].to_json(value), field)
    if isinstance(fits, Problem):
        return None, (replace(fits, params={**fits.params, "title": field.title}),)
    return value, FIELD_TYPES[field.type].problems(value, field)


def failed(error: ExpressionError, title: Mapping[str, str]) -> Problem:
    """Return the finding that an expression has no value, with the reason in every language."""
    words = {language: wording(error.code, error.params, language) for language in LANGUAGES}
    reason = {language: said.text for language, said in words.items()}
    remedy = {language: said.remedy for language, said in words.items()}
    return Problem("formula_failed", params={"title": title, "reason": reason, "remedy": remedy}, span=error.span)


def _cleared(entity: Entity, values: Values, env: Environment) -> Values | None:
    """Return the values without those that hiding clears, None if there is nothing to clear."""
    here = replace(env, values={**env.values, **values}, row=None, rows_as=None)
    changed = False
    record: Values = {**values, **{table.name: _copied_rows(values.get(table.name)) for table in entity.tables}}
    for field in entity.fields:
        if _is_to_clear(field, record, here):
            record[field.name] = [] if field.is_table else None
            changed = True
        rows = record.get(field.name) if field.is_table else None
        children = [child for child in field.fields if _clears(child)]
        for row in rows if children and isinstance(rows, list) else []:
            for child in children:
                if _is_to_clear(child, row, replace(here, row=row)):
                    row[child.name] = None
                    changed = True
    return record if changed else None


def _is_to_clear(field: Field, holder: Mapping[str, object], env: Environment) -> bool:
    return _clears(field) and bool(holder.get(field.name)) and not is_visible(field, env)


def _clears(field: Field) -> bool:
    return field.when_hidden == "clear" and field.visible is not None


def _copied_rows(rows: object) -> list[Values]:
    return [dict(row) for row in rows if isinstance(row, Mapping)] if isinstance(rows, (list, tuple)) else []


def _by_id(rows: object) -> dict[object, Mapping[str, object]]:
    return {row.get("id"): row for row in rows if isinstance(row, Mapping)} if isinstance(rows, (list, tuple)) else {}
