"""Calendars of working days, read from the records of entities that say they are calendars."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select

from engine.definition.model import CalendarFields
from engine.expressions import WorkCalendar
from engine.storage.database import Transaction
from engine.storage.record_tables import EntityTable, RecordTables


def calendars_of(tx: Transaction, tables: RecordTables, keys: Iterable[str]) -> dict[str, WorkCalendar]:
    """Return the calendars of records by id, one statement for each entity of calendars; others are left out."""
    wanted = tuple(dict.fromkeys(keys))
    found: dict[str, WorkCalendar] = {}
    for place in tables.all:
        fields = place.entity.calendar
        if fields is not None and wanted:
            found |= _read(tx, place, fields, wanted)
    return found


def _read(
    tx: Transaction, place: EntityTable, fields: CalendarFields, keys: tuple[str, ...]
) -> dict[str, WorkCalendar]:
    head, rows = place.columns, place.rows[fields.table]
    query = (
        select(
            place.id, head[place.entity.display], head[fields.week], head[fields.from_year], head[fields.to_year],
            rows.columns[fields.date], rows.columns[fields.kind],
        )
        .select_from(place.table.outerjoin(rows.table, rows.record_id == place.id))
        .where(place.id.in_(keys))
    )  # fmt: skip
    grouped: dict[str, list[Any]] = {}
    for row in tx.connection.execute(query):
        grouped.setdefault(row[0], []).append(row[1:])
    return {key: _calendar(lines, fields) for key, lines in grouped.items()}


def _calendar(lines: list[Any], fields: CalendarFields) -> WorkCalendar:
    name, week, first, last, *_ = lines[0]
    exceptions: dict[date, bool] = {
        day: kind == fields.working if fields.working else kind is True for *_, day, kind in lines if day is not None
    }
    worked = frozenset(int(day) for day in week or ())
    return WorkCalendar(str(name), worked, exceptions, int(first or 0), int(last or 0))
