"""The values of a record, or of each of its rows, that a declared uniqueness or interval is about; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.definition.model import Entity
from engine.paths import pointer


@dataclass(frozen=True, slots=True)
class Line:
    """One combination of values. `row` is the place in the sub-table, None for the record itself."""

    row: int | None
    values: tuple[object, ...]

    def at(self, entity: Entity, table: str, path: str) -> str:
        """Return the JSON Pointer of a path's value in the record."""
        name = path.removeprefix(f"{table}.")
        in_row = self.row is not None and (name != path or is_of_row(entity, table, name))
        return pointer([table, self.row, name]) if in_row and self.row is not None else pointer([name])


def table_of(paths: Sequence[str], each: str = "") -> str:
    """Return the sub-table that paths lead into: `each`, or the first part of a path with two."""
    return each or next((path.partition(".")[0] for path in paths if "." in path), "")


def is_of_row(entity: Entity, table: str, name: str) -> bool:
    """Say whether a bare name is a field of the rows of a sub-table."""
    rows = entity.field(table) if table else None
    return rows is not None and rows.field(name) is not None


def lines_of(entity: Entity, values: Mapping[str, object], paths: Sequence[str], table: str) -> Iterator[Line]:
    """Yield the values at `paths`: once, or once for each row of `table`; a row's own fields come first."""
    if not table:
        yield Line(None, tuple(values.get(path) for path in paths))
        return
    rows = values.get(table)
    names = [path.removeprefix(f"{table}.") for path in paths]
    for number, row in enumerate(rows if isinstance(rows, Sequence) else ()):
        found = tuple(
            row.get(name) if name != path or is_of_row(entity, table, name) else values.get(name)
            for name, path in zip(names, paths, strict=True)
        )
        yield Line(number, found)
