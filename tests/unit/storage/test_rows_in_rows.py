"""Rows inside rows: whatever is stored and changed ends as the plain value says, on both databases."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.definition.model import Entity, Field
from engine.storage.database import Database
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from engine.storage.row_changes import record_changes
from engine.storage.schema_changes import migrate
from tests.unit.storage.shop import ACTOR, NOW, field

PARTS = field("parts", "sub_table", fields=(field("name", "text"), field("weight", "decimal", scale=2)))
ITEMS = field("items", "sub_table", fields=(field("code", "text"), field("position", "integer"), PARTS))
NOTES = field("notes", "sub_table", fields=(field("text", "text"),))
LINES = field("lines", "sub_table", fields=(field("machine", "text"), ITEMS, NOTES))
PLAN = Entity("works", "plan", "plan", {"zh-CN": "计划"}, "master", "title", (field("title", "text"), LINES))

TEXTS = st.sampled_from(["", "a", "b", "长"])
PART = st.fixed_dictionaries({"name": TEXTS, "weight": st.sampled_from([None, Decimal("1.50"), Decimal("0.00")])})
ITEM = st.fixed_dictionaries({"code": TEXTS, "position": st.integers(0, 3), "parts": st.lists(PART, max_size=3)})
NOTE = st.fixed_dictionaries({"text": TEXTS})
LINE = st.fixed_dictionaries(
    {"machine": TEXTS, "items": st.lists(ITEM, max_size=3), "notes": st.lists(NOTE, max_size=2)}
)
ROWS = {"lines": LINE, "items": ITEM, "notes": NOTE, "parts": PART}


def prepared(database: Database) -> RecordTables:
    tables = RecordTables([PLAN])
    with database.writing() as tx:
        migrate(tx, tables, NOW)
    return tables


def plain(fields: tuple[Field, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values without ids."""
    return {
        one.name: [plain(one.fields, row) for row in values[one.name]] if one.is_table else values[one.name]
        for one in fields
    }


def ids(fields: tuple[Field, ...], values: Mapping[str, Any]) -> set[str]:
    """Return the ids of rows that have one already."""
    rows = [(one, row) for one in fields if one.is_table for row in values[one.name]]
    return {row["id"] for _, row in rows if "id" in row} | {key for one, row in rows for key in ids(one.fields, row)}


def edited(draw: Any, fields: tuple[Field, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values after random edits: cells written, rows added, removed, put elsewhere in their list."""
    after = dict(values)
    for one in fields:
        if not one.is_table:
            after[one.name] = draw(st.sampled_from([values[one.name], values[one.name], None]))
            continue
        kept = [edited(draw, one.fields, row) for row in values[one.name] if draw(st.integers(0, 3))]
        after[one.name] = draw(st.permutations(kept + draw(st.lists(ROWS[one.name], max_size=1))))
    return after


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data(), lines=st.lists(LINE, max_size=3))
def test_random_edits_end_as_the_plain_value_says(database: Database, data: st.DataObject, lines: list[Any]) -> None:
    tables = prepared(database)
    with database.writing() as tx:
        records = Records(tx, tables)
        record = records.insert(PLAN.key, {"title": "x", "lines": lines}, actor=ACTOR, now=NOW)
        for _ in range(2):
            wanted = edited(data.draw, PLAN.fields, record.values)
            changes = record_changes(record.values, wanted, PLAN.tables)
            records.update(PLAN.key, record.id, record.version, changes.values, changes.rows, actor=ACTOR, now=NOW)
            record = records.need(PLAN.key, record.id)

            assert plain(PLAN.fields, record.values) == plain(PLAN.fields, wanted)
            assert ids(PLAN.fields, wanted) <= ids(PLAN.fields, record.values)
            assert not record_changes(record.values, record.values, PLAN.tables)
            assert records.get_many(PLAN.key, [record.id]) == {record.id: record}
            assert dict(records.need(PLAN.key, record.id, rows_later=True).values) == record.values


def test_many_records_are_read_with_one_statement_for_each_table(database: Database) -> None:
    tables = prepared(database)
    lines = [{"machine": "m", "items": [{"code": "c", "position": 1, "parts": [{"name": "p", "weight": None}]}]}]
    with database.writing() as tx:
        records = Records(tx, tables)
        keys = [
            records.insert(PLAN.key, {"title": str(n), "lines": lines * n}, actor=ACTOR, now=NOW).id for n in range(4)
        ]
        tx.finish()
        before = tx.statements

        found = records.get_many(PLAN.key, keys)

        assert tx.statements - before == 5
        assert [len(found[key].values["lines"]) for key in keys] == [0, 1, 2, 3]


def test_rows_go_with_the_row_that_they_lie_in(database: Database) -> None:
    tables = prepared(database)
    part = {"name": "p", "weight": None}
    line = {"machine": "m", "items": [{"code": "c", "position": 1, "parts": [part]}], "notes": [{"text": "n"}]}
    with database.writing() as tx:
        records = Records(tx, tables)
        record = records.insert(PLAN.key, {"title": "x", "lines": [line, line]}, actor=ACTOR, now=NOW)
        changes = record_changes(record.values, {"lines": record.values["lines"][1:]}, PLAN.tables)

        records.update(PLAN.key, record.id, 1, {}, changes.rows, actor=ACTOR, now=datetime.now(UTC))

        left = {path: len(tx.connection.execute(rows.table.select()).all()) for path, rows in place_rows(tables)}
        assert left == {"lines": 1, "lines.items": 1, "lines.items.parts": 1, "lines.notes": 1}
        records.delete(PLAN.key, record.id, 2)
        assert all(not tx.connection.execute(rows.table.select()).all() for _, rows in place_rows(tables))


def place_rows(tables: RecordTables) -> Any:
    return tables.entity(PLAN.key).rows.items()


def test_an_inner_table_that_goes_is_archived_and_comes_back_with_its_rows(database: Database) -> None:
    tables = prepared(database)
    flat = replace(PLAN, fields=(PLAN.fields[0], field("lines", "sub_table", fields=(LINES.fields[0],))))
    with database.writing() as tx:
        line = {"machine": "m", "items": [{"code": "c", "position": 2, "parts": []}]}
        key = Records(tx, tables).insert(PLAN.key, {"title": "x", "lines": [line]}, actor=ACTOR, now=NOW).id
        gone = migrate(tx, RecordTables([flat]), NOW)
        back = migrate(tx, tables, NOW)

        kinds = [sorted({step.kind for step in plan.steps}) for plan in (gone, back)]
        found = Records(tx, tables).need(PLAN.key, key).values["lines"][0]["items"]

    assert ("archive_table" in kinds[0], "restore_table" in kinds[1]) == (True, True)
    assert [(one["code"], one["position"]) for one in found] == [("c", 2)]
