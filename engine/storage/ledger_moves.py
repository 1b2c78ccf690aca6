"""One statement that moves the reserved entries of a document to another stage, and tells what has to be known of them.

What it returns of each entry says whether its period is closed, and by how much kept totals change; so nothing is asked before or after.
Where that cannot be told from the entry alone, as where roll-ups follow, it is asked around the statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, select, true, update

from engine.storage.bundles import ALONE, update_later
from engine.storage.closings import Closings, closed_periods, guard, refuse
from engine.storage.database import Transaction
from engine.storage.expression_columns import expression_condition
from engine.storage.limits import note_written
from engine.storage.measure_source import MeasureSource
from engine.storage.record_tables import EntityTable, RecordTables
from engine.storage.references import stable_key
from engine.storage.rollups import Written, following
from engine.storage.totals import NOBODY, Kept, Place, Sums, note_differences, scale_of, to_text, totals_of
from engine.storage.types import rescaled

_FROM = "reserved"


@dataclass(frozen=True, slots=True)
class _Total:
    """A kept total, and what an entry says of it: its dimensions, its value, and whether the measure's condition holds."""

    kept: Kept
    scale: int
    columns: tuple[ColumnElement[Any], ...]
    reads: frozenset[str]

    def differences(self, rows: Sequence[Sequence[Any]], stage: str) -> dict[Place, Sums]:
        """Return by how much the total changes when entries move."""
        stages = self.kept.measure.stages
        sign = (stage in stages) - (_FROM in stages)
        found: dict[Place, Sums] = {}
        for *at, value, holds in rows if sign else ():
            if holds:
                place = tuple(to_text(one) for one in at)
                found[place] = found.get(place, Sums()).plus(self._sums(value), sign)
        return found

    def _sums(self, value: Any) -> Sums:
        counted = int(value is not None)
        counts = self.kept.measure.aggregate == "count"
        return Sums(counted if counts else rescaled(value or 0, self.scale), counted, 1)


def move(
    tx: Transaction, tables: RecordTables, place: EntityTable, source: str, stage: str, values: Mapping[str, Any]
) -> None:
    """Move the reserved entries of one document, and change `values` of each. Raises Invalid `period_closed`."""
    changed = {**values, "stage": stage}
    written = Written("source_id", (source,), frozenset(changed))
    totals = _totals(tx, tables, place, written)
    guarded = place.entity.closing is not None and stage == "effective"
    if totals is None or any(written.concerns(feed) for feed in tables.feeds.out_of(place.entity.key)):
        if place.entity.closing is not None and guarded:
            guard(tx, place, Closings(tx, place).reserved(place.entity.closing, source))
        with following(tx, tables, place, written):
            tx.connection.execute(_moving(place, changed), {"of": source})
        return
    if totals or guarded:
        _move_told(tx, place, source, changed, totals, guarded=guarded)
    else:
        given = {place.columns[name].name: value for name, value in changed.items()}
        found = {place.columns["source_id"].name: source, place.columns["stage"].name: _FROM}
        update_later(tx.connection, place.table, given, found)
    note_written(tx, tables, place.entity.key)


def _move_told(
    tx: Transaction,
    place: EntityTable,
    source: str,
    changed: Mapping[str, Any],
    totals: Sequence[_Total],
    *,
    guarded: bool,
) -> None:
    closing = _closing_columns(place) if guarded else ()
    if guarded:
        Closings(tx, place).share()
    asked = [*closing, *(column for one in totals for column in one.columns)]
    named = [column.label(f"c{number}") for number, column in enumerate(asked)]
    rows = tx.connection.execute(_moving(place, changed).returning(*named), {"of": source}).all()
    if guarded:
        _refuse_closed(tx, place, [row[:3] for row in rows])
    first = len(closing)
    for one in totals:
        until = first + len(one.columns)
        note_differences(tx, one.kept, one.differences([row[first:until] for row in rows], changed["stage"]))
        first = until


def _moving(place: EntityTable, changed: Mapping[str, Any]) -> Any:
    columns = place.columns
    here = (columns["source_id"] == bindparam("of"), columns["stage"] == _FROM)
    moving = update(place.table).where(*here).values({columns[name]: value for name, value in changed.items()})
    return moving.execution_options(**{ALONE: place.table})


def _closing_columns(place: EntityTable) -> tuple[ColumnElement[Any], ...]:
    """Return the day of an entry, the part of the books that it is in, and through when those are closed."""
    closing, table = place.entity.closing, closed_periods.c
    if closing is None:
        return ()
    part: ColumnElement[Any] = func.coalesce(place.columns[closing.by], "") if closing.by else bindparam("all", "")
    through = select(table.through).where(table.ledger == stable_key(place.entity), table.part == part)
    return place.columns[closing.day], part, through.scalar_subquery()


def _refuse_closed(tx: Transaction, place: EntityTable, rows: Sequence[Sequence[Any]]) -> None:
    closing = place.entity.closing
    if closing is None:
        return
    found: list[tuple[date | None, str]] = [
        (day, part) for day, part, through in rows if through and day is not None and closing.name_of(day) <= through
    ]
    if found:
        refuse(tx, place, found)


def _totals(tx: Transaction, tables: RecordTables, place: EntityTable, written: Written) -> tuple[_Total, ...] | None:
    """Return the kept totals over a ledger, None where one of them cannot be told from an entry alone."""
    known = ("told totals", place.entity.key, tx.dialect)
    if known not in tables.kept:
        tables.kept[known] = [_total(tx, tables, place, one) for one in totals_of(tables, place.entity.key)]
    found: list[_Total | None] = tables.kept[known]
    told = tuple(one for one in found if one is not None and one.reads.isdisjoint(written.names or ()))
    return told if len(told) == len(found) else None


def _total(tx: Transaction, tables: RecordTables, place: EntityTable, kept: Kept) -> _Total | None:
    source, measure = MeasureSource(tables, kept.measure), kept.measure
    dimensions = [source.dimension(measure, name, NOBODY, tx.dialect) for name in kept.names]
    value, _ = source.value(measure, NOBODY, tx.dialect)
    held = true() if measure.where is None else expression_condition(measure.where, source.columns, NOBODY, tx.dialect)
    if kept.rows or source.columns.source is not place.table:
        return None
    asked = (measure.value, measure.where, *(one.value for one in measure.dimensions))
    reads = frozenset(path for one in asked if one for path in one.reads)
    return _Total(kept, scale_of(tables, kept), (*dimensions, value, case((held, 1), else_=0)), reads)
