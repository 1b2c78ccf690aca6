"""Two years of day sheets, straight into the record tables: 100,000 sheets, their lines, and what those of the last year posted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from _company import SHEET, Company
from sqlalchemy import Column, Table

from engine.storage.database import Database
from engine.storage.identifiers import new_id
from engine.storage.record_tables import RecordTables

SHEETS, LINES, DAYS = 100_000, 5, 730
REASONS = ("sundry", "cleaning", "assistance", "rework")
RATES = (Decimal("260.00"), Decimal("280.00"), Decimal("300.00"))
EIGHT, ZERO, ONE, WHOLE = Decimal(8), Decimal(0), Decimal("1.0000"), Decimal(LINES)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is told of one sheet; everything follows from its number."""

    number: int
    id: str
    project: int
    day: date
    rate: Decimal

    @property
    def status(self) -> str:
        return "rejected" if self.number % 20 == 7 else "approved"

    def worker(self, line: int) -> int:
        return self.number * LINES + line


def fill(company: Company) -> dict[str, int]:
    """Write the past and return how many rows went into each table."""
    with company.database.reading() as tx:
        tables = company.installation.configurations.in_force(tx, writing=False).tables
    first = company.today - timedelta(days=DAYS + 10)
    sheets = [
        _Sheet(
            number,
            new_id(),
            number % len(company.projects),
            first + timedelta(days=number * DAYS // SHEETS),
            RATES[number % 3],
        )
        for number in range(SHEETS)
    ]
    place = tables.entity(SHEET)
    lines = place.rows["lines"]
    line_columns = {**lines.columns, "record_id": lines.record_id, "position": lines.position}
    written = {
        "sheets": _load(company.database, place.table, place.columns, (_header(company, one) for one in sheets)),
        "lines": _load(company.database, lines.table, line_columns, _lines(company, sheets)),
    }
    for ledger, tell in (("day_labour.work_hours", _hours), ("cost_centre.entry", _costs)):
        into = tables.entity(ledger)
        written[ledger] = _load(company.database, into.table, into.columns, _entries(company, tables, sheets, tell))
    budgets = tables.entity("cost_centre.budget_entry")
    written["budgets"] = _load(company.database, budgets.table, budgets.columns, _budgets(company))
    _analyse(company.database)
    return written


def _header(company: Company, sheet: _Sheet) -> dict[str, object]:
    at, clerk = datetime.combine(sheet.day, time(9), UTC), company.people["clerk"]
    values: dict[str, object] = {
        "id": sheet.id,
        "version": 3,
        "created_at": at,
        "updated_at": at,
        "status": sheet.status,
    }
    values |= {"created_by": clerk, "updated_by": clerk, "owner": clerk, "submitted_at": at}
    values |= {"effective_at": at if sheet.status == "approved" else None}
    values |= {
        "number": f"DG-P{sheet.project:02}-{sheet.day:%Y%m}-{sheet.number:06}",
        "project": company.projects[sheet.project],
    }
    values |= {"work_date": sheet.day, "team": company.teams[sheet.project], "location": f"{sheet.number % 40} 层"}
    values |= {
        "cost_code": company.codes[sheet.number // len(company.projects) % 5],
        "reason": REASONS[sheet.number % 4],
        "bearer": "own",
    }
    values |= {
        "std_hours": EIGHT,
        "ot_mode": "per_gong",
        "ot_hours_per_gong": Decimal(6),
        "ot_multiple": Decimal("1.5"),
    }
    values |= {
        "ot_hour_rate": ZERO,
        "total_gong": WHOLE,
        "total_hours": EIGHT * LINES,
        "total_amount": sheet.rate * LINES,
    }
    return values | {"outside_guide": False, "recorder": clerk, "late_unlocked": False}


def _lines(company: Company, sheets: Iterable[_Sheet]) -> Iterator[Mapping[str, object]]:
    for sheet in sheets:
        for line in range(LINES):
            worker = company.workers[sheet.worker(line) % len(company.workers)]
            values: dict[str, object] = {"id": f"{sheet.id}-{line}", "record_id": sheet.id, "position": line}
            values |= {"worker": worker, "shift": "day", "break_min": 0, "reg_hours": EIGHT, "ot_hours": ZERO}
            yield values | {
                "rate": sheet.rate,
                "hours": EIGHT,
                "gong": ONE,
                "amount": sheet.rate,
                "next_day_hours": ZERO,
            }


Tell = Callable[[Company, _Sheet, int], Mapping[str, object]]


def _entries(
    company: Company, tables: RecordTables, sheets: Iterable[_Sheet], tell: Tell
) -> Iterator[Mapping[str, object]]:
    """Yield what each line of the last year's sheets that took effect wrote to one ledger."""
    clerk, name = company.people["clerk"], "hours" if tell is _hours else "cost"
    posting = next(one.id for one in tables.entity(SHEET).entity.postings if one.name == name)
    for sheet in (one for one in sheets if one.number >= SHEETS // 2 and one.status == "approved"):
        at = datetime.combine(sheet.day, time(9), UTC)
        system: dict[str, object] = {"version": 1, "created_at": at, "created_by": clerk, "updated_at": at}
        system |= {"updated_by": clerk, "stage": "effective", "entry_kind": "original", "source_entity": SHEET}
        system |= {"source_id": sheet.id, "posting": posting, "source_round": 1, "effective_at": at}
        system |= {
            "project": company.projects[sheet.project],
            "month": f"{sheet.day:%Y-%m}",
            "source_kind": "day_sheet",
        }
        for line in range(LINES):
            yield system | {"id": new_id(), "source_line": f"{sheet.id}-{line}"} | tell(company, sheet, line)


def _budgets(company: Company) -> Iterator[Mapping[str, object]]:
    """Yield one budget for each project and cost code, ample for all that is measured."""
    at, admin = datetime.now(UTC), company.people["admin"]
    for project in company.projects:
        for code in company.codes:
            values: dict[str, object] = {"id": new_id(), "version": 1, "created_at": at, "created_by": admin}
            values |= {"updated_at": at, "updated_by": admin, "stage": "effective", "entry_kind": "original"}
            values |= {"source_entity": "cost_centre.budget", "source_id": project, "source_line": code}
            values |= {"posting": "control", "source_round": 1, "effective_at": at, "project": project}
            values |= {"cost_code": code, "biz_date": company.today, "amount": Decimal(100_000_000)}
            values |= {f"{line}_amount": Decimal(90_000_000) for line in ("warn", "tighten", "block")}
            yield values


def _hours(company: Company, sheet: _Sheet, line: int) -> Mapping[str, object]:
    worker = company.workers[sheet.worker(line) % len(company.workers)]
    told: dict[str, object] = {"worker": worker, "team": company.teams[sheet.project], "work_type": "general"}
    return told | {
        "work_date": sheet.day,
        "hours": EIGHT,
        "gong": ONE,
        "wage": sheet.rate,
        "summary": str(sheet.number),
    }


def _costs(company: Company, sheet: _Sheet, line: int) -> Mapping[str, object]:
    told: dict[str, object] = {
        "cost_code": company.codes[sheet.number // len(company.projects) % 5],
        "biz_date": sheet.day,
        "layer": "confirmed",
    }
    told |= {"quantity": ONE, "unit": "工", "amount_ex": sheet.rate, "tax": ZERO, "amount_in": sheet.rate}
    return told | {"deductible": False, "amount": sheet.rate, "summary": f"{sheet.number}/{line}"}


def _load(
    database: Database, table: Table, columns: Mapping[str, Column[Any]], rows: Iterable[Mapping[str, object]]
) -> int:
    """Write rows given by the names of fields, by COPY or in batches; what a column type does to a value is done once for each value."""
    names = list(columns)
    known: list[dict[object, object]] = [{} for _ in names]
    makers = [
        columns[name].type.dialect_impl(database.engine.dialect).bind_processor(database.engine.dialect)
        for name in names
    ]

    def stored(row: Mapping[str, object]) -> list[object]:
        line: list[object] = []
        for name, make, seen in zip(names, makers, known, strict=True):
            value = row.get(name)
            if make is not None and value not in seen:
                seen[value] = make(value)
            line.append(value if make is None else seen[value])
        return line

    quoted = ", ".join(f'"{columns[name].name}"' for name in names)
    written = (stored(row) for row in rows)
    send = _copy if database.dialect == "postgresql" else _insert
    return send(database, f'"{table.name}"', quoted, len(names), written)


def _copy(database: Database, table: str, columns: str, _width: int, rows: Iterable[Sequence[object]]) -> int:
    connection = database.engine.raw_connection()
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as sink:
        for row in rows:
            sink.write_row(row)
            count += 1
    connection.commit()
    connection.close()
    return count


def _insert(database: Database, table: str, columns: str, width: int, rows: Iterable[Sequence[object]]) -> int:
    connection = database.engine.raw_connection()
    cursor = connection.cursor()
    count = 0
    cursor.execute("BEGIN IMMEDIATE")
    cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * width)})", rows)
    count = cursor.rowcount
    connection.commit()
    connection.close()
    return count


def _analyse(database: Database) -> None:
    """Do at once what PostgreSQL does by itself within a minute; SQLite is left as an installation has it: without statistics."""
    if database.dialect == "postgresql":
        connection = database.engine.raw_connection()
        connection.cursor().execute("ANALYZE")
        connection.commit()
        connection.close()
