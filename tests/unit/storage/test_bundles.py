"""Writes that are put off: they arrive as if each had been sent by itself, before anything is read and before the commit."""

from contextlib import suppress
from datetime import timedelta

from sqlalchemy import Connection, event, select, text

from engine.storage.audit import AuditLog
from engine.storage.bundle_sql import Insert
from engine.storage.bundles import insert_later, update_later
from engine.storage.database import Database, Transaction
from engine.storage.outbox import NewMessage, Outbox
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from engine.storage.schema_changes import migrate
from engine.storage.system_tables import files, series_counters
from tests.unit.storage.shop import ACTOR, NOW

HARD = 'O\'Brien\n"zwei" \\ 施工 %s :p0 {}'
DETAILS = {"b": [1, "2", None, True], "a": {"text": HARD, "number": 1.5}}
COUNTERS = Insert(series_counters, ("key", "value"), ("key",), adding=("value",))
CHANGED = Insert(series_counters, ("key", "value"), ("key",), changing=("value",))
FILES = Insert(files, tuple(one.key for one in files.c))


def a_file(key: str) -> dict[str, object]:
    named = {one.key: key for one in files.c}
    return {**named, "size": 2**40, "uploaded_at": NOW + timedelta(microseconds=1), "record_id": None, "name": HARD}


def put_off_all(tx: Transaction) -> None:
    AuditLog(tx).add(NOW, ACTOR, "made", "shop.order", "1", DETAILS)
    AuditLog(tx).add(NOW, ACTOR, "made", "shop.order", "2", DETAILS)
    Outbox(tx).add([NewMessage("k", "mail", {"to": HARD}), NewMessage("k", "mail", {})], NOW)
    insert_later(tx.connection, FILES, [a_file("one"), a_file("two")])
    insert_later(tx.connection, COUNTERS, [{"key": "orders", "value": 5}])


def values(tx: Transaction) -> dict[str, int]:
    found = tx.connection.execute(select(series_counters.c.key, series_counters.c.value))
    return {row[0]: row[1] for row in found}


def test_what_is_put_off_is_one_statement_and_arrives_as_it_was_given(database: Database) -> None:
    sent: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    with database.writing() as tx:
        put_off_all(tx)

    with database.writing() as tx:
        stored = dict(tx.connection.execute(select(files).where(files.c.id == "two")).one()._mapping)
        entries = AuditLog(tx).recent(kind="shop.order")
        messages = Outbox(tx).lease(NOW)
        counted = values(tx)
    assert len([one for one in sent if "audit_entry" in one or "bundle_" in one]) == 2
    assert stored == a_file("two")
    assert [(one.key, one.details) for one in entries] == [("2", DETAILS), ("1", DETAILS)]
    assert list(entries[0].details) == ["b", "a"]
    assert [(one.key, one.payload) for one in messages] == [("k", {"to": HARD})]
    assert counted == {"orders": 5}


def test_whatever_is_read_or_undone_meets_what_was_put_off_before(database: Database) -> None:
    with database.writing() as tx:
        insert_later(tx.connection, COUNTERS, [{"key": "orders", "value": 5}])
        seen = values(tx)
        insert_later(tx.connection, COUNTERS, [{"key": "orders", "value": 2}])
        insert_later(tx.connection, CHANGED, [{"key": "items", "value": 1}])
        insert_later(tx.connection, CHANGED, [{"key": "items", "value": 3}])
        with suppress(LookupError), tx.savepoint():
            insert_later(tx.connection, COUNTERS, [{"key": "orders", "value": 100}])
            raise LookupError
        update_later(tx.connection, series_counters, {"value": 9}, {"key": "items", "value": 3})
    with suppress(LookupError), database.writing() as tx:
        put_off_all(tx)
        AuditLog(tx).recent()
        raise LookupError
    with database.writing() as tx:
        put_off_all(tx)
        insert_later(tx.connection, COUNTERS, [{"key": f"many {number}", "value": 1} for number in range(60)])

    with database.reading() as tx:
        counted = values(tx)
        assert seen == {"orders": 5}
        assert (counted["orders"], counted["items"], len(counted)) == (12, 9, 62)
        assert len(AuditLog(tx).recent()) == 2


def test_a_table_that_was_written_so_can_change_afterwards(database: Database, tables: RecordTables) -> None:
    order = tables.entity("shop.order").table.name
    with database.writing() as tx:
        made = Records(tx, tables).insert("shop.order", {}, actor=ACTOR, now=NOW)
        AuditLog(tx).add(NOW, ACTOR, "made", "shop.order", made.id)
        Records(tx, tables).set_status("shop.order", made.id, 1, "approved", actor=ACTOR, now=NOW)
    with database.writing() as tx:
        migrate(tx, tables, NOW)
        tx.connection.execute(text(f'ALTER TABLE "{order}" RENAME COLUMN _status TO _state'))
        tx.connection.execute(text(f'ALTER TABLE "{order}" RENAME COLUMN _state TO _status'))

    with database.reading() as tx:
        found = Records(tx, tables).need("shop.order", made.id)

    assert (found.status, found.version) == ("approved", 2)
