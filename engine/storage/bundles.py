"""Writes that nobody waits for, put off and sent as one statement: history, messages, seats, the answer that is kept.

They are sent before any other statement of the transaction, so that nothing is read without them, and at its end. Each is a trip
to the database less, and the rows of each are one parameter.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, event
from sqlalchemy.engine import Engine
from sqlalchemy.sql.elements import RollbackToSavepointClause

from engine.storage.bundle_sql import Insert, Update, Write, encoded, parameters, row_by_row, statement_of

_WAITING = "formwork_bundle"
_MADE = "formwork_bundle_views"
FEW = 50
ALONE = "formwork_table"
"""Execution option: the one table that a statement reads or writes, so that it need not wait for what was put off for others."""

Row = Mapping[str, Any]


def insert_later(connection: Connection, write: Insert, rows: Sequence[Row]) -> None:
    """Put off the insertion of rows; SQLite is quicker with many of them when they are no JSON, so they are sent at once."""
    given = [[row[name] for name in write.columns] for row in rows]
    if len(rows) > FEW and connection.dialect.name == "sqlite":
        send(connection)
        connection.exec_driver_sql(row_by_row(write, connection.dialect), encoded(write, given, connection.dialect))
    elif rows:
        _put_off(connection, write, given)


def update_later(connection: Connection, table: Table, values: Row, found: Row) -> None:
    """Put off a change of the rows of a table that have the values `found`; both are by the names of columns.

    Nobody learns how many there were: a row that another may have changed has to be locked before.
    """
    write = Update(table, tuple(values), tuple(found))
    _put_off(connection, write, [[*values.values(), *found.values()]])


def send(connection: Connection) -> None:
    """Send what was put off."""
    waiting: dict[Write, list[dict[str, object]]] | None = connection.info.pop(_WAITING, None)
    if not waiting:
        return
    statement = statement_of(tuple(waiting), connection.dialect)
    if statement.view:
        prepare(connection, statement.view, statement.makes)
    rows = (rows if isinstance(write, Insert) else rows[0] for write, rows in waiting.items())
    connection.exec_driver_sql(statement.text, dict(parameters(rows)))


def prepare(connection: Connection, view: str, makes: Iterable[str]) -> None:
    """Make what a statement needs on SQLite, once for a connection, as a driver prepares statements."""
    made: set[str] = connection.info.setdefault(_MADE, set())
    if view not in made:
        for one in makes:
            _driver(connection).execute(one)
        made.add(view)


def forget_prepared(connection: Connection) -> None:
    """Take away what was made: SQLite lets no table change that something still names."""
    for view in connection.info.pop(_MADE, ()):
        _driver(connection).execute(f"DROP VIEW IF EXISTS temp.{view}")


def listen(engine: Engine) -> None:
    """Have what was put off sent before anything else, and forgotten when it is undone."""
    event.listen(engine, "before_execute", _before)
    event.listen(engine, "rollback", _undone)
    event.listen(engine, "rollback_savepoint", _undone)


def _put_off(connection: Connection, write: Write, rows: Iterable[Sequence[object]]) -> None:
    waiting: dict[Write, list[dict[str, object]]] = connection.info.get(_WAITING, {})
    if any(one.table is write.table and (one != write or not _goes_on(one)) for one in waiting):
        send(connection)
        waiting = {}
    waiting.setdefault(write, []).extend(encoded(write, rows, connection.dialect))
    connection.info[_WAITING] = waiting


def _goes_on(write: Write) -> bool:
    """Say whether rows of a second write may join those of the first: no row may be met twice in one statement."""
    return isinstance(write, Insert) and not (write.changing or write.adding)


def _before(connection: Connection, statement: object, _many: object, _one: object, options: Row) -> None:
    if _WAITING not in connection.info or _overtakes(connection, options.get(ALONE)):
        return
    if isinstance(statement, RollbackToSavepointClause):
        # Beginning a savepoint has sent what came before it.
        connection.info.pop(_WAITING)
    else:
        send(connection)


def _overtakes(connection: Connection, table: Table | None) -> bool:
    return table is not None and all(one.table is not table for one in connection.info[_WAITING])


def _undone(connection: Connection, *_: object) -> None:
    if connection.invalidated:
        return
    connection.info.pop(_WAITING, None)
    # Views made meanwhile are undone as well; the others are found again.
    connection.info.pop(_MADE, None)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
