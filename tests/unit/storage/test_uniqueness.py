from datetime import date, time

import pytest

from engine.storage.database import Database
from engine.storage.overlaps import overlap_problems
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from engine.storage.uniqueness import unique_problems
from tests.unit.storage.shop import ACTOR, NOW

DAY, OTHER_DAY = date(2026, 3, 2), date(2026, 3, 3)


def lines(*rows: tuple[str | None, int | None, int | None]) -> list[dict[str, object]]:
    return [
        {
            "item": item,
            "begins_at": time(start) if start is not None else None,
            "ends_at": time(end) if end is not None else None,
        }
        for item, start, end in rows
    ]


@pytest.fixture
def stored(database: Database, tables: RecordTables) -> Database:
    with database.writing() as tx:
        for status, item in (("approved", "bolt"), ("void", "nut")):
            values = {"due_on": DAY, "lines": lines((item, 8, 12))}
            Records(tx, tables).insert("shop.order", values, actor=ACTOR, now=NOW, status=status, record_id=status)
    return database


def test_values_across_header_and_rows_are_found(stored: Database, tables: RecordTables) -> None:
    values = {"due_on": DAY, "lines": lines(("nut", 1, 2), ("bolt", 1, 2), (None, None, None))}

    with stored.writing() as tx:
        found = unique_problems(tx, tables, "shop.order", values)

    assert [(one.code, one.pointer) for one in found] == [("not_unique", "/lines/1/item")]
    assert found[0].params["message"] == {"zh-CN": "One order an item a day.", "en": "One order an item a day."}


def test_the_record_itself_and_other_values_do_not_clash(stored: Database, tables: RecordTables) -> None:
    with stored.writing() as tx:
        itself = unique_problems(tx, tables, "shop.order", {"due_on": DAY, "lines": lines(("bolt", 1, 2))}, "approved")
        other = unique_problems(tx, tables, "shop.order", {"due_on": OTHER_DAY, "lines": lines(("bolt", 1, 2))})
        blank = unique_problems(tx, tables, "shop.order", {"due_on": None, "lines": lines(("bolt", 1, 2))})

    assert (itself, other, blank) == ((), (), ())


def test_rows_of_one_document_clash_with_each_other(stored: Database, tables: RecordTables) -> None:
    values = {"due_on": OTHER_DAY, "lines": lines(("bolt", 1, 2), ("nut", 1, 2), ("bolt", 3, 4))}

    with stored.writing() as tx:
        found = unique_problems(tx, tables, "shop.order", values)

    assert [one.pointer for one in found] == ["/lines/2/item"]


def test_a_field_that_is_unique_by_itself_is_asked_too(stored: Database, tables: RecordTables) -> None:
    with stored.writing() as tx:
        Records(tx, tables).insert("shop.item", {"code": "bolt"}, actor=ACTOR, now=NOW, record_id="i")

        taken = unique_problems(tx, tables, "shop.item", {"code": "bolt"})
        own = unique_problems(tx, tables, "shop.item", {"code": "bolt"}, "i")

    assert [one.pointer for one in taken] == ["/code"]
    assert own == ()


def test_many_rows_are_asked_in_one_statement(stored: Database, tables: RecordTables) -> None:
    values = {"due_on": DAY, "lines": lines(*((f"item-{n}", 1, 2) for n in range(1500)), ("bolt", 1, 2))}

    with stored.writing() as tx:
        found = unique_problems(tx, tables, "shop.order", values)
        locks = 1 if tx.dialect == "postgresql" else 0

        assert tx.statements == 1 + locks
    assert [one.pointer for one in found] == ["/lines/1500/item"]


@pytest.mark.parametrize(
    ("start", "end", "meets"),
    [
        (7, 8, False),
        (12, 13, False),
        (7, 9, True),
        (9, 10, True),
        (11, 15, True),
        (7, 15, True),
        (11, None, True),
        (12, None, False),
        (None, 10, False),
    ],
)
def test_intervals_meet_unless_they_only_touch(
    stored: Database, tables: RecordTables, start: int | None, end: int | None, meets: bool
) -> None:
    values = {"due_on": DAY, "lines": lines(("nut", start, end), ("bolt", start, end))}

    with stored.writing() as tx:
        found = overlap_problems(tx, tables, "shop.order", values)

    assert [(one.code, one.pointer, one.params["other"]) for one in found] == (
        [("overlaps", "/lines/1/begins_at", "approved")] if meets else []
    )


def test_intervals_of_one_document_meet_each_other(stored: Database, tables: RecordTables) -> None:
    values = {"due_on": DAY, "lines": lines(("bolt", 8, 10), ("bolt", 10, 11), ("bolt", 9, None))}

    with stored.writing() as tx:
        found = overlap_problems(tx, tables, "shop.order", values, "approved")

    assert [one.pointer for one in found] == ["/lines/2/begins_at"]
