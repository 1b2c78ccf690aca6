"""In which order the formulas of a record are computed, and which of them run in a circle."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from engine.definition.model import Entity, Field
from engine.definition.rows import above, every_field

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
    return ((path, field) for path, field in every_field(entity.fields) if field.formula or field.lookup)


def _needs(entity: Entity, name: str, field: Field) -> set[str]:
    """Return the fields of the same record that a computed field reads."""
    reads = field.formula.reads if field.formula else frozenset({field.lookup})
    return {_node(entity, path, above(name)) for path in reads}


def _node(entity: Entity, path: str, table: str) -> str:
    """Return the path from the record of what a formula in a row of `table` calls `path`, as far as it lies in the record."""
    first, *rest = path.split(".")
    while table and entity.at(f"{table}.{first}") is None:
        table = above(table)
    found = f"{table}.{first}" if table else first
    for name in rest:
        field = entity.at(found)
        if field is None or not field.is_table:
            break
        found = f"{found}.{name}"
    return found
