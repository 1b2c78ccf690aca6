"""In which order the formulas of a record are computed, and which of them run in a circle."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from engine.definition.model import Entity, Field

_MOST_CYCLES = 20


def order(entity: Entity) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the computed fields so that each comes after what it reads, and every circle found ("a", "b", "a").

    Rows are named `lines.amount`. A circle is broken at its last link, so that others are found too.
    """
    graph = {name: _needs(entity, name, field) for name, field in _computed(entity)}
    edges = {name: {need for need in needs if need in graph} for name, needs in graph.items()}
    circles: list[tuple[str, ...]] = []
    for _ in range(_MOST_CYCLES):
        try:
            return tuple(TopologicalSorter(edges).static_order()), tuple(circles)
        except CycleError as error:
            circle = [str(name) for name in error.args[1]]
            circles.append(tuple(reversed(circle)))
            edges[circle[1]] = edges[circle[1]] - {circle[0]}
    return (), tuple(circles)


def _computed(entity: Entity) -> Iterator[tuple[str, Field]]:
    for field in entity.fields:
        if field.formula or field.lookup:
            yield field.name, field
        for child in field.fields:
            if child.formula or child.lookup:
                yield f"{field.name}.{child.name}", child


def _needs(entity: Entity, name: str, field: Field) -> set[str]:
    """Return the fields of the same record that a computed field reads."""
    table = name.partition(".")[0] if "." in name else ""
    reads = field.formula.reads if field.formula else frozenset({field.lookup})
    inner: Mapping[str, Field] = {child.name: child for child in _rows(entity, table)}
    return {_node(entity, path, table, inner) for path in reads}


def _node(entity: Entity, path: str, table: str, inner: Mapping[str, Field]) -> str:
    first, _, rest = path.partition(".")
    if first in inner:
        return f"{table}.{first}"
    own = entity.field(first)
    if own is not None and own.is_table and rest:
        return f"{first}.{rest.partition('.')[0]}"
    return first


def _rows(entity: Entity, table: str) -> tuple[Field, ...]:
    found = entity.field(table) if table else None
    return found.fields if found else ()
