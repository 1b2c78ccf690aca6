"""What becomes of values that are not shown: they stay, they are cleared, or what is sent for them is not taken.

A field is hidden when its own condition does not hold, or when the sub-table that it lies in is hidden. Clearing one value may
hide another, so it is asked until nothing changes; every round clears a value, so it ends.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from engine.definition.model import Entity, Field
from engine.definition.rows import Place, copied_rows, rows_of
from engine.definition.values.accept import Values, is_computed
from engine.definition.values.states import is_visible
from engine.expressions import Environment
from engine.paths import join, split

_BLANK: tuple[object, ...] = (None, [], ())


@dataclass(frozen=True, slots=True)
class Hidden:
    """A field that is not shown: its pointer, and the record or row that it lies in."""

    at: str
    field: Field
    holder: Mapping[str, object]


def hidden_fields(entity: Entity, values: Mapping[str, object], env: Environment) -> Iterator[Hidden]:
    """Yield every field that is hidden now, in rows too; what always shows is not asked."""
    here = replace(env, values={**env.values, **values}, row=None, rows_as=None, row_number=None)
    yield from _hidden(entity.fields, values, (), "", here, hidden=False)


def ignored(entity: Entity, values: Mapping[str, object], env: Environment) -> frozenset[str]:
    """Return the pointers of the hidden fields that nothing looks at."""
    if not entity.once((__name__, "ignore"), lambda one: _has_fate(one.fields, "ignore")):
        return frozenset()
    return frozenset(one.at for one in hidden_fields(entity, values, env) if one.field.when_hidden == "ignore")


def clear_hidden(entity: Entity, values: Mapping[str, object], env: Environment) -> Values | None:
    """Return values without those that hiding clears; None if there is nothing to clear."""
    if not entity.once((__name__, "clear"), lambda one: _has_fate(one.fields, "clear")):
        return None
    record = copied_rows(entity.fields, values)
    gone = [one for one in hidden_fields(entity, record, env) if _is_to_clear(one)]
    for one in gone:
        # What was walked through is the copy.
        cleared: object = [] if one.field.is_table else None
        cast(Values, one.holder)[one.field.name] = cleared
    return record if gone else None


def without_ignored(values: Mapping[str, object], pointers: frozenset[str]) -> Mapping[str, object]:
    """Return values as rules see them: blank at the pointers of what is ignored."""
    if not pointers:
        return values
    shown = dict(values)
    for pointer in sorted(pointers):
        _replaced(shown, split(pointer))
    return shown


def is_under(pointer: str, places: frozenset[str]) -> bool:
    """Say whether a pointer is one of some places, or lies inside one."""
    return any(pointer == place or pointer.startswith(f"{place}/") for place in places)


def untaken(sent: Mapping[str, object], pointers: frozenset[str]) -> tuple[Mapping[str, object], frozenset[str]]:
    """Return what was sent without what is ignored, and the pointers at which something was left out."""
    left, dropped = dict(sent), set[str]()
    for pointer in sorted(pointers):
        *way, name = split(pointer)
        holder = _holder(left, way)
        if holder is not None and name in holder:
            del holder[name]
            dropped.add(pointer)
    return left, frozenset(dropped)


def _hidden(
    fields: Sequence[Field],
    holder: Mapping[str, object],
    rows: tuple[Mapping[str, object], ...],
    at: str,
    env: Environment,
    *,
    hidden: bool,
) -> Iterator[Hidden]:
    for field in fields:
        if not hidden and not _depends(field):
            continue
        gone = hidden or not is_visible(field, env)
        place = join(at, field.name)
        if gone:
            yield Hidden(place, field, holder)
        if not field.is_table:
            continue
        for index, row in enumerate(rows_of(holder.get(field.name))):
            chain = (*rows, row)
            inner = replace(env, row=Place("", rows=chain).names(), row_number=index + 1)
            yield from _hidden(field.fields, row, chain, join(place, index), inner, hidden=gone)


def _is_to_clear(one: Hidden) -> bool:
    value = one.holder.get(one.field.name)
    return one.field.when_hidden == "clear" and not is_computed(one.field) and value not in _BLANK


def _has_fate(fields: Sequence[Field], fate: str) -> bool:
    return any(field.when_hidden == fate or (field.is_table and _has_fate(field.fields, fate)) for field in fields)


def _depends(field: Field) -> bool:
    """Say whether a field, or one of its rows' fields, may be hidden."""
    return field.visible is not None or (field.is_table and any(_depends(child) for child in field.fields))


def _replaced(shown: Values, way: Sequence[str]) -> None:
    """Blank one value; the lists and rows on the way to it are copied, what was given stays as it is."""
    name, *rest = way
    if not rest:
        shown[name] = [] if isinstance(shown.get(name), (list, tuple)) else None
        return
    rows = list(rows_of(shown.get(name)))
    index = int(rest[0])
    if index < len(rows):
        rows[index] = dict(rows[index])
        shown[name] = rows
        _replaced(rows[index], rest[1:])


def _holder(left: Values, way: Sequence[str]) -> Values | None:
    """Return the row at a pointer of what was sent, copied on the way; None where nothing was sent."""
    here = left
    for table, place in zip(way[::2], way[1::2], strict=True):
        rows = list(rows_of(here.get(table)))
        index = int(place)
        if index >= len(rows) or not isinstance(rows[index], Mapping):
            return None
        rows[index] = dict(rows[index])
        here[table] = rows
        here = rows[index]
    return here
