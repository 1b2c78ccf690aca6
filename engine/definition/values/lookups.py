"""Look-ups: values that are read through a reference each time and never stored."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.definition.model import Entity, Field
from engine.definition.rows import Place, every_field, rows_of
from engine.definition.values.accept import Values, from_expression
from engine.expressions import Environment, evaluate


def with_lookups(entity: Entity, values: Mapping[str, object], env: Environment) -> Values:
    """Return stored values together with those that are looked up, in the record and in its rows."""
    if not any(field.lookup for _, field in every_field(entity.fields)):
        return dict(values)
    return _followed(entity.fields, values, (), replace(env, row=None, rows_as=None))


def _followed(
    fields: Sequence[Field], holder: Mapping[str, object], rows: tuple[Mapping[str, object], ...], env: Environment
) -> Values:
    shown: Values = dict(holder)
    for field in fields:
        if field.lookup and field.follow is not None:
            shown[field.name] = from_expression(field, evaluate(field.follow, env))
        elif field.is_table and isinstance(holder.get(field.name), (list, tuple)):
            chains = [(*rows, row) for row in rows_of(holder[field.name])]
            shown[field.name] = [
                _followed(field.fields, chain[-1], chain, replace(env, row=Place("", rows=chain).names()))
                for chain in chains
            ]
    return shown
