"""Values that follow from others: look-ups and formulas in their order, and what hiding clears."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.definition.rows import above, copied_rows, places, row_environment
from engine.definition.values.accept import Values, from_expression
from engine.definition.values.hidden import clear_hidden
from engine.expressions import Compiled, Environment, ExpressionError, evaluate
from engine.paths import join
from engine.problems import LANGUAGES, Problem, wording


def compute(entity: Entity, values: Mapping[str, object], env: Environment) -> tuple[Values, tuple[Problem, ...]]:
    """Return the values with look-ups, formulas and cleared hidden fields, and the formulas that have no value.

    `env` brings the ports and the system fields; its own values are overlaid by `values`.
    """
    computed, problems = _computed(entity, values, env)
    while (cleared := clear_hidden(entity, computed, env)) is not None:
        computed, problems = _computed(entity, cleared, env)
    return computed, problems


def _computed(entity: Entity, values: Mapping[str, object], env: Environment) -> tuple[Values, tuple[Problem, ...]]:
    record = copied_rows(entity.fields, values)
    seen: Values = {**env.values, **record}
    here = replace(env, values=seen, row=None, rows_as=None, row_number=None)
    problems: list[Problem] = []
    # The scopes look into the record and its rows, which are filled in place: one for each row serves all formulas.
    scopes = {table: tuple(_places(record, table, here)) for table in {above(path) for path in entity.order}}
    for path in entity.order:
        table, _, name = path.rpartition(".")
        field = entity.at(path)
        formula = field.formula or field.follow if field else None
        if field is None or formula is None:
            continue
        for place, row, scope in scopes[table]:
            value, found = computed_value(field, formula, scope)
            row[name] = value
            if not table:
                seen[name] = value
            problems += [problem.under(join(place, name)) for problem in found]
    return record, tuple(problems)


def _places(record: Values, table: str, env: Environment) -> Iterator[tuple[str, Any, Environment]]:
    """Yield where a formula writes: the record, or every row of its sub-table, which is a copy of its own by now."""
    for place in places(record, table):
        yield place.at, place.rows[-1] if place.rows else record, row_environment(env, place)


def computed_value(field: Field, formula: Compiled, env: Environment) -> tuple[object, tuple[Problem, ...]]:
    """Return what a formula comes to as the field's value, or a blank and the findings why not."""
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
