"""Records into files: POST /exports/{entity}, /exports/jobs/{job}/file, GET /exports/{entity}/template."""

from datetime import date
from typing import Any

import pytest

from engine.definition.field_types import FIELD_TYPES
from tests.api.kinds import LATER, THING
from tests.api.office import Office, Person, Reply
from tests.api.sheets import imported, read_xlsx, sent, worked, xlsx
from tests.api.shop import ITEM, ORDER, an_order, line
from tests.api.test_field_types import value_of


def export(person: Person, entity: str, **how: object) -> Reply:
    return person.post(f"/exports/{entity}", how)


def sheets(person: Person, entity: str, **how: object) -> dict[str, list[list[Any]]]:
    reply = export(person, entity, **how)
    assert reply.status == 200, reply
    return read_xlsx(reply.body)


def test_a_list_goes_out_as_it_is_seen_with_real_numbers_and_days(office: Office):
    office["kim"].create(
        ITEM, code="A1", name="甲", price="1234.50", made_on="2026-03-02", share="0.15", tags=["heavy", "new"]
    )

    rows = sheets(office["kim"], ITEM, fields="code,name,price,made_on,share,kind,tags,machine.code", sort="code")[
        "物品"
    ]

    assert rows[0] == ["编码", "名称", "单价", "生产日期", "占比", "类别", "标签", "机器"]
    assert rows[1] == ["A1", "甲", 1234.5, date(2026, 3, 2), 0.15, "零件", "重, 新", ""]


def test_a_filter_a_search_and_chosen_records_narrow_the_file(office: Office):
    kim = office["kim"]

    found = [
        sheets(kim, ITEM, fields="code", filter={"field": "price", "op": "gt", "value": "10"}),
        sheets(kim, ITEM, fields="code", q="bolt"),
        sheets(kim, ITEM, fields="code", ids=[office.ids["nut"]]),
    ]

    assert [one["物品"][1:] for one in found] == [[["N1"]], [["B1"]], [["N1"]]]


def test_what_is_hidden_never_leaves_and_others_records_do_not_either(office: Office):
    anna = office["anna"]
    anna.create(ORDER, **an_order(office))
    office["bert"].create(ORDER, **an_order(office))

    everything = sheets(anna, ORDER, rows="sheets")
    named = export(anna, ORDER, fields="number,margin")

    assert "毛利" not in everything["Order"][0]
    assert len(everything["Order"]) == 2
    assert (named.status, named.problems) == (422, [("", "unknown_path")])


@pytest.mark.parametrize("login", ["lee", "zoe", "ada"])
def test_who_may_not_export_is_refused(office: Office, login: str):
    assert export(office[login], ORDER).status == 403


def test_rows_of_sub_tables_are_sheets_of_their_own_or_lines_that_repeat_the_record(office: Office):
    anna = office["anna"]
    lines = [line(office), line(office, "nut", "2")]
    anna.create(ORDER, **an_order(office, lines=lines))

    apart = sheets(anna, ORDER, fields="number,total", rows="sheets")
    repeated = sheets(anna, ORDER, fields="number,total", rows="repeated")

    assert apart["Order"][1:] == [[1.0, "O-M1-2026-0001", 80.0]]
    assert apart["明细"][0][:3] == ["Link", "物品", "数量"]
    assert [row[:3] for row in apart["明细"][1:]] == [[1.0, "Bolt", 10.0], [1.0, "Nut", 2.0]]
    assert repeated["Order"][0][2:5] == ["Total", "明细 / 物品", "明细 / 数量"]
    assert [row[1:5] for row in repeated["Order"][1:]] == [
        ["O-M1-2026-0001", 80.0, "Bolt", 10.0],
        ["O-M1-2026-0001", 80.0, "Nut", 2.0],
    ]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_went_out_comes_in_again_as_it_was(office: Office, kind: str):
    kim, fields = (
        office["kim"],
        "code,name,price,bought_for,unit,kind,tags,pieces,weight,share,active,made_on,checked_at,opens,keeper,department,machine,note",
    )
    values = {
        "name": "=1+1",
        "price": "12.50",
        "bought_for": "0.10",
        "unit": "-",
        "kind": "tool",
        "tags": ["new", "heavy"],
    }
    values |= {"pieces": 7, "weight": "1.250", "share": "0.1234", "active": False, "made_on": "2026-03-02"}
    values |= {"checked_at": "2026-03-02T00:30:00Z", "opens": "08:30", "keeper": office.ids["ken"]}
    values |= {"department": office.ids["north"], "machine": office.ids["m1"], "note": '\'@a\nb, "c"'}
    first = kim.create(ITEM, code="A1", **values)
    content = export(kim, ITEM, fields=fields, format=kind, ids=[first["id"]]).body

    changed = imported(office, "kim", ITEM, content, f"a.{kind}", mode="upsert", key=["code"])
    kim.delete(f"/records/{ITEM}/{first['id']}", if_match='"1"')
    created = imported(office, "kim", ITEM, content, f"a.{kind}")

    assert [one["outcome"] for one in changed["rows"]] == ["unchanged"], changed
    again = kim.read(ITEM, created["rows"][0]["record_id"])["values"]
    assert again == first["values"]


