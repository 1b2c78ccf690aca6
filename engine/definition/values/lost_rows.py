"""Rows that a record loses because of another one: set apart with where they lay, and told to it again later."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.definition.model import Field
from engine.definition.rows import rows_of
from engine.definition.values.accept import Values, dumped
from engine.definition.values.keeping import put_aside, sealed_aside, taken_out
from engine.definition.values.merging import sent_row

Gone = Mapping[str, set[str]]
"""The ids of rows by the path of their sub-table: `{"lines.parts": {"<id>"}}`."""


@dataclass(frozen=True, slots=True)
class LostRow:
    """A row by itself. `place` leads to it by the ids of sub-tables and of rows in turn: `("lines", "<row>", "parts")`.

    `document` is what `put_aside` makes of it, `sealed` what `sealed_aside` does.
    """

    place: tuple[str, ...]
    document: Mapping[str, Any]
    sealed: Mapping[str, Any]


def lost_rows(fields: Sequence[Field], values: Mapping[str, Any], gone: Gone) -> tuple[LostRow, ...]:
    """Return the rows of a record that go, each with all below it."""
    return tuple(_lost(fields, values, gone, "", ()))


def _lost(
    fields: Sequence[Field], values: Mapping[str, Any], gone: Gone, at: str, place: tuple[str, ...]
) -> Iterator[LostRow]:
    for field in fields:
        if not field.is_table:
            continue
        path, here = at + field.name, (*place, field.id)
        for row in rows_of(values.get(field.name)):
            if row["id"] in gone.get(path, ()):
                yield LostRow(here, put_aside(field.fields, row), sealed_aside(field.fields, row))
            else:
                yield from _lost(field.fields, row, gone, f"{path}.", (*here, row["id"]))


def with_rows_again(
    fields: Sequence[Field], now: Mapping[str, Any], lost: Iterable[LostRow]
) -> tuple[dict[str, Any], int]:
    """Return what to send to a record (`now`, canonical) so that it has lost rows again, as new ones after all others.

    What it has stays as it is. The number tells how many rows found the place no more where they lay.
    """
    wanted = list(lost)
    sent: dict[str, Any] = {}
    placed = 0
    for field in fields:
        below = [row for row in wanted if field.is_table and row.place[0] == field.id]
        if not below:
            continue
        sent[field.name], number = _table_again(field, now, below)
        placed += number
    return sent, len(wanted) - placed


def _table_again(field: Field, now: Mapping[str, Any], lost: Sequence[LostRow]) -> tuple[list[dict[str, Any]], int]:
    """Return the rows to send for one sub-table, and how many of the lost ones are among or below them."""
    rows: list[dict[str, Any]] = []
    placed = 0
    for row in rows_of(now.get(field.name)):
        inner = [LostRow(one.place[2:], one.document, one.sealed) for one in lost if one.place[1:2] == (row["id"],)]
        again, left = with_rows_again(field.fields, row, inner)
        rows.append({"id": row["id"]} | again)
        placed += len(inner) - left
    new = [one for one in lost if len(one.place) == 1]
    return [*rows, *(_new_row(field, one) for one in new)], placed + len(new)


def _new_row(field: Field, lost: LostRow) -> Values:
    return sent_row(field.fields, dumped(field.fields, taken_out(field.fields, lost.document, lost.sealed)))
