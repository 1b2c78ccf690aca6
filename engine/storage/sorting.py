"""Orders, and where a page starts in them. Blanks are last, up or down, on both databases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, or_, true, tuple_

from engine.storage.path_columns import PathColumns

NEWEST_FIRST = ("-id",)
"""Ids rise with time."""

Sql = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class SortKey:
    """One column of an order."""

    path: str
    column: ColumnElement[Any]
    descending: bool

    @property
    def ordered(self) -> ColumnElement[Any]:
        """Return the column for ORDER BY. An id is never blank: said otherwise, its index would not be used."""
        ordered = self.column.desc() if self.descending else self.column.asc()
        return ordered if self.path == "id" else ordered.nulls_last()

    def after(self, value: object) -> Sql:
        """Hold for what comes after a value."""
        if value is None:
            return false()
        later = self.column < value if self.descending else self.column > value
        return later if self.path == "id" else or_(later, self.column.is_(None))

    def same(self, value: object) -> Sql:
        """Hold for the value itself."""
        return self.column.is_(None) if value is None else self.column == value

    def not_before(self, value: object) -> Sql:
        """Hold from a value on, blanks left out; an index can start there."""
        return self.column <= value if self.descending else self.column >= value


def sort_keys(sort: Sequence[str], columns: PathColumns) -> tuple[SortKey, ...]:
    """Return the keys of an order given as paths, a minus for descending; the id makes it total.

    Raises Invalid `unknown_path`.
    """
    named = [one for one in sort if one] or list(NEWEST_FIRST)
    if not any(one.removeprefix("-") == "id" for one in named):
        named.append("-id" if named[-1].startswith("-") else "id")
    paths = [(one.removeprefix("-"), one.startswith("-")) for one in named]
    return tuple(SortKey(path, columns.column(path), descending) for path, descending in paths)


def phases(keys: Sequence[SortKey], values: Sequence[object] | None) -> Iterator[Sql]:
    """Yield the conditions of the stretches to read one after the other, until a page is full.

    Usually one is enough. After a value the rest of the values comes first and the blanks of the first key second, so that
    each stretch is one range of an index.
    """
    if values is None:
        yield true()
        return
    first = keys[0]
    if values[0] is None:
        yield and_(first.column.is_(None), _later(keys[1:], values[1:]))
        return
    if _is_one_way(keys):
        # One comparison of pairs: an index starts right behind the record, however many have the same first value.
        yield _behind(keys, values)
        yield first.column.is_(None)
        return
    later = or_(first.column != values[0], _later(keys[1:], values[1:])) if len(keys) > 1 else first.column != values[0]
    yield and_(first.not_before(values[0]), later)
    if first.path != "id":
        yield first.column.is_(None)


def _is_one_way(keys: Sequence[SortKey]) -> bool:
    """Say whether an order is one column and then the id, both up or both down: so nothing but the first can be blank."""
    return len(keys) == 2 and keys[1].path == "id" and keys[0].descending == keys[1].descending


def _behind(keys: Sequence[SortKey], values: Sequence[object]) -> Sql:
    here = tuple_(*(key.column for key in keys))
    there = tuple_(
        *(bindparam(None, value, key.column.type, unique=True) for key, value in zip(keys, values, strict=True))
    )
    return here < there if keys[0].descending else here > there


def _later(keys: Sequence[SortKey], values: Sequence[object]) -> Sql:
    choices: list[Sql] = []
    for number, key in enumerate(keys):
        same = [earlier.same(value) for earlier, value in zip(keys[:number], values, strict=False)]
        choices.append(and_(true(), *same, key.after(values[number])))
    return or_(false(), *choices)