@pytest.mark.parametrize("rows", ["sheets", "repeated"])
def test_documents_with_rows_make_the_round_trip(office: Office, rows: str):
    anna = office["anna"]
    lines = [line(office), line(office, "nut", "2", price="7.77", remark="a, b")]
    first = anna.create(ORDER, **an_order(office, lines=lines, slip="S-1", priority="high", reason="because"))
    anna.create(ORDER, **an_order(office, slip="S-2"))
    content = export(anna, ORDER, fields="machine,day,slip,priority,reason,total", rows=rows, sort="slip").body
    anna.delete(f"/records/{ORDER}/{first['id']}", if_match='"1"')

    job = imported(office, "anna", ORDER, content, all_or_nothing=False)

    assert [one["outcome"] for one in job["rows"]] == ["created", "failed"]
    again = anna.read(ORDER, job["rows"][0]["record_id"])["values"]
    assert _without_ids(again) == _without_ids(first["values"])


def _without_ids(values: dict[str, Any]) -> dict[str, Any]:
    rows = [{name: one for name, one in row.items() if name != "id"} for row in values["lines"]]
    return {name: one for name, one in values.items() if name != "number"} | {"lines": rows}


def test_a_long_list_is_written_in_the_background_and_fetched_by_who_asked(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("engine.services.exports.asking.AT_ONCE", 1)
    kim = office["kim"]

    reply = export(kim, ITEM, fields="code", sort="code")
    early = kim.get(f"/exports/jobs/{reply.body['id']}/file")
    worked(office)
    job = kim.get(f"/jobs/{reply.body['id']}").body
    mine = kim.get(f"/exports/jobs/{job['id']}/file")
    others = office["ken"].get(f"/exports/jobs/{job['id']}/file")

    assert (reply.status, early.code) == (202, "export_not_ready")
    assert (job["state"], job["done"], job["result"]["count"]) == ("done", 2, 2)
    assert read_xlsx(mine.body)["物品"] == [["编码"], ["B1"], ["N1"]]
    assert others.status == 404


def test_status_and_people_are_written_in_words(office: Office):
    office["anna"].create(ORDER, **an_order(office))

    rows = sheets(office["anna"], ORDER, fields="machine,status,owner")["Order"]

    assert rows == [["机器", "Status", "Owner"], ["M1", "Draft", "Anna"]]


def test_an_empty_workbook_has_titles_choices_and_instructions_and_can_be_filled_in(office: Office):
    anna = office["anna"]

    reply = anna.get(f"/exports/{ORDER}/template")
    found = read_xlsx(reply.body)
    offer = sent(anna, ORDER, reply.body)

    assert found["Order"][0][:3] == ["Link", "机器 *", "日期 *"]
    assert "毛利" not in found["Order"][0]
    assert found["明细"][0][:3] == ["Link", "物品 *", "数量 *"]
    told = {(row[0], row[1]): row for row in found["How to fill in"][1:]}
    assert "低 / 高" in told["Order", "级别"][4]
    assert told["明细", "数量"][3] == "yes"
    assert [(one["table"], one["header"]) for one in offer["sheets"][:2]] == [("", 1), ("lines", 1)]
    assert all(column["field"] for one in offer["sheets"][:2] for column in one["columns"])


def test_an_export_is_written_down(office: Office):
    export(office["kim"], ITEM, fields="code")

    with office.installation.database.reading() as tx:
        from engine.storage.audit import AuditLog

        entry = AuditLog(tx).recent(kind="export", key=ITEM)[0]

    assert (entry.actor, entry.details["fields_"]) == (office["kim"].id, "code")


def test_a_file_without_records_has_its_titles(office: Office):
    assert sheets(office["kim"], ITEM, fields="code", q="nothing like it") == {"物品": [["编码"]]}
    assert xlsx([["a"]])[:2] == b"PK"


def test_what_somebody_sees_masked_goes_out_masked(kinds: Office):
    kinds["kay"].create(THING, name="a", sealed="11010519491231002X", mobile="13800138000", f_secret="open sesame")

    own, masked = (
        sheets(kinds[login], THING, fields="name,sealed,mobile,f_secret")["thing"][1] for login in ("kay", "lou")
    )

    assert own[1] == "11010519491231002X"
    assert "19491231" not in str(masked)
    assert "38001380" not in str(masked)
    assert "open sesame" not in str((own, masked))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_value_of_every_type_makes_the_round_trip(kinds: Office, kind: str):
    kay = kinds["kay"]
    unsent = {"attachment", "image", "signature", "sub_table", "tree_parent", "secret"} | LATER
    types = [name for name, one in FIELD_TYPES.items() if not one.made and name not in unsent]
    first = kay.create(THING, name="a", **{f"f_{name}": value_of(kinds, name) for name in types})
    content = export(kay, THING, fields=",".join(("name", *(f"f_{name}" for name in types))), format=kind).body

    job = imported(kinds, "kay", THING, content, f"a.{kind}")

    assert [one["outcome"] for one in job["rows"]] == ["created"], job["rows"]
    again = kay.read(THING, job["rows"][0]["record_id"])["values"]
    assert {name: again[f"f_{name}"] for name in types} == {name: first["values"][f"f_{name}"] for name in types}
