"""A million records of a shelf, made by the database itself: it writes them faster than any driver brings them."""

from collections.abc import Callable, Mapping
from typing import Any

from _shelf import ADMIN, FIELDS, KINDS, STAGES, Shelf
from sqlalchemy import Column
from sqlalchemy.schema import CreateIndex, DropIndex

from engine.storage.search_text import SEARCH

DAYS = 900
STEP = 100_000
"""Records that one statement writes."""


def fill(shelf: Shelf, start: int, end: int) -> None:
    """Write the records from one number up to another, and let the database look at what it has.

    Indexes are built anew after a large stretch, as they are when a dump is loaded.
    """
    with shelf.database.engine.begin() as connection:
        anew = end - start > STEP
        indexes = sorted(shelf.table.table.indexes, key=lambda one: str(one.name)) if anew else []
        for index in indexes:
            connection.execute(DropIndex(index))
        for first in range(start, end, STEP):
            connection.exec_driver_sql(_statement(shelf, first, min(first + STEP, end)))
        for index in indexes:
            connection.execute(CreateIndex(index))
    _look(shelf)


def _look(shelf: Shelf) -> None:
    words = "ANALYZE" if shelf.database.dialect == "sqlite" else "VACUUM ANALYZE"
    with shelf.database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(words)


def _statement(shelf: Shelf, first: int, end: int) -> str:
    dialect, place = shelf.database.dialect, shelf.table
    told = _system(shelf, dialect) | {name: _field(name, field, dialect) for name, field in FIELDS.items()}
    told |= {"place": _one_of("n * 7 + n / 40", shelf.places), "keeper": f"'{shelf.people[ADMIN]}'"}
    columns: list[tuple[Column[Any], str]] = [(place.columns[name], sql) for name, sql in told.items()]
    names = ", ".join(f'"{column.name}"' for column, _ in columns)
    numbers = (
        f"WITH RECURSIVE series(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM series WHERE n < {end - 1})"
        if dialect == "sqlite"
        else f"WITH series AS (SELECT n FROM generate_series({first}, {end - 1}) AS n)"
    )
    made = ", ".join(sql for _, sql in columns)
    return f'{numbers} INSERT INTO "{place.table.name}" ({names}) SELECT {made} FROM series'.replace(
        "%", _percent(dialect)
    )


def _percent(dialect: str) -> str:
    # psycopg reads a single one as the start of a parameter.
    return "%" if dialect == "sqlite" else "%%"


def _system(shelf: Shelf, dialect: str) -> dict[str, str]:
    at = "'2026-01-01T00:00:00.000000+00:00'" if dialect == "sqlite" else "TIMESTAMPTZ '2026-01-01 00:00:00+00'"
    padded = "printf('%012d', n)" if dialect == "sqlite" else "lpad(n::text, 12, '0')"
    admin = f"'{shelf.people[ADMIN]}'"
    system = {"id": f"'01990000-0000-7000-8000-' || {padded}", "version": "1", "created_at": at, "updated_at": at}
    system |= {"created_by": admin, "updated_by": admin, "owner": admin}
    return system | {SEARCH: "'item ' || n || ' c' || n"}


def _field(name: str, field: Mapping[str, Any], dialect: str) -> str:
    turn = list(FIELDS).index(name) * 13 + 1
    if name in _OWN:
        return _OWN[name](dialect)
    match field.get("format") or field["type"]:
        case "date":
            return _day(f"(n + {turn}) % {DAYS}", dialect)
        case "decimal":
            return _decimal(f"(n + {turn}) % 90000", dialect)
        case "integer":
            return f"(n + {turn}) % 1000"
        case "boolean":
            return f"(n + {turn}) % 3 = 0"
    return f"'word ' || (n + {turn}) % 977"


# Later records are mostly of later days, as in life.
_OWN: Mapping[str, Callable[[str], str]] = {
    "code": lambda _: "'C' || n",
    "name": lambda _: "'item ' || n",
    "kind": lambda _: _one_of("n / 3", KINDS),
    "stage": lambda _: _one_of("n / 7", STAGES),
    "made_on": lambda dialect: _day(f"(n / 1200 + n % 60) % {DAYS}", dialect),
    "share": lambda dialect: _decimal("n % 100", dialect, 4),
    "total": lambda dialect: _decimal("n % 50 * (n % 9000)", dialect),
}


def _one_of(number: str, choices: tuple[str, ...]) -> str:
    several = len(choices)
    whens = " ".join(f"WHEN {at} THEN '{choice}'" for at, choice in enumerate(choices))
    return f"CASE ({number}) % {several} {whens} END"


def _day(number: str, dialect: str) -> str:
    if dialect == "sqlite":
        return f"date('2024-06-01', '+' || ({number}) || ' days')"
    return f"DATE '2024-06-01' + ({number})"


def _decimal(units: str, dialect: str, scale: int = 2) -> str:
    return f"({units})" if dialect == "sqlite" else f"({units})::numeric / {10**scale}"
