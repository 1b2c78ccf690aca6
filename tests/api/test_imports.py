"""Records from files: /imports/{entity}/files, /preview, /checks, /runs and /jobs."""

import io
from datetime import date

import pytest

from tests.api.office import Office
from tests.api.sheets import checked, chosen, errors_of, finished, found, imported, read_xlsx, send, sent, worked, xlsx
from tests.api.shop import ITEM, ORDER

TITLES = ["编码 *", "名称", "单价（元）", "类别", "启用", "生产日期", "机器", "占比"]


def test_columns_are_proposed_by_title_in_any_language_name_and_without_what_people_add(office: Office):
    content = xlsx(
        [["物品清单"], ["编码*", " Name ", "单价（元）", "kind", "别的", "machine"], ["A", "a", 1, "零件", "x", "M1"]]
    )

    offer = sent(office["kim"], ITEM, content)

    sheet = offer["sheets"][0]
    assert (sheet["header"], sheet["rows"]) == (2, 1)
    assert [one["field"] for one in sheet["columns"]] == ["code", "name", "price", "kind", "", "machine"]
    assert sheet["sample"] == [["A", "a", "1", "零件", "x", "M1"]]
    assert ["code"] in offer["keys"]


def test_values_are_read_as_people_write_them(office: Office):
    rows = [
        TITLES,
        ["A1", "甲", 1234.5, "零件", True, date(2026, 3, 2), "M1", 0.15],
        ["A2", "乙", "￥1,234.50", "tool", "是", "2026年3月2日", "m2", "15%"],
        ["A3", "丙", "1.2万", "其他", "否", 20260302, "M1", None],
        [7, "丁", "（3.5）", None, None, "2026.3.2", None, "0.5％"],
    ]

    job = imported(office, "kim", ITEM, xlsx(rows), all_or_nothing=False)

    assert found(job) == [("G3", "m2", "label_unknown"), ("C5", "（3.5）", "below_minimum")]
    items = {one["values"]["code"]: one["values"] for one in office["kim"].list(ITEM).body["items"]}
    assert items["A1"]["price"] == "1234.50"
    assert (items["A1"]["made_on"], items["A3"]["made_on"]) == ("2026-03-02", "2026-03-02")
    assert (items["A1"]["share"], items["A3"]["price"], items["A3"]["kind"]) == ("0.1500", "12000.00", "other")
    assert (items["A1"]["active"], items["A3"]["active"], items["A1"]["machine"]) == (True, False, office.ids["m1"])


def test_a_check_tells_everything_and_writes_nothing(office: Office):
    rows = [
        TITLES[:4],
        ["A1", "甲", "dear", "零件"],
        ["B1", "乙", 1, None],
        ["A3", "戊", 1, "glass"],
        [None, "丙", 1, None],
        ["A4", "丁", 1, None],
    ]

    job = checked(office, "kim", ITEM, xlsx(rows))

    assert found(job) == [
        ("C2", "dear", "wrong_type"),
        ("A3", "B1", "not_unique"),
        ("D4", "glass", "not_an_option"),
        ("A5", "", "required"),
    ]
    assert (job["state"], job["done"], job["failed"]) == ("done", 5, 4)
    assert job["result"] == {"created": 1, "updated": 0, "unchanged": 0, "refused": 4, "written": False}
    assert len(office["kim"].list(ITEM).body["items"]) == 2


def test_nothing_is_written_while_anything_is_wrong(office: Office):
    rows = [TITLES[:2], *([f"A{number}", "x"] for number in range(700)), ["B1", "taken"]]

    job = imported(office, "kim", ITEM, xlsx(rows))

    assert found(job) == [("A702", "B1", "not_unique")]
    assert (job["result"]["written"], job["result"]["created"]) == (False, 0)
    assert len(office["kim"].list(ITEM).body["items"]) == 2


def test_good_rows_come_in_and_the_bad_ones_come_back_in_a_workbook_that_can_be_mended(office: Office):
    rows = [TITLES[:3], ["A1", "甲", 1], ["A2", "乙", "dear"], ["A3", "丙", 3], ["A" * 13, "丁", 4]]
    job = imported(office, "kim", ITEM, xlsx(rows), all_or_nothing=False)

    sheet = read_xlsx(errors_of(office["kim"], ITEM, job))["Sheet1"]
    mended = [["code" if cell == "编码 *" else cell for cell in row] for row in sheet]
    mended[1][2], mended[2][0] = 2, "A4"
    again = imported(office, "kim", ITEM, xlsx(mended))

    assert (job["result"]["created"], job["result"]["refused"]) == (2, 2)
    assert sheet[0] == ["编码 *", "名称", "单价（元）", "What is wrong", "Original row"]
    assert [row[:3] + row[4:] for row in sheet[1:]] == [["A2", "乙", "dear", 3.0], ["A" * 13, "丁", 4.0, 5.0]]
    assert "C3" in sheet[1][3]
    assert again["result"]["created"] == 2


