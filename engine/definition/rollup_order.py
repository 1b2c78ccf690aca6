"""Which computed values feed which, across entities: the circles among them, and the order in which roll-ups are worked out."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from engine.definition.field_paths import resolve
from engine.definition.model import Entity, Field
from engine.expressions import Compiled

Graph = dict[str, set[str]]
"""By the name of a computed value (`module.entity.total`, `module.entity/lines.amount`): those that it reads."""

_MOST_CIRCLES = 20


def circles(entities: Mapping[str, Entity]) -> tuple[tuple[str, ...], ...]:
    """Return the circles that pass through a roll-up, each as ("a", "b", "a") where a reads b."""
    graph = _graph(entities)
    rolled = {f"{key}.{field.name}" for key, entity in entities.items() for field in entity.fields if field.rollup}
    found: list[tuple[str, ...]] = []
    for _ in range(_MOST_CIRCLES):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle = [str(name) for name in error.args[1]]
            graph[circle[1]] = graph[circle[1]] - {circle[0]}
            first = next((at for at, name in enumerate(circle[:-1]) if name in rolled), None)
            if first is not None:
                found.append(tuple(reversed([*circle[first:-1], *circle[:first], circle[first]])))
        else:
            break
    return tuple(found)


def levels(entities: Mapping[str, Entity]) -> dict[str, int]:
    """Return for each roll-up (`module.entity.total`) how many roll-ups lie below it, itself included: 1 for the lowest.

    The entities have no circles.
    """
    graph = _graph(entities)
    rolled = {f"{key}.{field.name}" for key, entity in entities.items() for field in entity.fields if field.rollup}
    height: dict[str, int] = {}
    for name in TopologicalSorter(graph).static_order():
        below = max((height[need] for need in graph.get(name, ())), default=0)
        height[name] = below + (name in rolled)
    return {name: height[name] for name in rolled}


def fed_formulas(entity: Entity) -> tuple[str, ...]:
    """Return the formulas of an entity that a roll-up of its own feeds, at any remove, each after what it reads."""
    fed = {field.name for field in entity.fields if field.rollup}
    found = []
    for name in entity.order if fed else ():
        field, table = entity.at(name), name.rpartition(".")[0]
        if field is None or field.formula is None:
            continue
        if any(one in fed or f"{table}.{one}" in fed or _cell(one, fed) for one in field.formula.reads):
            fed.add(name)
            found.append(name)
    return tuple(found)


def _cell(path: str, fed: set[str]) -> bool:
    return any(path.startswith(f"{name}.") for name in fed)


def _graph(entities: Mapping[str, Entity]) -> Graph:
    graph: Graph = {}
    for key, entity in entities.items():
        for shape, table, field in _shapes(key, "", entity.fields):
            if field.rollup is not None:
                source, _, rows = field.rollup.source.partition("/")
                child = entities.get(source)
                needs = (field.rollup.value, field.rollup.where)
                graph[f"{shape}.{field.name}"] = (
                    _needs(entities, child, rows.replace("/", "."), needs) if child else set()
                )
            elif field.formula is not None:
                graph[f"{shape}.{field.name}"] = _needs(entities, entity, table, (field.formula,))
    return graph


def _shapes(shape: str, table: str, fields: tuple[Field, ...]) -> Iterator[tuple[str, str, Field]]:
    for field in fields:
        yield shape, table, field
        if field.is_table:
            yield from _shapes(f"{shape}/{field.name}", f"{table}.{field.name}" if table else field.name, field.fields)


def _needs(entities: Mapping[str, Entity], entity: Entity, table: str, read: tuple[Compiled | None, ...]) -> set[str]:
    paths = {path for compiled in read if compiled for path in compiled.reads}
    found = (resolve(entities, entity, path, table) for path in paths)
    return {f"{one.owner}.{one.name}" for one in found if one is not None}
