"""Rows inside rows: the sub-tables of an entity at every depth, and their rows inside a record.

A sub-table is named by its path from the record: `lines`, `lines.items`, `lines.items.parts`. Every place that once asked for
"the sub-table and its rows" asks here, so that no depth is a case of its own.
"""

import dataclasses
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.definition.model import Entity, Field
from engine.expressions import Environment
from engine.paths import join

MOST_LEVELS = 3
"""A record has lines, a line has items, an item has parts; parts have nothing below them."""

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RowShape:
    """One sub-table: its `path` ("lines.items"), and the fields that lead to it, the outermost first, itself last."""

    path: str
    chain: tuple[Field, ...]

    @property
    def table(self) -> Field:
        """Return the sub-table itself."""
        return self.chain[-1]

    @property
    def parent(self) -> str:
        """Return the path of the sub-table whose rows hold its rows; empty for the record."""
        return above(self.path)


@dataclass(frozen=True, slots=True)
class Place:
    """One row of a record, or (without indices) the record itself.

    `rows` are the rows that it lies in, the outermost first, itself last; `at` is its pointer.
    """

    table: str
    indices: tuple[int, ...] = ()
    rows: tuple[Row, ...] = dataclasses.field(default=(), compare=False)
    at: str = ""

    def names(self) -> Mapping[str, object]:
        """Return the names that a formula of the row sees before those of the record."""
        return self.rows[-1] if len(self.rows) == 1 else ChainMap[str, object](*map(_mutable, reversed(self.rows)))


def above(path: str) -> str:
    """Return the path of what a field or sub-table lies in; empty for the record."""
    return path.rpartition(".")[0]


def shape_key(entity: Entity, path: str) -> str:
    """Return the key under which formulas know the rows of a sub-table: `module.entity/lines/items`."""
    return "/".join((entity.key, *path.split("."))) if path else entity.key


def source_parts(key: str) -> tuple[str, str]:
    """Return entity and path of a key such as `module.entity/lines/items`."""
    entity, _, tables = key.partition("/")
    return entity, tables.replace("/", ".")


def row_shapes(entity: Entity) -> tuple[RowShape, ...]:
    """Return the sub-tables of an entity at every depth, each after the one that it lies in."""
    return tuple(_shapes(entity.fields, ()))


def row_shape(entity: Entity, path: str) -> RowShape | None:
    """Return the sub-table at a path, None where there is none."""
    chain: list[Field] = []
    fields = entity.fields
    for name in path.split("."):
        found = next((field for field in fields if field.name == name), None)
        if found is None or not found.is_table:
            return None
        chain.append(found)
        fields = found.fields
    return RowShape(path, tuple(chain))


def every_field(fields: Iterable[Field], prefix: str = "") -> Iterator[tuple[str, Field]]:
    """Yield every field with its path, those of rows after the sub-table that they lie in."""
    for field in fields:
        yield prefix + field.name, field
        if field.is_table:
            yield from every_field(field.fields, f"{prefix}{field.name}.")


def innermost(paths: Iterable[str]) -> str | None:
    """Return the sub-table in whose rows all of some sub-tables can be seen; None where two lie side by side."""
    deepest = max(paths, key=lambda path: path.count(".") + bool(path), default="")
    return deepest if all(is_within(deepest, path) for path in paths) else None


def is_within(path: str, outer: str) -> bool:
    """Say whether a path is another one or lies below it; everything lies below the record."""
    return not outer or path == outer or path.startswith(f"{outer}.")


def rows_of(value: object) -> Sequence[Any]:
    """Return the rows of a value; what is no list has none."""
    return value if isinstance(value, (list, tuple)) else ()


def places(values: Row, table: str) -> Iterator[Place]:
    """Yield the record itself, or with a `table` every row of that sub-table, in their order."""
    found: Iterable[Place] = (Place(""),)
    for name in table.split(".") if table else ():
        found = _below(values, found, name)
    yield from found


def copied_rows(fields: Iterable[Field], values: Row) -> dict[str, object]:
    """Return values in which the rows of every depth may be changed without changing what was given."""
    copied = dict(values)
    for field in fields:
        if field.is_table:
            given = rows_of(values.get(field.name))
            copied[field.name] = [copied_rows(field.fields, row) for row in given if isinstance(row, Mapping)]
    return copied


def row_environment(env: Environment, place: Place, *, current: bool = False) -> Environment:
    """Return what a formula sees at a place: its row, the rows around it, the record.

    With `current`, as in rules and postings of each row, the names of the sub-tables stand for the rows that the place lies in.
    """
    if not place.indices:
        if env.row is None and env.rows_as is None and env.row_number is None:
            return env
        return replace(env, row=None, rows_as=None, row_number=None)
    number = place.indices[-1] + 1
    if not current:
        return replace(env, row=place.names(), rows_as=None, row_number=number)
    if len(place.rows) == 1:
        return replace(env, row=place.rows[0], rows_as=place.table, row_number=number)
    return replace(env, row=_with_current(place), rows_as=None, row_number=number)


def _with_current(place: Place) -> Mapping[str, object]:
    tables = place.table.split(".")
    here: Mapping[str, object] = place.rows[-1]
    standing: dict[str, object] = {tables[-1]: here}
    for depth in range(len(tables) - 2, -1, -1):
        here = ChainMap({tables[depth + 1]: here}, _mutable(place.rows[depth]))
        standing[tables[depth]] = here
    return ChainMap(standing, *map(_mutable, reversed(place.rows)))


def _mutable(row: Row) -> Any:
    # A chain writes to its first mapping only, and nobody writes to these.
    return row


def _below(values: Row, places_: Iterable[Place], name: str) -> Iterator[Place]:
    for place in places_:
        holder = place.rows[-1] if place.rows else values
        table = f"{place.table}.{name}" if place.table else name
        for index, row in enumerate(rows_of(holder.get(name))):
            yield Place(table, (*place.indices, index), (*place.rows, row), join(place.at, name, index))


def _shapes(fields: Iterable[Field], chain: tuple[Field, ...]) -> Iterator[RowShape]:
    for field in fields:
        if field.is_table:
            inner = (*chain, field)
            yield RowShape(".".join(one.name for one in inner), inner)
            yield from _shapes(field.fields, inner)
