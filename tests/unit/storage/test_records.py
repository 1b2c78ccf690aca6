from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from engine.errors import Invalid, NotFound, Stale
from engine.storage.database import Database
from engine.storage.record_tables import RecordTables
from engine.storage.records import Record, Records
from engine.storage.references import clear_uses, uses_of
from engine.storage.row_changes import record_changes, row_changes
from tests.unit.storage.shop import ACTOR, NOW

LATER = NOW + timedelta(hours=1)
VALUES = {
    "number": "A-1",
    "title": "Ten bolts",
    "due_on": date(2026, 3, 9),
    "total": Decimal("10.50"),
    "machine": None,
    "urgent": True,
    "called_at": datetime(2026, 3, 1, 7, 0, tzinfo=UTC),
    "lines": [
        {"item": "i-1", "count": 3, "amount": Decimal("3.00"), "begins_at": time(8, 0), "ends_at": None},
        {"item": "i-2", "count": 1, "amount": Decimal("7.50"), "begins_at": None, "ends_at": None},
    ],
}


def stored(database: Database, tables: RecordTables) -> Record:
    with database.writing() as tx:
        return Records(tx, tables).insert("shop.order", VALUES, actor=ACTOR, now=NOW)


def read(database: Database, tables: RecordTables, record_id: str) -> Record:
    with database.reading() as tx:
        return Records(tx, tables).need("shop.order", record_id)


def test_a_record_comes_back_as_it_was_stored(database: Database, tables: RecordTables) -> None:
    inserted = stored(database, tables)

    found = read(database, tables, inserted.id)

    assert found == inserted
    assert found.values["title"] == "Ten bolts"
    assert [row["amount"] for row in found.values["lines"]] == [Decimal("3.00"), Decimal("7.50")]
    assert (found.version, found.status, found.owner, found.created_at) == (1, "draft", ACTOR, NOW)
    assert found.system["status"] == "draft"


def test_rows_can_be_left_until_they_are_asked_for(database: Database, tables: RecordTables) -> None:
    inserted = stored(database, tables)

    with database.reading() as tx:
        found = Records(tx, tables).need("shop.order", inserted.id, rows_later=True)
        title, before = found.values["title"], tx.statements
        lines = found.values["lines"]

        assert (title, before, tx.statements) == ("Ten bolts", 1, 2)
        assert lines == inserted.values["lines"]
        assert dict(found.values) == inserted.values
        assert (len(found.values), "lines" in found.values, "other" in found.values) == (
            len(inserted.values),
            True,
            False,
        )
        assert tx.statements == 2


def test_storing_costs_one_statement_and_one_for_each_sub_table(database: Database, tables: RecordTables) -> None:
    with database.writing() as tx:
        records = Records(tx, tables)
        record = records.insert("shop.order", VALUES, actor=ACTOR, now=NOW)
        tx.finish()
        inserting = tx.statements
        records.get("shop.order", record.id, lock=True)

        # The third of those that store lets the search find it.
        assert (inserting, tx.statements - inserting) == (3, 2)


def test_an_update_writes_changed_fields_and_rows(database: Database, tables: RecordTables) -> None:
    before = stored(database, tables)
    first, second = before.values["lines"]
    after = {"title": "More bolts", "lines": [second, {**first, "count": 9}, {"item": "i-3", "count": 1}]}

    changes = record_changes(before.values, after, tables.entity("shop.order").entity.tables)
    with database.writing() as tx:
        version = Records(tx, tables).update(
            "shop.order", before.id, 1, changes.values, changes.rows, actor="user-2", now=LATER
        )

    found = read(database, tables, before.id)
    assert (version, found.version, found.updated_by, found.updated_at) == (2, 2, "user-2", LATER)
    assert found.values["title"] == "More bolts"
    assert [(row["item"], row["count"]) for row in found.values["lines"]] == [("i-2", 1), ("i-1", 9), ("i-3", 1)]
    assert [row["id"] for row in found.values["lines"]][:2] == [second["id"], first["id"]]


def test_rows_that_are_left_out_are_removed(database: Database, tables: RecordTables) -> None:
    before = stored(database, tables)
    changes = {"lines": row_changes(before.values["lines"], before.values["lines"][1:])}

    with database.writing() as tx:
        Records(tx, tables).update("shop.order", before.id, 1, {}, changes, actor=ACTOR, now=LATER)

    assert [row["item"] for row in read(database, tables, before.id).values["lines"]] == ["i-2"]


