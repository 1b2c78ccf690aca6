"""Several writes as the text of one statement: the rows of each come as one JSON parameter, so the text does not depend on them.

PostgreSQL takes data-modifying WITH clauses. SQLite has none, but a trigger is as good: a view of the connection's own, which nobody else
sees and which keeps nothing, has one that writes whatever is "inserted" into it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import IdentifierPreparer


@dataclass(frozen=True, slots=True)
class Insert:
    """Rows for a table. Where one with the same `key` is there already, it is left alone, or `changing` is overwritten, or `adding` added."""

    table: Table
    columns: tuple[str, ...]
    key: tuple[str, ...] = ()
    changing: tuple[str, ...] = ()
    adding: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[Column[Any], ...]:
        """Return the columns in the order in which a row is given."""
        return tuple(self.table.c[name] for name in self.columns)


@dataclass(frozen=True, slots=True)
class Update:
    """New values for `columns` of those rows of a table that have the given values in `found`."""

    table: Table
    columns: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def values(self) -> tuple[Column[Any], ...]:
        """Return the columns in the order in which values are given: those to change, then those to find."""
        return tuple(self.table.c[name] for name in (*self.columns, *self.found))


Write = Insert | Update


@dataclass(frozen=True, slots=True)
class Statement:
    """The text of a statement with parameters `p0`, `p1` ... and, on SQLite, what has to be made once for a connection, by its name."""

    text: str
    view: str = ""
    makes: tuple[str, ...] = ()


@lru_cache(maxsize=512)
def statement_of(writes: tuple[Write, ...], dialect: Dialect) -> Statement:
    """Return the one statement that does all of some writes, of which no two are to one table."""
    quote = dialect.identifier_preparer
    if dialect.name == "postgresql":
        parts = [_text(one, quote, _Postgresql(f"%(p{number})s", dialect)) for number, one in enumerate(writes)]
        if len(parts) == 1:
            return Statement(parts[0])
        named = ", ".join(f"w{number} AS ({part})" for number, part in enumerate(parts))
        return Statement(f"WITH {named} SELECT 1")
    if len(writes) == 1:
        return Statement(_text(writes[0], quote, _Sqlite(":p0")))
    return _triggered([_text(one, quote, _Sqlite(f"NEW.p{number}")) for number, one in enumerate(writes)])


@lru_cache(maxsize=512)
def row_by_row(write: Insert, dialect: Dialect) -> str:
    """Return the statement that SQLite is sent once for each of many rows, with parameters `c0`, `c1` ..."""
    quote = dialect.identifier_preparer
    table, columns = quote.format_table(write.table), ", ".join(_names(write.values, quote))
    given = ", ".join(f":c{number}" for number in range(len(write.columns)))
    return f"INSERT INTO {table} ({columns}) VALUES ({given}){_conflict(write, quote)}"  # noqa: S608 - names only


@lru_cache(maxsize=512)
def encoders(write: Write, dialect: Dialect) -> tuple[Callable[[Any], Any] | None, ...]:
    """Return what turns each value of a write into what its column stores, None where that is the value itself."""
    return tuple(column.type.dialect_impl(dialect).bind_processor(dialect) for column in write.values)


def encoded(write: Write, rows: Iterable[Sequence[object]], dialect: Dialect) -> list[dict[str, object]]:
    """Return rows as they stand in JSON: values by their place (`c0`, `c1` ...)."""
    turns = encoders(write, dialect)
    return [
        {
            f"c{number}": _plain(turn(value) if turn else value)
            for number, (turn, value) in enumerate(zip(turns, row, strict=True))
        }
        for row in rows
    ]


def in_json(rows: object) -> str:
    """Return rows as the text of a parameter."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> object:
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    # What the driver of PostgreSQL wraps as JSON is kept as its text: nested, it would lose how it was written.
    return str(value) if isinstance(value, Decimal) else in_json(value.obj)


_SHORT = {"TIMESTAMP WITH TIME ZONE": "timestamptz", "INTEGER": "int", "BIGINT": "int8"}


