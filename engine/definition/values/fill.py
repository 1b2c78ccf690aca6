"""A whole record from what was sent: what is stored already, defaults where it is new, copies where a reference changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.definition.model import Entity, Field
from engine.definition.rows import Place, rows_of
from engine.definition.values.accept import Values, from_expression, is_computed, schema_default
from engine.definition.values.rollups import of_nothing
from engine.definition.values.snapshots import frozen
from engine.expressions import Environment, evaluate


@dataclass(frozen=True, slots=True)
class _Holder:
    """A record or row that is being filled, what was sent of it, and what was stored (None: it is new)."""

    now: Values
    sent: Mapping[str, object]
    old: Mapping[str, object] | None
    around: tuple["_Holder", ...] = ()

    def environment(self, env: Environment) -> Environment:
        """Return what a formula sees here; what is filled in is seen at once."""
        rows = tuple(one.now for one in (*self.around[1:], self)) if self.around else ()
        return replace(env, row=Place("", rows=rows).names() if rows else None, rows_as=None)


def fill(
    entity: Entity, values: Mapping[str, object], env: Environment, old: Mapping[str, object] | None = None
) -> Values:
    """Return a whole record: `old` overlaid by what was sent, with defaults where it is new and copies where a reference changed.

    A value that was sent stays, unless the field is read-only. Raises ExpressionError where a default has no value.
    """
    record: Values = {**(old or {}), **values}
    seen: Values = {**env.values, **record}
    here = replace(env, values=seen, row=None, rows_as=None)
    _fill_values(entity.fields, _Holder(record, values, old), here, seen)
    _fill_tables(entity.fields, _Holder(record, values, old), here, seen)
    return record


def _fill_values(fields: Sequence[Field], holder: _Holder, env: Environment, seen: Values | None = None) -> None:
    here = holder.environment(env)
    for field in fields:
        name = field.name
        if holder.old is None and field.rollup is not None:
            holder.now[name] = of_nothing(field)
        elif holder.old is None and name not in holder.sent and not is_computed(field) and not field.is_table:
            holder.now[name] = _default(field, here)
        if field.follow is not None and field.copy and _is_stale(field, holder, env):
            copied = from_expression(field, evaluate(field.follow, here))
            holder.now[name] = holder.now.get(name) if copied is None and holder.old is None else copied
        if seen is not None and name in holder.now:
            seen[name] = holder.now[name]
    copies = frozen(fields, holder.now, holder.old, env.fetch)
    holder.now.update(copies)
    if seen is not None:
        seen.update(copies)


def _fill_tables(fields: Sequence[Field], holder: _Holder, env: Environment, seen: Values | None = None) -> None:
    for table in fields:
        if table.is_table:
            holder.now[table.name] = list(_filled_rows(table, holder, env))
            if seen is not None:
                seen[table.name] = holder.now[table.name]


def _filled_rows(table: Field, holder: _Holder, env: Environment) -> Iterator[Values]:
    stored = {row.get("id"): row for row in rows_of(holder.old.get(table.name))} if holder.old else {}
    for sent in rows_of(holder.now.get(table.name)):
        old = stored.get(sent.get("id"))
        row = _Holder({**(old or {}), **sent}, sent, old, (*holder.around, holder))
        _fill_values(table.fields, row, env)
        _fill_tables(table.fields, row, env)
        yield row.now


def _default(field: Field, env: Environment) -> object:
    return from_expression(field, evaluate(field.default, env)) if field.default else schema_default(field)


def _is_stale(field: Field, holder: _Holder, env: Environment) -> bool:
    """Say whether a copy must be taken: its reference is new or has changed, and nobody typed a value."""
    if field.name in holder.sent and holder.sent[field.name] is not None and not field.read_only:
        return False
    first = field.copy.partition(".")[0]
    source = next((one for one in (holder, *reversed(holder.around)) if first in one.now), None)
    now = source.now.get(first) if source else env.values.get(first)
    if holder.old is None:
        # A blank reference has not changed: what a new record starts with stays.
        return now is not None
    before = source.old if source else env.old
    return (before or {}).get(first) != now
