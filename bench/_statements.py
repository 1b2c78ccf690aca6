"""The statements of a request: written down as they go to the driver, and sent again without the product around them."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, event

from engine.storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with its parameters; `many` when it is sent once for each of a list of parameters. No text: commit."""

    text: str
    parameters: Any = ()
    many: bool = False

    @property
    def counts(self) -> bool:
        """Say whether it is more than the frame of a transaction."""
        return bool(self.text) and not self.text.startswith("BEGIN")


@dataclass(slots=True)
class Written:
    """The statements of one request, in order."""

    all: list[Statement] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Return how many statements there were; BEGIN and COMMIT do not count."""
        return sum(one.counts for one in self.all)


class _NothingKept(Exception):
    """Undoes a rehearsed transaction."""


class RehearsedDatabase(Database):
    """A database that can undo what a use case wrote, so that the same statements can be sent once more by the driver."""

    rehearsing = False

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._aside = Database(url)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Give a transaction as the database does; undo it at the end while rehearsing."""
        with suppress(_NothingKept), super().writing() as transaction:
            yield transaction
            if self.rehearsing:
                transaction.finish()
                raise _NothingKept

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Keep nothing of what is written inside.

        It goes through connections of its own: after a ROLLBACK the driver forgets what a connection has prepared, and what is
        measured next would be measured in a state that is rare in life.
        """
        own, self.engine, self.rehearsing = self.engine, self._aside.engine, True
        try:
            yield
        finally:
            self.engine, self.rehearsing = own, False

    def close(self) -> None:
        """Close every connection, those of rehearsals too."""
        self._aside.close()
        super().close()


@contextmanager
def written_down(database: Database) -> Iterator[Written]:
    """Write down every statement that is sent inside."""
    written = Written()

    def sent(_connection: Connection, _cursor: Any, text: str, parameters: Any, _context: Any, many: bool) -> None:  # noqa: FBT001 - SQLAlchemy calls it
        written.all.append(Statement(text, parameters, many))

    def ended(_connection: Connection) -> None:
        written.all.append(Statement(""))

    listeners = (("before_cursor_execute", sent), ("commit", ended), ("rollback", ended))
    for name, listener in listeners:
        event.listen(database.engine, name, listener)
    try:
        yield written
    finally:
        for name, listener in listeners:
            event.remove(database.engine, name, listener)


def replay(database: Database, written: Written) -> float:
    """Send statements by the driver on a connection of the same pool, read every row, and return the seconds."""
    connection = database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        start = perf_counter()
        for one in written.all:
            if not one.text:
                connection.commit()
            elif one.many:
                cursor.executemany(one.text, one.parameters)
            else:
                cursor.execute(one.text, one.parameters)
                if cursor.description:
                    cursor.fetchall()
        return perf_counter() - start
    finally:
        connection.close()


def plan(database: Database, statement: Statement) -> list[str]:
    """Return how the database would answer a statement, line by line."""
    words = "EXPLAIN QUERY PLAN " if database.dialect == "sqlite" else "EXPLAIN "
    connection = database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(words + statement.text, statement.parameters)
        return [str(row[-1]) for row in cursor.fetchall()]
    finally:
        connection.close()


def about(lines: Iterable[str], table: str) -> list[str]:
    """Return the lines of a plan that say how a table is read, and how its rows are put in order."""
    named = re.compile(rf"(SEARCH|SCAN|Scan)\b.*\b(ix_)?{table}(?!__)")
    ordered = ("TEMP B-TREE FOR ORDER BY", "Sort Key", "Sort  ")
    return [line for line in lines if named.search(line) or any(words in line for words in ordered)]


def uses_index(lines: Iterable[str], table: str) -> bool:
    """Say whether a plan comes to a table by an index, and nowhere by reading all of it."""
    read = [line for line in about(lines, table) if table in line]
    whole = any("Seq Scan" in line or (line.startswith("SCAN") and "USING" not in line) for line in read)
    return bool(read) and not whole