def test_records_are_changed_created_or_left_by_their_key(office: Office):
    rows = [TITLES[:3], ["B1", "Bolt", 2], ["N1", "Nut", 31], ["X1", "New", 1], ["X1", "Twice", 1]]

    job = imported(office, "kim", ITEM, xlsx(rows), mode="upsert", key=["code"], all_or_nothing=False)
    only = imported(office, "kim", ITEM, xlsx([*rows[:2], ["Y1", "No", 1]]), mode="update", key=["code"])

    assert [one["outcome"] for one in job["rows"]] == ["unchanged", "updated", "created", "failed"]
    assert found(job) == [("A5", "X1", "import_key_twice")]
    assert office["kim"].read(ITEM, office.ids["nut"])["values"]["price"] == "31.00"
    assert found(only) == [("A3", "Y1", "import_key_unknown")]


def test_rows_of_a_sub_table_come_from_a_linked_sheet(office: Office):
    orders = [["关联号", "机器", "外部单号"], [1, "M1", "S1"], [2, "M2", "S2"]]
    lines = [["关联号", "物品", "数量"], [1, "B1", 10], [2, "Nut", 5], [1, "N1", 2], [3, "B1", 1]]

    job = imported(office, "anna", ORDER, xlsx(orders, lines, names=["订单", "明细"]), all_or_nothing=False)

    assert [one["outcome"] for one in job["rows"]] == ["created", "created", "failed"]
    assert job["rows"][2]["findings"][0]["code"] == "import_link_unknown"
    made = office["anna"].read(ORDER, job["rows"][0]["record_id"])["values"]
    assert [(row["item"], row["count"]) for row in made["lines"]] == [
        (office.ids["bolt"], "10.00"),
        (office.ids["nut"], "2.00"),
    ]
    assert made["total"] == "80.00"


def test_rows_that_repeat_their_head_are_one_record_and_differences_are_named(office: Office):
    rows = [
        ["关联号", "机器", "明细 / 物品", "明细/数量", "明细 / 金额", "合计"],
        ["a", "M1", "B1", 10, 20, 80.5],
        ["a", "M1", "N1", 2, "61.00", 80.5],
        ["b", "M2", "B1", 1, 2, 2],
        [None, None, "B1", 1, 2, None],
    ]

    job = imported(office, "anna", ORDER, xlsx(rows))

    assert [len(office["anna"].read(ORDER, one["record_id"])["values"]["lines"]) for one in job["rows"]] == [2, 2]
    assert found(job)[:2] == [("E3", "61.00", "import_difference"), ("F2", "80.5", "import_difference")]
    told = job["rows"][0]["findings"][0]
    assert (told["row"], told["severity"]) == (3, "warning")
    assert "Excel says 61.00, the system 60.00" in told["reason"]


def test_a_row_of_a_sub_table_is_named_by_its_own_row_in_the_file(office: Office):
    orders = [["关联号", "机器"], ["x", "M1"]]
    lines = [["关联号", "物品", "数量"], ["x", "B1", 1], ["x", "Screw", 1], ["x", "B1", 1.5]]

    job = checked(office, "anna", ORDER, xlsx(orders, lines, names=["a", "明细"]))

    assert found(job) == [("B3", "Screw", "label_unknown")]
    assert job["rows"][0]["findings"][0]["sheet"] == "明细"


def test_documents_can_be_handed_in(office: Office):
    rows = [["机器", "明细/物品", "明细/数量"], ["M1", "B1", 1], ["M1", "B1", 900]]

    job = imported(office, "anna", ORDER, xlsx(rows), submit=True, all_or_nothing=False)

    assert [one["outcome"] for one in job["rows"]] == ["created", "failed"]
    assert [one["status"] for one in office["anna"].list(ORDER).body["items"]] == ["in_approval"]


def test_what_is_hidden_is_not_offered_and_cannot_be_chosen(office: Office):
    anna = office["anna"]
    offer = sent(anna, ORDER, xlsx([["机器", "毛利"], ["M1", 1]]))
    choices = chosen(offer)
    choices["sheets"][0]["columns"][1]["field"] = "margin"

    reply = anna.post(f"/imports/{ORDER}/checks", choices)

    assert "margin" not in {one["path"] for one in offer["targets"]}
    assert reply.problems == [("/sheets/0/columns/1", "unknown_path")]


@pytest.mark.parametrize("login", ["ada", "zoe", "anna"])
def test_who_may_not_import_is_refused(office: Office, login: str):
    reply = send(office[login], ITEM, xlsx([["code"]]))

    assert (reply.status, reply.code) == (403, "forbidden")


