"""One database: connections, transactions, and the only place that commits or rolls back."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from engine.errors import Busy
from engine.storage import bundles
from engine.storage.spreads import register_spreads
from engine.storage.sqlite_functions import register_functions
from engine.storage.vault import Vault, place
from engine.storage.wide_numbers import register_wide_numbers

LOCK_TIMEOUT_SECONDS = 5
"""How long one waits for another's lock before the answer is `Busy` (workflow.md 2.5)."""

IDLE_SECONDS = 1.0
"""How long a connection may have lain unused before it is asked whether it still lives; asking each time takes a trip of every request."""

BUSY_STATES = frozenset({"55P03", "40P01", "40001"})
"""SQLSTATE of PostgreSQL: lock not available, deadlock detected, serialization failure."""

PREPARED = 500
"""Statements that the driver keeps prepared for each connection: every entity has some ten of its own."""

_COUNTER = "statements"
_WRITING = "formwork_writing"
_PUT_BACK = "formwork_put_back"


class Transaction:
    """What a use case does to the database as one thing.

    `publication` is the number of the publication in force, once the transaction has locked it; `writes` says that it may
    change something.
    """

    def __init__(self, connection: Connection, *, writes: bool = False) -> None:
        self.connection = connection
        self.writes = writes
        self.dialect = connection.dialect.name
        self.publication: int | None = None
        # What a part of storage keeps until the transaction ends, by a key of its own; values never change, so that a savepoint
        # can put them back.
        self.kept: dict[object, Any] = {}
        self._before = int(connection.info.get(_COUNTER, 0))
        self._after_commit: list[Callable[[], None]] = []
        self._before_commit: dict[str, Callable[[], None]] = {}

    @property
    def statements(self) -> int:
        """Return how many statements were sent in this transaction (BEGIN and COMMIT do not count)."""
        return int(self.connection.info.get(_COUNTER, 0)) - self._before

    def on_commit(self, callback: Callable[[], None]) -> None:
        """Have `callback` called once the data are safe; it is forgotten if the transaction is rolled back."""
        self._after_commit.append(callback)

    def before_commit(self, key: str, callback: Callable[[], None]) -> None:
        """Have `callback` called as the last thing before the commit, once for a key; what it does may still fail."""
        self._before_commit[key] = callback

    def finish(self) -> None:
        """Do what is left for the end, in the order of its keys, and send what was put off."""
        for key in sorted(self._before_commit):
            self._before_commit[key]()
        bundles.send(self.connection)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo only what is inside when it raises; the transaction lives on."""
        waiting, kept = len(self._after_commit), dict(self.kept)
        try:
            with self.connection.begin_nested():
                yield
        except BaseException:
            del self._after_commit[waiting:]
            self.kept = kept
            raise

    @contextmanager
    def trial(self) -> Iterator[Callable[[], None]]:
        """Undo what is inside unless what it gives is called; the transaction lives on."""
        wanted: list[bool] = []
        waiting, kept = len(self._after_commit), dict(self.kept)
        nested = self.connection.begin_nested()
        try:
            yield lambda: wanted.append(True)
        except BaseException:
            nested.rollback()
            del self._after_commit[waiting:]
            self.kept = kept
            raise
        if wanted:
            nested.commit()
        else:
            nested.rollback()
            del self._after_commit[waiting:]
            self.kept = kept

    def committed(self) -> None:
        """Call what waited for the commit, in order."""
        for callback in self._after_commit:
            callback()


class Database:
    """A database by URL: `sqlite:///path` or `postgresql+psycopg://...`.

    `prepared_statements=False` is for PostgreSQL behind PgBouncer. `vault` opens what is encrypted.
    """

    def __init__(
        self,
        url: str,
        *,
        echo_statements: bool = False,
        pool_size: int = 10,
        lock_timeout: float = LOCK_TIMEOUT_SECONDS,
        prepared_statements: bool = True,
        idle_seconds: float = IDLE_SECONDS,
        vault: Vault | None = None,
    ) -> None:
        self.lock_timeout = lock_timeout
        self.idle_seconds = idle_seconds
        self.dialect = make_url(url).get_backend_name()
        options: dict[str, Any] = {"echo": echo_statements, "json_serializer": _json, "hide_parameters": True}
        if self.dialect == "postgresql":
            options |= {"pool_size": pool_size, "max_overflow": pool_size}
            options["connect_args"] = {} if prepared_statements else {"prepare_threshold": None}
        self.engine: Engine = create_engine(url, **options)
        # The columns of encrypted values ask the dialect, which is this engine's own, for the keys.
        place(self.engine.dialect, vault or Vault())
        self._listen()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Give a transaction that sees one moment of the data and may not change them."""
        with self.engine.connect() as plain:
            connection = plain
            if self.dialect == "postgresql":
                connection = plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield Transaction(connection)

    @contextmanager
    def glancing(self) -> Iterator[Transaction]:
        """Give what a single statement reads with: it sees one moment by itself, and BEGIN and COMMIT would be two more trips."""
        if self.dialect != "postgresql":
            with self.reading() as transaction:
                yield transaction
            return
        with self.engine.connect() as plain:
            yield Transaction(plain.execution_options(isolation_level="AUTOCOMMIT"))

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Give a transaction that is committed at the end, or undone wholly if anything is raised.

        Raises Busy when somebody else holds a lock for longer than one waits.
        """
        with self.engine.connect() as plain:
            connection = plain.execution_options(**{_WRITING: True})
            with connection.begin():
                transaction = Transaction(connection, writes=True)
                yield transaction
                transaction.finish()
        transaction.committed()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def _listen(self) -> None:
        event.listen(self.engine, "handle_error", _translate)
        event.listen(self.engine, "before_cursor_execute", _count)
        bundles.listen(self.engine)
        if self.dialect == "sqlite":
            event.listen(self.engine, "connect", self._open_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        else:
            event.listen(self.engine, "connect", self._open_postgresql)
            event.listen(self.engine, "checkin", _put_back)
            event.listen(self.engine, "checkout", self._ask_whether_alive)

    def _open_sqlite(self, connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        # The driver's own idea of when a transaction starts is switched off; `_begin_sqlite` says it.
        connection.isolation_level = None
        register_functions(connection)
        register_wide_numbers(connection)
        register_spreads(connection)
        milliseconds = round(self.lock_timeout * 1000)
        for pragma in (
            f"busy_timeout = {milliseconds}",
            "journal_mode = WAL",
            "foreign_keys = ON",
            "cache_size = -65536",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    def _open_postgresql(self, connection: Any, _entry: ConnectionPoolEntry) -> None:
        milliseconds = round(self.lock_timeout * 1000)
        connection.prepared_max = PREPARED
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {milliseconds}; SET timezone = 'UTC'")
        connection.commit()

    def _ask_whether_alive(self, connection: Any, entry: ConnectionPoolEntry, _fairy: object) -> None:
        """Have all idle connections made anew where one of them has died, as after a restart of the server."""
        if monotonic() - entry.info.get(_PUT_BACK, monotonic()) < self.idle_seconds:
            return
        try:
            self.engine.dialect.do_ping(connection)
        except self.engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error


def _put_back(_connection: object, entry: ConnectionPoolEntry) -> None:
    entry.info[_PUT_BACK] = monotonic()


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at once: a reader that turned into a writer half-way could only be refused.
    writing = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _count(connection: Connection, *_: object) -> None:
    connection.info[_COUNTER] = int(connection.info.get(_COUNTER, 0)) + 1


def _translate(context: ExceptionContext) -> None:
    error = context.original_exception
    locked = isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
    if locked or getattr(error, "sqlstate", None) in BUSY_STATES:
        raise Busy from error


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