def test_who_comes_second_is_told_the_current_version(database: Database, tables: RecordTables) -> None:
    record = stored(database, tables)
    with database.writing() as tx:
        Records(tx, tables).set_status("shop.order", record.id, 1, "approved", actor=ACTOR, now=NOW, effective_at=NOW)

    with pytest.raises(Stale) as refusal, database.writing() as tx:
        Records(tx, tables).update("shop.order", record.id, 1, {"title": "Late"}, {}, actor=ACTOR, now=NOW)

    assert refusal.value.params == {"given": 1, "current": 2}
    assert read(database, tables, record.id).effective_at == NOW


def test_a_second_equal_value_is_a_problem_of_its_field(database: Database, tables: RecordTables) -> None:
    stored(database, tables)

    with pytest.raises(Invalid) as refusal, database.writing() as tx:
        Records(tx, tables).insert("shop.order", {"number": "A-1"}, actor=ACTOR, now=NOW)

    assert [(one.code, one.pointer) for one in refusal.value.problems] == [("not_unique", "/number")]


def test_a_deleted_record_is_gone_with_its_rows(database: Database, tables: RecordTables) -> None:
    record = stored(database, tables)

    with database.writing() as tx:
        Records(tx, tables).delete("shop.order", record.id, 1)

    with database.reading() as tx:
        assert Records(tx, tables).get("shop.order", record.id) is None
        assert Records(tx, tables).exists("shop.order", record.id) is False
        assert tx.connection.execute(tables.entity("shop.order").rows["lines"].table.select()).all() == []


def test_what_is_not_there_is_not_found(database: Database, tables: RecordTables) -> None:
    with database.writing() as tx:
        records = Records(tx, tables)

        with pytest.raises(NotFound):
            records.need("shop.order", "nothing")
        with pytest.raises(NotFound):
            records.update("shop.order", "nothing", 1, {"title": "x"}, {}, actor=ACTOR, now=NOW)
        with pytest.raises(NotFound):
            records.delete("shop.order", "nothing", 1)
        with pytest.raises(NotFound):
            records.get("shop.nothing", "x")


def test_many_references_are_expanded_in_one_statement(database: Database, tables: RecordTables) -> None:
    with database.writing() as tx:
        records = Records(tx, tables)
        ids = [records.insert("shop.item", {"code": f"c{n}"}, actor=ACTOR, now=NOW).id for n in range(3)]
        tx.finish()
        before = tx.statements

        found = records.many("shop.item", [*ids, "nothing"], ["code", "created_by"])

        assert tx.statements - before == 1
        assert [found[one] for one in ids] == [{"code": f"c{n}", "created_by": ACTOR} for n in range(3)]
        assert {one.values["code"] for one in records.get_many("shop.item", ids).values()} == {"c0", "c1", "c2"}


def test_uses_of_a_record_are_told_and_cleared(database: Database, tables: RecordTables) -> None:
    with database.writing() as tx:
        records = Records(tx, tables)
        machine = records.insert("shop.machine", {"code": "m"}, actor=ACTOR, now=NOW)
        records.insert("shop.machine", {"code": "n", "within": machine.id}, actor=ACTOR, now=NOW)
        order = records.insert("shop.order", {"machine": machine.id}, actor=ACTOR, now=NOW)

        uses = uses_of(tx, tables, "shop.machine", machine.id)
        turned = clear_uses(tx, tables, "shop.machine", machine.id, actor=ACTOR, now=NOW)

        told = {(use.entity, use.path, use.on_delete, use.count) for use in uses}
        assert told == {("shop.order", "machine", "nullify", 1), ("shop.machine", "within", "restrict", 1)}
        assert records.need("shop.order", order.id).values["machine"] is None
        assert [(one.entity, one.field.name, one.record_id, one.version) for one in turned] == [
            ("shop.order", "machine", order.id, 2)
        ]


def test_equal_rows_are_no_change() -> None:
    rows = [{"id": "1", "count": 1}, {"id": "2", "count": 2}]

    changes = row_changes(rows, [dict(row) for row in rows])

    assert not changes
    assert not record_changes({"title": "a", "lines": rows}, {"title": "a"}, [])
