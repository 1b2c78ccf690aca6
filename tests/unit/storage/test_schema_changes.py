from dataclasses import replace
from decimal import Decimal

import pytest

from engine.definition.model import Entity, Field, Unique
from engine.errors import Invalid
from engine.problems import known_codes
from engine.storage.database import Database
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from engine.storage.schema_changes import apply, described, migrate
from engine.storage.schema_plan import Plan, plan_changes
from tests.unit.storage.shop import ACTOR, NOW, field, item, said


def changed(*fields: Field, **more: object) -> Entity:
    return replace(item(), fields=(*item().fields, *fields), **more)  # type: ignore[arg-type]


def planned(database: Database, *entities: Entity) -> Plan:
    with database.reading() as tx:
        return plan_changes(tx, RecordTables(entities))


def move(database: Database, *entities: Entity) -> RecordTables:
    tables = RecordTables(entities)
    with database.writing() as tx:
        migrate(tx, tables, NOW)
    return tables


def with_one_item(database: Database) -> str:
    tables = move(database, item())
    with database.writing() as tx:
        values = {"code": "c", "price": Decimal("1.25")}
        return Records(tx, tables).insert("shop.item", values, actor=ACTOR, now=NOW).id


def value(database: Database, tables: RecordTables, record_id: str, name: str) -> object:
    with database.reading() as tx:
        return Records(tx, tables).need("shop.item", record_id).values[name]


def test_a_plan_says_what_it_would_do_in_words_and_in_ddl(database: Database) -> None:
    tables = RecordTables([item()])

    with database.reading() as tx:
        plan = described(tx, plan_changes(tx, tables), tables)

    assert [step.kind for step in plan.steps] == ["create_table"]
    assert "CREATE TABLE r_shop__item" in plan.steps[0].ddl
    assert {f"plan_{step.kind}" for step in plan.steps} <= known_codes()


def test_what_is_done_need_not_be_done_again(database: Database) -> None:
    move(database, item())

    assert planned(database, item()) == Plan(())


def test_a_rename_touches_nothing(database: Database) -> None:
    record_id = with_one_item(database)
    renamed = replace(item(), name="thing", fields=tuple(replace(one, name=f"{one.name}_x") for one in item().fields))

    plan = planned(database, renamed)

    assert plan.steps == ()
    with database.reading() as tx:
        record = Records(tx, RecordTables([renamed])).need("shop.thing", record_id)
    assert record.values["price_x"] == Decimal("1.25")


def test_a_new_field_with_a_default_fills_the_rows_that_are_there(database: Database) -> None:
    record_id = with_one_item(database)
    wider = changed(field("weight", "decimal", scale=3, required=True, schema={"default": "2.5"}))

    plan = planned(database, wider)
    tables = move(database, wider)

    assert [(step.kind, step.rows) for step in plan.steps] == [("add_column", 1)]
    assert plan.problems == ()
    assert value(database, tables, record_id, "weight") == Decimal("2.500")


def test_a_required_field_without_default_is_a_warning_and_no_failure(database: Database) -> None:
    record_id = with_one_item(database)
    wider = changed(field("size", "text", required=True))

    plan = planned(database, wider)
    tables = move(database, wider)

    assert [(one.code, one.severity) for one in plan.problems] == [("required_on_existing_rows", "warning")]
    assert value(database, tables, record_id, "size") is None


def test_a_removed_field_is_archived_and_comes_back_with_its_values(database: Database) -> None:
    record_id = with_one_item(database)
    narrow = replace(item(), fields=tuple(one for one in item().fields if one.name != "price"))

    gone = planned(database, narrow)
    move(database, narrow)
    back = planned(database, item())
    tables = move(database, item())

    assert [step.kind for step in gone.steps] == ["archive_column"]
    assert [step.kind for step in back.steps] == ["restore_column"]
    assert value(database, tables, record_id, "price") == Decimal("1.25")


def test_a_removed_entity_is_archived_and_comes_back(database: Database) -> None:
    record_id = with_one_item(database)

    move(database)
    tables = move(database, item())

    assert value(database, tables, record_id, "code") == "c"


def test_more_decimals_keep_every_number(database: Database) -> None:
    record_id = with_one_item(database)
    finer = replace(item(), fields=tuple(replace(f, type="decimal", scale=4) if f.scale else f for f in item().fields))

    plan = planned(database, finer)
    tables = move(database, finer)

    assert [(step.kind, step.rows) for step in plan.steps] == [("widen_column", 1)]
    assert str(value(database, tables, record_id, "price")) == "1.2500"


def test_another_kind_of_value_is_refused_with_a_reason(database: Database) -> None:
    with_one_item(database)
    other = replace(item(), fields=tuple(replace(f, type="date", scale=None) if f.scale else f for f in item().fields))
    tables = RecordTables([other])

    with pytest.raises(Invalid) as refusal, database.writing() as tx:
        apply(tx, plan_changes(tx, tables), tables, NOW)

    assert [one.code for one in refusal.value.problems] == ["column_kind_changed"]


def test_numbers_that_would_not_fit_are_seen_before(database: Database) -> None:
    tables = move(database, item())
    with database.writing() as tx:
        Records(tx, tables).insert("shop.item", {"price": Decimal("9" * 16)}, actor=ACTOR, now=NOW)
    finer = replace(item(), fields=tuple(replace(f, type="decimal", scale=30) if f.scale else f for f in item().fields))

    plan = planned(database, finer)

    assert [one.code for one in plan.problems] == ["column_would_overflow"]


def test_duplicates_are_seen_before_they_must_be_unique(database: Database) -> None:
    plain = replace(item(), fields=(field("code", "text"), field("size", "text")))
    tables = move(database, plain)
    with database.writing() as tx:
        for _ in range(2):
            Records(tx, tables).insert("shop.item", {"code": "c", "size": "s"}, actor=ACTOR, now=NOW)

    plan = planned(database, replace(plain, unique=(Unique("both", ("code", "size")),)))

    assert [(one.code, one.params["fields"]) for one in plan.problems] == [
        ("duplicates_exist", said("code, size") | {"zh-CN": "code、size"})
    ]


def test_indexes_come_and_go(database: Database) -> None:
    move(database, item())
    indexed = replace(item(), indexes=(("price", "code"),))

    coming = planned(database, indexed)
    move(database, indexed)
    going = planned(database, item())
    move(database, item())

    assert [step.kind for step in coming.steps] == ["add_index"]
    assert [step.kind for step in going.steps] == ["drop_index"]


def test_a_plan_that_fails_leaves_nothing_behind(database: Database) -> None:
    tables = RecordTables([item()])

    def fail() -> None:
        with database.writing() as tx:
            migrate(tx, tables, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert [step.kind for step in planned(database, item()).steps] == ["create_table"]
    move(database, item())


def test_a_sub_table_may_be_added_later(database: Database) -> None:
    with_one_item(database)
    parts = field("parts", "sub_table", fields=(field("name", "text"),))

    tables = move(database, changed(parts))

    assert "parts" in tables.entity("shop.item").rows
    assert planned(database, changed(parts)).steps == ()
