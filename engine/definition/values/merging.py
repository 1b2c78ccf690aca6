"""Two people changed one record from the same beginning: what does not meet is put together, what meets is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definition.model import Field
from engine.definition.values.accept import is_computed

Row = Mapping[str, Any]
Place = tuple[str, ...]
"""Names of fields and ids of rows, from the record down: `("lines", "<id>", "count")`."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Both changed this, to different values. A row that one of them removed is None there."""

    place: Place
    field: Field
    base: Any
    theirs: Any
    yours: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """`values` is what to send so that the other's state gets your changes; `yours` says where they are."""

    values: Mapping[str, Any]
    clashes: tuple[Clash, ...]
    yours: tuple[Place, ...]


def merge(fields: Sequence[Field], base: Row, theirs: Row, yours: Row) -> Merged:
    """Put two changes of one record together; all three states are in their JSON form (`dump`).

    `yours` has the fields that were sent, sub-tables whole; rows without an id, or with one that `base` does not know, are
    new. Values that the system makes are left out: they are worked out anew. Rows of sub-tables meet by their ids, rows below rows too.
    """
    merging = _Merging()
    values = merging.fields(fields, base, theirs, yours, ())
    return Merged(values, tuple(merging.clashes), tuple(merging.changed))


def is_sent(field: Field) -> bool:
    """Say whether a field is one that people write."""
    return not (is_computed(field) or field.read_only)


def same(fields: Sequence[Field], one: Row, other: Row) -> bool:
    """Say whether two states agree in all that people write."""
    return all(_same(field, one.get(field.name), other.get(field.name)) for field in fields if is_sent(field))


def sent_row(fields: Sequence[Field], row: Row, *, with_ids: bool = False) -> dict[str, Any]:
    """Return what people write of a row: as a new one, or with the ids that it and the rows below it have."""
    found: dict[str, Any] = {"id": row["id"]} if with_ids and "id" in row else {}
    for field in fields:
        if field.name in row and is_sent(field):
            value = row[field.name]
            rows = value if field.is_table and value else ()
            below = [sent_row(field.fields, child, with_ids=with_ids) for child in rows]
            found[field.name] = below if field.is_table else value
    return found


class _Merging:
    """One merge: what was found on the way."""

    def __init__(self) -> None:
        self.clashes: list[Clash] = []
        self.changed: list[Place] = []

    def fields(self, fields: Sequence[Field], base: Row, theirs: Row, yours: Row, at: Place) -> dict[str, Any]:
        """Return your changes that can be made to `theirs`."""
        values: dict[str, Any] = {}
        for field in fields:
            if field.name not in yours or not is_sent(field):
                continue
            was, their, my = (state.get(field.name) for state in (base, theirs, yours))
            place = (*at, field.name)
            if field.is_table:
                rows = self._rows(field, was or (), their or (), my or (), place)
                if rows is not None:
                    values[field.name] = rows
            elif my not in (was, their):
                if was != their:
                    self.clashes.append(Clash(place, field, was, their, my))
                    continue
                values[field.name] = my
                self.changed.append(place)
        return values

    def _rows(
        self, field: Field, base: Sequence[Row], theirs: Sequence[Row], yours: Sequence[Row], at: Place
    ) -> list[dict[str, Any]] | None:
        """Return the rows to send, None where you changed none of them."""
        before = len(self.changed) + len(self.clashes)
        was, their = _by_id(base), _by_id(theirs)
        my = {_key(row, number, was): row for number, row in enumerate(yours)}
        found: dict[str, dict[str, Any]] = {key: {"id": key} for key in their if key not in was}
        for key in was:
            kept = self._row(field, was[key], their.get(key), my.get(key), (*at, key))
            if kept is not None:
                found[key] = kept
        for key, row in my.items():
            if key not in was:
                found[key] = sent_row(field.fields, row)
                self.changed.append((*at, key))
        moved = _moved(was, my)
        if moved:
            self.changed.append(at)
        if len(self.changed) + len(self.clashes) == before:
            return None
        first, second = (list(my), list(their)) if moved else (list(their), list(my))
        return [found[key] for key in _in_one_order(first, second) if key in found]

    def _row(self, field: Field, was: Row, their: Row | None, my: Row | None, at: Place) -> dict[str, Any] | None:
        """Return the row to send of one that was there from the start, None where it goes."""
        if their is not None and my is not None:
            return {"id": at[-1], **self.fields(field.fields, was, their, my, at)}
        if their is None and my is None:
            return None
        stayed = my if their is None else their
        if stayed is not None and same(field.fields, was, {**was, **stayed}):
            if my is None:
                self.changed.append(at)
            return None
        self.clashes.append(Clash(at, field, dict(was), their and dict(their), my and dict(my)))
        return None if their is None else {"id": at[-1]}


def _same(field: Field, one: Any, other: Any) -> bool:
    if not field.is_table:
        return bool(one == other)
    rows, others = list(one or ()), list(other or ())
    alike = [row.get("id") for row in rows] == [row.get("id") for row in others]
    return alike and all(same(field.fields, row, twin) for row, twin in zip(rows, others, strict=True))


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {str(row["id"]): row for row in rows}


def _key(row: Row, number: int, known: Mapping[str, Row]) -> str:
    """Return the id of a row, or for a new one its place: no id looks like that."""
    key = row.get("id")
    return str(key) if key in known else f"+{number}"


def _moved(was: Iterable[str], now: Iterable[str]) -> bool:
    before, after = list(was), list(now)
    return [key for key in before if key in set(after)] != [key for key in after if key in set(before)]


def _in_one_order(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Return all keys in the order of the first; those of the second alone come after what they follow there."""
    order, known = list(first), set(first)
    last = -1
    for key in second:
        if key in known:
            last = order.index(key)
        else:
            last += 1
            order.insert(last, key)
            known.add(key)
    return order
