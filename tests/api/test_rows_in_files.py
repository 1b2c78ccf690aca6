"""Records with rows inside rows from and to files: a sheet for each level, joined by keys, or lines of one sheet."""

import pytest

from tests.api.office import Office
from tests.api.sheets import Rows, chosen, errors_of, found, imported, read_xlsx, sent, xlsx
from tests.api.works import PLAN

SHEETS = ("计划", "工序", "工序-物品", "工序-物品-零件")
HEADS: tuple[list[object], ...] = (
    ["Link", "标题 *"],
    ["Link", "Row key", "机器 *"],
    ["Link", "Row key", "物品 *", "数量 *", "单价"],
    ["Link", "名称 *", "数量", "存放"],
)
LINES = [
    {
        "machine": "saw",
        "items": [
            {
                "item": "bolt",
                "count": "2",
                "parts": [{"name": "head", "count": "3"}, {"name": "nut", "kept_at": "plate"}],
            },
            {"item": "plate", "count": "1"},
        ],
    },
    {"machine": "saw"},
    {"machine": "drill", "items": [{"item": "bolt", "count": "5", "price": "1.50"}]},
]


def a_plan(office: Office, title: str = "Roof") -> dict:
    def meant(rows: list) -> list:
        return [{name: value_of(name, value) for name, value in row.items()} for row in rows]

    def value_of(name: str, value: object) -> object:
        if name == "machine":
            return f"{title} {value}"
        return meant(value) if isinstance(value, list) else office.ids.get(value, value)

    return office["paula"].create(PLAN, title=title, lines=meant(LINES))


def exported(office: Office, login: str = "paula", **how: object) -> bytes:
    reply = office[login].post(f"/exports/{PLAN}", {"fields": "title", **how})
    assert reply.status == 200, reply
    return reply.body


def bare(value: object) -> object:
    """Values without the ids of rows."""
    if isinstance(value, list):
        return [bare(one) for one in value]
    return {name: bare(one) for name, one in value.items() if name != "id"} if isinstance(value, dict) else value


def book(*bodies: Rows, heads: Rows = HEADS) -> bytes:
    return xlsx(*([head, *body] for head, body in zip(heads, bodies, strict=True)), names=SHEETS)


def test_a_template_has_a_sheet_for_each_level_with_its_keys(works: Office):
    content = works["paula"].get(f"/exports/{PLAN}/template").body

    sheets = read_xlsx(content)
    offer = sent(works["paula"], PLAN, content)

    assert [(name, rows[0][:3]) for name, rows in sheets.items()][:4] == [
        ("计划", ["Link", "标题 *", "限额"]),
        ("工序", ["Link", "Row key", "机器 *"]),
        ("工序-物品", ["Link", "Row key", "物品 *"]),
        ("工序-物品-零件", ["Link", "名称 *", "数量"]),
    ]
    assert [one["table"] for one in offer["sheets"]][:4] == ["", "lines", "lines.items", "lines.items.parts"]
    assert [one["columns"][1]["field"] for one in offer["sheets"]][1:4] == [
        "lines.$row",
        "lines.items.$row",
        "lines.items.parts.name",
    ]


@pytest.mark.parametrize(
    ("name", "how"), [("a.xlsx", {"rows": "sheets"}), ("a.csv", {"rows": "repeated", "format": "csv"})]
)
def test_what_goes_out_comes_in_as_the_same_records(works: Office, name: str, how: dict[str, str]):
    plans = [a_plan(works), a_plan(works, "Wall")]
    content = exported(works, **how)
    lines = [bare(one["values"]["lines"]) for one in plans]

    again = imported(works, "paula", PLAN, content, name, mode="upsert", key=["title"])
    same = [works["paula"].read(PLAN, one["id"]) for one in plans]
    for one in plans:
        works["paula"].delete(f"/records/{PLAN}/{one['id']}", if_match='"1"')
    anew = imported(works, "paula", PLAN, content, name)
    made = sorted(
        (works["paula"].read(PLAN, row["record_id"])["values"] for row in anew["rows"]), key=lambda v: v["title"]
    )

    assert (again["state"], again["result"]["unchanged"], again["result"]["updated"]) == ("done", 2, 0), again
    assert [one["values"] for one in same] == [one["values"] for one in plans]
    assert (anew["state"], anew["result"]["created"]) == ("done", 2), anew
    assert [bare(one["lines"]) for one in made] == lines