class _Postgresql:
    """How PostgreSQL reads values out of a JSON parameter."""

    def __init__(self, parameter: str, dialect: Dialect) -> None:
        self._parameter = f"{parameter}::json"
        self._dialect = dialect

    def rows(self, columns: Sequence[Column[Any]]) -> str:
        # One look at each row for all of its columns; `->>` would take it to pieces for each of them.
        told = ", ".join(f"c{number} text" for number in range(len(columns)))
        return f"json_to_recordset({self._parameter}) AS g({told})"

    def of_row(self, number: int, column: Column[Any]) -> str:
        return self._typed(f"g.c{number}", column)

    def of_one(self, number: int, column: Column[Any]) -> str:
        return self._typed(f"({self._parameter}->>'c{number}')", column)

    def _typed(self, text: str, column: Column[Any]) -> str:
        # Short, because the driver takes a long statement to pieces each time that it is sent.
        name = column.type.compile(self._dialect)
        return text if name.startswith("TEXT") else f"{text}::{_SHORT.get(name, name)}"


class _Sqlite:
    """How SQLite reads them. Without WHERE it would take ON CONFLICT for the condition of a join."""

    def __init__(self, parameter: str) -> None:
        self._parameter = parameter

    def rows(self, _columns: Sequence[Column[Any]]) -> str:
        return f"json_each({self._parameter}) AS g WHERE true"

    def of_row(self, number: int, _column: Column[Any]) -> str:
        return f"json_extract(g.value, '$.c{number}')"

    def of_one(self, number: int, _column: Column[Any]) -> str:
        return f"json_extract({self._parameter}, '$.c{number}')"


def _text(write: Write, quote: IdentifierPreparer, given: _Postgresql | _Sqlite) -> str:
    return _insert(write, quote, given) if isinstance(write, Insert) else _update(write, quote, given)


def _insert(write: Insert, quote: IdentifierPreparer, given: _Postgresql | _Sqlite) -> str:
    table, columns = quote.format_table(write.table), _names(write.values, quote)
    values = ", ".join(given.of_row(number, column) for number, column in enumerate(write.values))
    # Only names of tables and columns are put together here; every value is a parameter.
    text = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {given.rows(write.values)}"  # noqa: S608 - as said above
    return text + _conflict(write, quote)


def _conflict(write: Insert, quote: IdentifierPreparer) -> str:
    if not write.key:
        return ""
    table = quote.format_table(write.table)
    key = ", ".join(_names((write.table.c[name] for name in write.key), quote))
    changed = _names((write.table.c[name] for name in write.changing), quote)
    added = _names((write.table.c[name] for name in write.adding), quote)
    settings = [f"{name} = excluded.{name}" for name in changed]
    settings += [f"{name} = {table}.{name} + excluded.{name}" for name in added]
    return f" ON CONFLICT ({key}) DO {'UPDATE SET ' + ', '.join(settings) if settings else 'NOTHING'}"


def _update(write: Update, quote: IdentifierPreparer, given: _Postgresql | _Sqlite) -> str:
    columns = zip(_names(write.values, quote), write.values, strict=True)
    equal = [f"{name} = {given.of_one(number, column)}" for number, (name, column) in enumerate(columns)]
    changed = len(write.columns)
    return f"UPDATE {quote.format_table(write.table)} SET {', '.join(equal[:changed])} WHERE {' AND '.join(equal[changed:])}"  # noqa: S608 - names only


def _names(columns: Iterable[Column[Any]], quote: IdentifierPreparer) -> list[str]:
    return [quote.quote(column.name) for column in columns]


def _triggered(parts: Sequence[str]) -> Statement:
    body = "; ".join(parts)
    view = f"bundle_{hashlib.sha256(body.encode()).hexdigest()[:24]}"
    parameters = [f"p{number}" for number in range(len(parts))]
    nothing = ", ".join(f"NULL AS {name}" for name in parameters)
    makes = (
        f"CREATE TEMP VIEW IF NOT EXISTS {view} AS SELECT {nothing}",
        f"CREATE TEMP TRIGGER IF NOT EXISTS {view}_do INSTEAD OF INSERT ON {view} BEGIN {body}; END",
    )
    given = ", ".join(f":{name}" for name in parameters)
    return Statement(f"INSERT INTO {view} ({', '.join(parameters)}) VALUES ({given})", view, makes)  # noqa: S608 - names only


def parameters(rows: Iterable[object]) -> Mapping[str, str]:
    """Return the parameters of a statement."""
    return {f"p{number}": in_json(one) for number, one in enumerate(rows)}
