from engine.storage.accounts import Accounts
from engine.storage.database import Database
from engine.storage.names import names_of
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from tests.unit.storage.shop import ACTOR, NOW


def test_things_of_all_kinds_are_named_in_one_statement(database: Database, tables: RecordTables) -> None:
    with database.writing() as tx:
        records = Records(tx, tables)
        item = records.insert("shop.item", {"code": "bolt"}, actor=ACTOR, now=NOW).id
        machine = records.insert("shop.machine", {"code": None}, actor=ACTOR, now=NOW).id
        ann = Accounts(tx).add("ann", "Ann", "hash", now=NOW).id
    wanted = {
        "shop.item": ("code", [item, "gone"]),
        "shop.machine": ("code", [machine]),
        "system.user": ("name", [ann]),
    }

    with database.reading() as tx:
        found, statements = names_of(tx, tables, wanted), tx.statements

    assert found == {"shop.item": {item: "bolt"}, "shop.machine": {machine: None}, "system.user": {ann: "Ann"}}
    assert statements == 1


def test_what_is_named_by_no_text_is_left_out(database: Database, tables: RecordTables) -> None:
    wanted = {"shop.item": ("price", ["1"]), "shop.order": ("unknown", ["1"]), "shop.machine": ("code", [])}

    with database.reading() as tx:
        found, statements = names_of(tx, tables, wanted), tx.statements

    assert (found, statements) == ({}, 0)
