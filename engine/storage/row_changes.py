"""What is different between the rows of a sub-table as stored and as they should be; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """Rows to write, each with its place in the list, and ids of rows to remove."""

    added: tuple[tuple[int, Row], ...] = ()
    changed: tuple[tuple[int, Row], ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Changes:
    """New values of fields, and changes of rows by sub-table."""

    values: Mapping[str, object] = field(default_factory=dict)
    rows: Mapping[str, RowChanges] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.values) or bool(self.rows)


def row_changes(before: Sequence[Row], after: Sequence[Row]) -> RowChanges:
    """Compare rows by `id`. A row without id, or with one that was not there before, is added."""
    known = {row["id"]: (position, row) for position, row in enumerate(before)}
    kept = {row["id"] for row in after if row.get("id") in known}
    added = tuple((position, row) for position, row in enumerate(after) if row.get("id") not in known)
    changed = tuple(
        (position, row)
        for position, row in enumerate(after)
        if row.get("id") in known and not _same(known[row["id"]], (position, row))
    )
    return RowChanges(added, changed, tuple(str(key) for key in known if key not in kept))


def record_changes(before: Mapping[str, object], after: Mapping[str, object], tables: Iterable[str]) -> Changes:
    """Compare two records' values; what `after` does not name stays as it is. `tables` names the sub-tables."""
    table_names = frozenset(tables)
    values = {name: value for name, value in after.items() if name not in table_names and value != before.get(name)}
    found = {name: row_changes(_rows(before.get(name)), _rows(after[name])) for name in table_names if name in after}
    return Changes(values, {name: changes for name, changes in found.items() if changes})


def _rows(value: object) -> Sequence[Row]:
    return value if isinstance(value, Sequence) else ()


def _same(before: tuple[int, Row], after: tuple[int, Row]) -> bool:
    return before[0] == after[0] and all(before[1].get(name) == value for name, value in after[1].items())