def test_problems_of_every_level_stand_in_a_workbook_that_is_mended_and_imported(works: Office):
    content = book(
        [[1, "Good"], [2, "Bad"]],
        [[1, 1, "saw"], [2, 2, None], [2, 3, "drill"]],
        [[1, 1, "Bolt", 1, None], [3, 2, "Screw", "many", None], [2, 3, "Plate", 1, None]],
        [[2, None, 1, "Nowhere"], [1, "nut", 1, None]],
    )

    job = imported(works, "paula", PLAN, content, all_or_nothing=False)
    errors = read_xlsx(errors_of(works["paula"], PLAN, job))
    mended = {name: [row[:-2] for row in rows] for name, rows in errors.items()}
    mended["工序"][1][2] = "lathe"
    mended["工序-物品"][1][2:4] = ["Plate", 4]
    mended["工序-物品-零件"][1][1:] = ["head", 1, "Bolt"]
    again = imported(works, "paula", PLAN, xlsx(*mended.values(), names=SHEETS))

    assert sorted(found(job)) == [
        ("B2", "", "required"),
        ("C3", "", "required"),
        ("C3", "Screw", "label_unknown"),
        ("D2", "Nowhere", "label_unknown"),
        ("D3", "many", "wrong_type"),
    ]
    assert (job["result"]["created"], again["result"]["created"]) == (1, 1), again
    assert [[row[:-2] for row in rows[1:]] for rows in errors.values()] == [
        [[2, "Bad"]],
        [[2, 2, ""], [2, 3, "drill"]],
        [[3, 2, "Screw", "many", ""], [2, 3, "Plate", 1, ""]],
        [[2, "", 1, "Nowhere"]],
    ]
    reasons = [[row[-2] for row in rows[1:]] for rows in errors.values()]
    assert [[bool(one) for one in told] for told in reasons] == [[False], [True, False], [True, False], [True]]


def test_rows_that_lie_nowhere_and_keys_that_stand_twice_are_told(small_works: Office):
    content = book(
        [[1, "Roof"]],
        [[1, 1, "saw"], [1, 1, "drill"]],
        [[1, 1, "Bolt", 1, None], [7, 2, "Bolt", 1, None]],
        [[2, "nut", 1, None]],
    )

    job = imported(small_works, "paula", PLAN, content, all_or_nothing=False)
    codes = [(one["sheet"], one["row"], one["code"]) for row in job["rows"] for one in row["findings"]]

    assert ("工序", 3, "import_row_key_twice") in codes
    assert ("工序-物品", 3, "import_row_unknown") in codes
    assert job["result"]["created"] == 0


def test_a_sheet_of_inner_rows_asks_for_the_keys_of_the_rows_around_them(small_works: Office):
    heads = (HEADS[0], ["Link", "机器 *"], ["Link", "物品 *", "数量 *"], HEADS[3])
    offer = sent(small_works["paula"], PLAN, book([], [[1, "saw"]], [[1, "Bolt", 1]], [], heads=heads))

    reply = small_works["paula"].post(f"/imports/{PLAN}/runs", chosen(offer))

    assert reply.problems == [("/sheets/2", "import_needs_row_key"), ("/sheets/3", "import_needs_row_key")]


def test_lines_of_one_sheet_without_keys_go_on_while_they_say_the_same(small_works: Office):
    head = ["Link", "标题", "工序 / 机器", "工序 / 物品 / 物品", "工序 / 物品 / 数量", "工序 / 物品 / 零件 / 名称"]
    rows = [
        [1, "Roof", "saw", "Bolt", 1, "head"],
        [1, "Roof", "saw", "Bolt", 1, "nut"],
        [1, None, "saw", "Plate", 2, None],
        [1, None, "drill", None, None, None],
        [1, None, None, "Bolt", 3, None],
    ]

    job = imported(small_works, "paula", PLAN, xlsx([head, *rows]))

    (lines,) = (small_works["paula"].read(PLAN, row["record_id"])["values"]["lines"] for row in job["rows"])
    told = [
        (line["machine"], [(one["count"], [part["name"] for part in one["parts"]]) for one in line["items"]])
        for line in lines
    ]
    assert told == [
        ("saw", [("1.00", ["head", "nut"]), ("2.00", [])]),
        ("drill", [("3.00", [])]),
    ]


def test_what_a_reader_may_not_see_is_in_no_file(small_works: Office):
    a_plan(small_works)

    sheets = read_xlsx(exported(small_works, "rob", rows="sheets"))

    assert not {"单价", "金额", "小计", "占比"} & {title for rows in sheets.values() for title in rows[0]}
    assert sheets["工序-物品"][1][:3] == [1, 1, "Bolt"]
