"""The values of a record, or of each of its rows, that a declared uniqueness or interval is about; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.definition.field_paths import resolve
from engine.definition.model import Entity
from engine.definition.rows import Place, above, innermost, is_within, places
from engine.paths import join


@dataclass(frozen=True, slots=True)
class Line:
    """One combination of values, and the row that it stands in, or the record itself."""

    place: Place
    values: tuple[object, ...]

    def at(self, entity: Entity, table: str, path: str) -> str:
        """Return the JSON Pointer of a path's value in the record."""
        owner = owner_of(entity, table, path)
        depth = owner.count(".") + 1 if owner else 0
        parts = (
            [part for pair in zip(owner.split("."), self.place.indices, strict=False) for part in pair] if owner else []
        )
        return join("", *parts[: 2 * depth], path.rpartition(".")[2])


def table_of(paths: Sequence[str], each: str = "") -> str:
    """Return the sub-table that paths are about: `each`, or the innermost that one of them lies in."""
    return each or innermost(above(path) for path in paths) or ""


def owner_of(entity: Entity, table: str, path: str) -> str:
    """Return the sub-table that has a path's field: a path from the record, or a bare name seen from the rows of `table`."""
    if entity.at(path) is not None and above(path):
        return above(path)
    found = resolve({}, entity, path, table)
    return found.table if found else ""


def lines_of(entity: Entity, values: Mapping[str, object], paths: Sequence[str], table: str) -> Iterator[Line]:
    """Yield the values at `paths`: once, or once for each row of `table`; a row's own fields come first."""
    owners = [owner_of(entity, table, path) for path in paths]
    names = [path.rpartition(".")[2] for path in paths]
    for place in places(values, table):
        yield Line(
            place, tuple(_holder(values, place, owner).get(name) for owner, name in zip(owners, names, strict=True))
        )


def _holder(values: Mapping[str, object], place: Place, owner: str) -> Mapping[str, object]:
    if not owner or not is_within(place.table, owner):
        return values
    return place.rows[owner.count(".")]
