"""The index of the search over all records: what it finds is what reading every record finds, whatever was written before."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from engine.definition.model import Grant
from engine.storage.database import Database
from engine.storage.prepare import prepare
from engine.storage.queries import NOBODY
from engine.storage.record_batches import insert_records
from engine.storage.record_tables import RecordTables
from engine.storage.records import Records
from engine.storage.row_changes import record_changes
from engine.storage.row_scopes import EVERYTHING, RowScope
from engine.storage.schema_changes import migrate
from engine.storage.schema_plan import plan_changes
from engine.storage.search_index import drifts, rebuild
from engine.storage.search_queries import Reach, search_page, terms_of
from engine.storage.search_words import asked
from engine.storage.vault import vault_of
from tests.unit.storage.depot import TEXT, Documents, configuration, entity, field
from tests.unit.storage.shop import ACTOR, NOW
from tests.unit.storage.test_search_words import is_found

PART = {"title": "parts", "type": "array", "items": {"type": "object", "properties": {"note": field(TEXT)}}}
LINE = {"note": field(TEXT), "parts": PART, "count": field("integer")}
STATE = {
    "title": "state",
    "type": "string",
    "oneOf": [{"const": "on", "title": "在用"}, {"const": "off", "title": "停用"}],
}
MACHINE = {
    "code": field(TEXT),
    "name": field(TEXT),
    "about": field(TEXT, type="long_text"),
    "state": STATE | {"x-field": {"type": "select"}},
    "papers": {"title": "papers", "type": "array", "x-field": {"type": "attachment"}},
    "key": field(TEXT, encrypted=True),
    "lines": {"title": "lines", "type": "array", "items": {"type": "object", "properties": LINE}},
}
TOOL = {"code": field(TEXT), "name": field(TEXT)}
WORDS = ("东区", "西区项目部", "塔吊", "C40混凝土", "钢筋HRB400", "13800138000", "塔", "吊篮（大）", "crane tower")


def documents() -> Documents:
    machine = entity("machine", "master", dict(MACHINE)) | {"display": "name"}
    return {
        "depot/module.json": {
            "$schema": "https://formwork.dev/schemas/v1/module.schema.json",
            "name": "depot",
            "version": "1.0.0",
            "title": "depot",
        },
        "depot/entities/machine.json": machine,
        "depot/entities/tool.json": entity("tool", "master", TOOL),
    }


def tables_with(*hidden: str, **changed: Any) -> RecordTables:
    made = documents()
    made["depot/entities/machine.json"]["schema"]["properties"] |= changed
    known = configuration(made)
    fields = dict.fromkeys(hidden, "hidden")
    grants = [Grant("depot.looker", "depot.machine", frozenset({"read"}), "all", fields=fields)] if hidden else []
    return RecordTables(known.entities.values(), grants=grants)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url, vault=vault_of((), "any"))
    prepare(opened)
    yield opened
    opened.close()


def migrated(database: Database, tables: RecordTables) -> list[str]:
    with database.writing() as tx:
        return [step.kind for step in migrate(tx, tables, NOW).steps]


def found(
    database: Database, tables: RecordTables, text: str, *, signs: Sequence[str] = (), scope: RowScope = EVERYTHING[0]
) -> list[str]:
    """Return the ids that a search finds, page by page."""
    reaches = [
        Reach(tables.layouts["depot.machine"], (scope,), tuple(signs)),
        Reach(tables.layouts["depot.tool"], (scope,)),
    ]
    ids, cursor = [], None
    with database.reading() as tx:
        while True:
            page, cursor = search_page(
                tx, tables, terms_of(asked(text), reaches), reaches, NOBODY, limit=3, after=cursor
            )
            ids += [hit.record_id for hit in page]
            if cursor is None:
                return ids


def some_machine(chance: random.Random) -> dict[str, Any]:
    def words(most: int) -> str | None:
        return " ".join(chance.choices(WORDS, k=chance.randint(0, most))) or None

    lines = [
        {"note": words(2), "count": 1, "parts": [{"note": words(1)} for _ in range(chance.randint(0, 2))]}
        for _ in range(chance.randint(0, 2))
    ]
    paper = {"id": "f", "name": f"{words(1)}.pdf", "size": 1, "media_type": "x"}
    return {
        "code": words(1),
        "name": words(2),
        "about": words(5),
        "state": chance.choice(["on", "off", None]),
        "papers": chance.choice([None, [paper]]),
        "key": "塔吊secret",
        "lines": lines,
    }


def texts(values: Mapping[str, Any]) -> list[str]:
    told = {"on": "在用", "off": "停用", None: None}[values["state"]]
    found = [values["code"], values["name"], values["about"], told, *(one["name"] for one in values["papers"] or ())]
    for line in values["lines"]:
        found += [line["note"], *(part["note"] for part in line["parts"])]
    return [one for one in found if one]


def change(records: Records, chance: random.Random, there: dict[str, dict[str, Any]], versions: dict[str, int]) -> None:
    """Create, change, delete or put back a record."""
    key = chance.choice(list(there)) if there else ""
    match chance.choice(["create", "update", "update", "delete"]) if key else "create":
        case "create":
            values = some_machine(chance)
            made = records.insert("depot.machine", values, actor=ACTOR, now=NOW)
            there[made.id], versions[made.id] = values, 1
        case "update":
            before, after = records.need("depot.machine", key).values, some_machine(chance)
            changes = record_changes(before, after, records._tables.entity("depot.machine").entity.tables)
            whole = after if chance.random() < 0.5 else None
            records.update(
                "depot.machine",
                key,
                versions[key],
                changes.values,
                changes.rows,
                actor=ACTOR,
                now=NOW,
                whole=whole,
            )
            there[key], versions[key] = after, versions[key] + 1
        case "delete":
            records.delete("depot.machine", key, versions[key])
            gone = there.pop(key)
            if chance.random() < 0.5:
                system = {"version": 9, "created_at": NOW, "created_by": ACTOR, "owner": ACTOR}
                records.put_back("depot.machine", key, gone, system, actor=ACTOR, now=NOW)
                there[key], versions[key] = gone, 9


@pytest.mark.parametrize("seed", range(3))
def test_random_records_are_found_as_by_reading_all_of_them(database: Database, seed: int):
    chance, tables = random.Random(seed), tables_with()
    migrated(database, tables)
    there: dict[str, dict[str, Any]] = {}
    versions: dict[str, int] = {}

    with database.writing() as tx:
        for _ in range(40):
            change(Records(tx, tables), chance, there, versions)

    with database.reading() as tx:
        assert list(drifts(tx, tables.entity("depot.machine"), tables.layouts["depot.machine"])) == []
    for typed in (
        *WORDS,
        "区",
        "部",
        "塔 吊",
        "土c40",
        "138",
        "0138",
        "00",
        "hrb",
        "400 塔",
        "停用",
        "pdf",
        "secret",
        "%",
        "cr",
    ):
        words = [one for one in asked(typed) if not one.initials]
        if len(words) == len(asked(typed)) and words:
            read = [key for key, one in there.items() if all(any(is_found(t, w) for t in texts(one)) for w in words)]
            assert sorted(found(database, tables, typed)) == sorted(read), typed


def test_what_is_called_so_comes_first_and_then_the_newest(database: Database):
    tables = tables_with()
    migrated(database, tables)
    with database.writing() as tx:
        records = Records(tx, tables)
        values = [{"name": "塔吊"}, {"about": "塔吊"}, {"name": "塔吊二"}, {"about": "没有"}, {"about": "有塔吊"}]
        ids = [records.insert("depot.machine", one, actor=ACTOR, now=NOW).id for one in values]
        tool = records.insert("depot.tool", {"code": "T", "name": "塔吊扳手"}, actor=ACTOR, now=NOW).id

    in_order = found(database, tables, "塔吊")

    assert in_order == [ids[2], ids[0], tool, ids[4], ids[1]]
    assert found(database, tables, "tdbs") == [tool]


def test_a_field_that_some_role_does_not_see_is_found_by_its_readers_only(database: Database):
    tables = tables_with("about", "lines")
    migrated(database, tables)
    values = {"name": "塔吊", "about": "秘密", "lines": [{"note": "暗号", "parts": []}]}
    with database.writing() as tx:
        made = Records(tx, tables).insert("depot.machine", values, actor=ACTOR, now=NOW).id
    sign = {one.path: one.sign for one in tables.layouts["depot.machine"].looked.values()}

    closed = [found(database, tables, one) for one in ("塔吊", "秘密", "暗号", "塔吊 秘密", "密")]
    opened = [found(database, tables, one, signs=[sign["about"]]) for one in ("塔吊 秘密", "密", "暗号")]

    assert closed == [[made], [], [], [], []]
    assert opened == [[made], [made], []]


def test_scopes_narrow_what_is_found(database: Database):
    tables = tables_with()
    migrated(database, tables)
    with database.writing() as tx:
        for owner in ("one", "two"):
            Records(tx, tables).insert("depot.machine", {"name": "塔吊"}, actor=ACTOR, now=NOW, owner=owner)

    mine = found(database, tables, "塔吊", scope=RowScope("own", ("one",)))

    assert len(mine) == 1


def test_many_records_are_indexed_with_one_statement(database: Database):
    tables = tables_with()
    migrated(database, tables)

    with database.writing() as tx:
        made = insert_records(tx, tables, "depot.tool", [{"code": f"塔{n}"} for n in range(50)], actor=ACTOR, now=NOW)
        tx.finish()
        sent = tx.statements

    assert (sent, len(made)) == (2, 50)
    assert sorted(found(database, tables, "塔")) == sorted(made)


def test_a_change_of_numbers_costs_no_statement(database: Database):
    tables = tables_with(worth=field("integer"))
    migrated(database, tables)
    with database.writing() as tx:
        made = Records(tx, tables).insert("depot.machine", {"name": "塔吊"}, actor=ACTOR, now=NOW)

    with database.writing() as tx:
        Records(tx, tables).update("depot.machine", made.id, 1, {"worth": 3}, {}, actor=ACTOR, now=NOW)

        assert tx.statements == 1


def test_publishing_builds_the_index_anew_where_what_is_found_changes(database: Database):
    migrated(database, tables_with())
    with database.writing() as tx:
        Records(tx, tables_with()).insert("depot.machine", {"name": "塔吊", "about": "旧"}, actor=ACTOR, now=NOW)
    renamed = STATE | {"oneOf": [{"const": "on", "title": "使用中"}], "x-field": {"type": "select"}}

    with database.reading() as tx:
        steps = {
            what: [step.kind for step in plan_changes(tx, tables).steps]
            for what, tables in {
                "field": tables_with(more=field(TEXT)),
                "title": tables_with(state=renamed),
                "grant": tables_with("about"),
            }.items()
        }
    done = migrated(database, tables_with("about"))

    assert steps == {"field": ["add_column"], "title": ["fill_search"], "grant": ["fill_search"]}
    assert done == ["fill_search"]
    assert found(database, tables_with("about"), "旧") == []


def test_building_anew_mends_what_has_drifted(database: Database):
    tables = tables_with()
    migrated(database, tables)
    place, layout = tables.entity("depot.machine"), tables.layouts["depot.machine"]
    with database.writing() as tx:
        made = Records(tx, tables).insert("depot.machine", {"name": "塔吊"}, actor=ACTOR, now=NOW).id
        tx.connection.execute(place.table.update().values({place.columns["name"]: "吊车"}))
        before = list(drifts(tx, place, layout))

        rebuild(tx, place, layout)

        assert (before, list(drifts(tx, place, layout))) == ([made], [])
    assert (found(database, tables, "塔吊"), found(database, tables, "吊车")) == ([], [made])
