"""Formulas worked out anew over a stored record, when only what feeds them has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from engine.definition.model import Entity
from engine.definition.rows import above, copied_rows, places, row_environment
from engine.definition.values.accept import Values
from engine.definition.values.compute import computed_value
from engine.expressions import Environment
from engine.problems import Problem


def refreshed(
    entity: Entity, values: Mapping[str, object], env: Environment, names: Sequence[str]
) -> tuple[Values, tuple[Problem, ...]]:
    """Return stored values in which some formulas (`total`, `lines.share`, in their order) are worked out anew.

    Also returned is which of them have no value. Everything else stays as it is.
    """
    record = copied_rows(entity.fields, values)
    here = replace(env, values=record, row=None, rows_as=None, row_number=None)
    problems: list[Problem] = []
    for path in names:
        field = entity.at(path)
        if field is None or field.formula is None:
            continue
        for place in places(record, above(path)):
            # What is walked through is a copy of our own by now.
            holder = cast(Values, place.rows[-1]) if place.rows else record
            value, found = computed_value(field, field.formula, row_environment(here, place))
            holder[field.name] = value
            problems += found
    return record, tuple(problems)
