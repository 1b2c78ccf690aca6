"""Where a page starts: right behind the last record of the one before, found by the index of the order."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, event

from engine.storage.cursors import Cursor
from engine.storage.database import Database
from engine.storage.queries import Queries, Query
from engine.storage.record_tables import RecordTables

PLANS = {
    # A plan of few rows would read them all: what counts is what the index can answer.
    "postgresql": (["SET LOCAL enable_seqscan = off", "SET LOCAL enable_bitmapscan = off"], "EXPLAIN "),
    "sqlite": ([], "EXPLAIN QUERY PLAN "),
}


def plan_of(database: Database, tables: RecordTables, query: Query) -> str:
    """Return how the database would find the first stretch of a page."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Connection, _cursor: Any, statement: str, parameters: Any, *_: object) -> None:
        sent.append((statement, parameters))

    before, word = PLANS[database.dialect]
    event.listen(database.engine, "before_cursor_execute", note)
    with database.reading() as tx:
        Queries(tx, tables).page("shop.order", query)
        statement, parameters = next(one for one in sent if "r_shop__order" in one[0])
        for one in before:
            tx.connection.exec_driver_sql(one)
        lines = tx.connection.exec_driver_sql(word + statement, parameters).all()
    event.remove(database.engine, "before_cursor_execute", note)
    return "\n".join(str(line[-1]) for line in lines)


def test_a_page_starts_behind_a_record_however_many_have_the_same_value(
    database: Database, tables: RecordTables
) -> None:
    sort = ("-due_on", "-id")
    cursor = Cursor(sort, (date(2026, 3, 1), "x")).to_text()
    found = {"sqlite": "(due_on,_id)<(?,?)", "postgresql": "(ROW(due_on, _id) < ROW("}

    plan = plan_of(database, tables, Query(sort=sort, after=cursor, fields=("number",)))

    assert found[database.dialect] in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan


def test_an_order_of_several_fields_still_starts_in_the_range_of_the_first(
    database: Database, tables: RecordTables
) -> None:
    sort = ("-due_on", "number", "id")
    cursor = Cursor(sort, (date(2026, 3, 1), "A-1", "x")).to_text()

    plan = plan_of(database, tables, Query(sort=sort, after=cursor, fields=("number",)))

    assert {"sqlite": "(due_on<?)", "postgresql": "Index Cond: (due_on <="}[database.dialect] in plan
