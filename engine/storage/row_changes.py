"""What is different between the rows of a record as stored and as they should be; pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.definition.model import Field
from engine.definition.rows import rows_of

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its place in its list; `parent` is the id of the row that it lies in, empty in the record itself."""

    position: int
    row: Row
    parent: str = ""


@dataclass(frozen=True, slots=True)
class RowChanges:
    """Rows of one sub-table to write, and ids of rows to remove. What is added brings the rows inside it."""

    added: tuple[Placed, ...] = ()
    changed: tuple[Placed, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def __add__(self, other: "RowChanges") -> "RowChanges":
        return RowChanges(self.added + other.added, self.changed + other.changed, self.removed + other.removed)


@dataclass(frozen=True, slots=True)
class Changes:
    """New values of fields, and changes of rows by the path of their sub-table, outer ones first."""

    values: Mapping[str, object] = field(default_factory=dict)
    rows: Mapping[str, RowChanges] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.values) or bool(self.rows)


def row_changes(
    before: Sequence[Row], after: Sequence[Row], tables: Iterable[str] = (), parent: str = ""
) -> RowChanges:
    """Compare rows by `id`. A row without id, or with one that was not there before, is added.

    `tables` names what of a row are rows themselves: they are compared apart.
    """
    known = {row["id"]: (position, row) for position, row in enumerate(before)}
    kept = {row["id"] for row in after if row.get("id") in known}
    inner = frozenset(tables)
    added = tuple(Placed(position, row, parent) for position, row in enumerate(after) if row.get("id") not in known)
    changed = tuple(
        Placed(position, own, parent)
        for position, row in enumerate(after)
        for own in [{name: value for name, value in row.items() if name not in inner}]
        if row.get("id") in known and not _same(known[row["id"]], (position, own))
    )
    return RowChanges(added, changed, tuple(str(key) for key in known if key not in kept))


def record_changes(before: Mapping[str, object], after: Mapping[str, object], tables: Iterable[Field]) -> Changes:
    """Compare two records' values; what `after` does not name stays as it is. `tables` are the sub-tables of the record."""
    shapes = tuple(tables)
    names = {table.name for table in shapes}
    values = {name: value for name, value in after.items() if name not in names and value != before.get(name)}
    found: dict[str, RowChanges] = {}
    for path, changes in _compared(shapes, before, after, ""):
        found[path] = found.get(path, RowChanges()) + changes
    ordered = sorted((path for path, changes in found.items() if changes), key=lambda path: path.count("."))
    return Changes(values, {path: found[path] for path in ordered})


def _compared(
    tables: Iterable[Field], before: Row, after: Row, prefix: str, parent: str = ""
) -> Iterator[tuple[str, RowChanges]]:
    for table in tables:
        if table.name not in after:
            continue
        was, now = rows_of(before.get(table.name)), rows_of(after[table.name])
        inner = tuple(field for field in table.fields if field.is_table)
        path = prefix + table.name
        yield path, row_changes(was, now, (field.name for field in inner), parent)
        stored = {row["id"]: row for row in was} if inner else {}
        for row in now if inner else ():
            if (old := stored.get(row.get("id"))) is not None:
                yield from _compared(inner, old, row, f"{path}.", str(row["id"]))


def _same(before: tuple[int, Row], after: tuple[int, Row]) -> bool:
    return before[0] == after[0] and all(before[1].get(name) == value for name, value in after[1].items())