def test_what_was_chosen_is_remembered_for_the_person(office: Office):
    kim, content = office["kim"], xlsx([["货号", "名称"], ["A1", "甲"]])
    choices = chosen(sent(kim, ITEM, content))
    choices["sheets"][0]["columns"][0]["field"] = "code"
    kim.post(f"/imports/{ITEM}/checks", choices)

    mine, other = (sent(office[login], ITEM, content)["sheets"][0]["columns"] for login in ("kim", "ken"))

    assert [mine[0]["field"], other[0]["field"]] == ["code", ""]


def test_the_file_of_another_is_not_found(office: Office):
    offer = sent(office["kim"], ITEM, xlsx([["编码", "名称"], ["A", "a"]]))

    reply = office["ken"].post(f"/imports/{ITEM}/checks", chosen(offer))

    assert reply.status == 404


def test_an_import_can_be_come_back_to(office: Office):
    kim = office["kim"]
    offer = sent(kim, ITEM, xlsx([["编码", "名称"], ["A", "a"]]))
    job = finished(office, kim, kim.post(f"/imports/{ITEM}/checks", chosen(offer)))

    shown = kim.get(f"/imports/{ITEM}/jobs/{job['id']}").body

    assert shown["job"]["state"] == "done"
    assert shown["source"]["file"] == offer["file"]
    assert shown["choices"]["sheets"][0]["columns"][0] == {"column": 0, "field": "code", "by": "", "rounded": False}


def test_csv_in_either_encoding_is_read(office: Office):
    text = '编码,名称,单价\r\nA1,"甲, 乙",1.50\r\nA2,\'=1+1,2\r\n'

    jobs = [
        imported(office, "kim", ITEM, text.replace("A", encoding[0]).encode(encoding), "a.csv")
        for encoding in ("utf-8-sig", "gb18030")
    ]

    assert [one["result"]["created"] for one in jobs] == [2, 2]
    names = {one["values"]["code"]: one["values"]["name"] for one in office["kim"].list(ITEM).body["items"]}
    assert (names["u1"], names["g1"], names["u2"]) == ("甲, 乙", "甲, 乙", "=1+1")


def test_choices_that_make_no_sense_are_all_named(office: Office):
    kim = office["kim"]
    choices = chosen(sent(kim, ITEM, xlsx([["编码", "名称"], ["A", "a"]])), mode="upsert", key=["price"])
    choices["sheets"][0]["columns"][1]["field"] = "code"

    reply = kim.post(f"/imports/{ITEM}/runs", choices)

    assert reply.problems == [("/key/0", "import_key_not_mapped"), ("/sheets/0/columns/1", "import_field_twice")]


def test_a_tree_comes_in_with_parents_from_the_same_file(office: Office):
    rows = [["名称", "上级"], ["Room", "Hall"], ["Rack", "Room"], ["Box", "Nowhere"]]
    check = checked(office, "kim", "shop.place", xlsx(rows))

    job = imported(office, "kim", "shop.place", xlsx(rows), all_or_nothing=False)

    assert found(check) == found(job) == [("B4", "Nowhere", "label_unknown")]
    assert job["result"]["created"] == 2


def test_work_that_was_cancelled_writes_nothing(office: Office):
    kim = office["kim"]
    reply = kim.post(f"/imports/{ITEM}/runs", chosen(sent(kim, ITEM, xlsx([["编码", "名称"], ["A", "a"]]))))
    kim.post(f"/jobs/{reply.body['id']}/cancel")

    worked(office)

    assert len(kim.list(ITEM).body["items"]) == 2


def test_an_entity_comes_from_a_file_and_its_rows_come_in_after_publishing(office: Office):
    admin = office["admin"]
    content = xlsx([["编码", "名称", "数量"], *([f"T{n}", f"工具 {n}", n] for n in range(5))], names=["工具"])

    def ask(keep: str):
        body = {"file": (io.BytesIO(content), "a.xlsx"), "module": "shop", "name": "tool", "keep": keep}
        return admin.send("POST", "/imports/entities", data=body, content_type="multipart/form-data")

    seen, kept, again = ask("false"), ask("true"), ask("true")
    published = admin.post("/publications", {"note": "tools"})
    job = imported(office, "admin", "shop.tool", content)

    assert (seen.status, seen.body["problems"], seen.body["kept"]) == (201, [], False)
    assert [one["type"] for one in kept.body["columns"]] == ["text", "text", "integer"]
    assert (again.status, again.code) == (409, "entity_exists")
    assert published.status == 201
    assert job["result"]["created"] == 5


def test_only_administrators_make_entities(office: Office):
    body = {"file": (io.BytesIO(xlsx([["a"]])), "a.xlsx"), "module": "shop"}

    reply = office["kim"].send("POST", "/imports/entities", data=body, content_type="multipart/form-data")

    assert reply.status == 403
