"""Look-ups: values that are read through a reference each time and never stored."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.definition.model import Entity, Field
from engine.definition.values.accept import Values, from_expression
from engine.expressions import Environment, evaluate


def with_lookups(entity: Entity, values: Mapping[str, object], env: Environment) -> Values:
    """Return stored values together with those that are looked up, in the record and in its rows."""
    shown = {**values, **_followed(entity.fields, replace(env, row=None, rows_as=None))}
    for table in entity.tables:
        rows = values.get(table.name)
        if isinstance(rows, (list, tuple)):
            shown[table.name] = [{**row, **_followed(table.fields, replace(env, row=row))} for row in rows]
    return shown


def _followed(fields: Sequence[Field], env: Environment) -> Values:
    return {
        field.name: from_expression(field, evaluate(field.follow, env))
        for field in fields
        if field.lookup and field.follow is not None
    }
