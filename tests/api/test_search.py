"""GET /search, and what lists find by words."""

import pytest

from tests.api.office import Office
from tests.api.shop import ITEM, ORDER, an_order


def hits(office: Office, login: str, q: str, **query: object) -> list[str]:
    reply = office[login].get("/search", q=q, **query)
    assert reply.status == 200, reply
    return [one["title"] for one in reply.body["items"]]


def test_a_record_is_found_by_part_of_a_name_a_code_and_pinyin(office: Office):
    office["kim"].create(ITEM, code="X-0907", name="六角螺栓（大）", price="1.00")

    found = {
        q: hits(office, "kim", q)
        for q in ("螺栓", "栓", "x-09", "907", "ljls", "螺栓（大", "Ｘ 六角", "螺栓大", "bolt x")
    }

    assert found == {
        **{key: ["六角螺栓（大）"] for key in ("螺栓", "栓", "x-09", "907", "ljls", "螺栓（大", "Ｘ 六角")},
        **{key: [] for key in ("螺栓大", "bolt x")},
    }


def test_what_is_found_is_told_with_its_place(office: Office):
    made = office["kim"].create(ITEM, code="X9", name="六角螺栓", price="1.00")

    (item,) = office["kim"].get("/search", q="螺栓").body["items"]

    assert (item["entity"], item["id"], item["title"], item["module"]) == (ITEM, made["id"], "六角螺栓", "shop")
    assert [(one["field"], one["parts"]) for one in item["passages"]] == [
        ("name", [{"text": "六角", "hit": False}, {"text": "螺栓", "hit": True}])
    ]


def test_pages_follow_each_other_and_nothing_is_counted(office: Office):
    for number in range(7):
        office["kim"].create(ITEM, code=f"X{number}", name=f"垫片{number}", price="1.00")

    seen, cursor = [], ""
    while cursor is not None:
        page = office["kim"].get("/search", q="垫片", limit=3, cursor=cursor).body
        seen += [one["title"] for one in page["items"]]
        cursor = page["next_cursor"]

    assert seen == [f"垫片{number}" for number in reversed(range(7))]
    assert set(page) == {"items", "next_cursor", "has_more"}


def test_orders_are_found_by_who_may_list_them(office: Office):
    order = office["anna"].create(ORDER, **an_order(office, slip="紧急采购"))

    found = {login: hits(office, login, "采购") for login in ("anna", "bert", "lee", "dora", "zoe", "admin")}

    assert found == {
        **{key: [order["values"]["number"]] for key in ("anna", "lee", "dora", "admin")},
        **{key: [] for key in ("bert", "zoe")},
    }


def test_entities_and_modules_narrow_the_search(office: Office):
    office["kim"].create(ITEM, code="X1", name="紧急螺栓", price="1.00")
    office["anna"].create(ORDER, **an_order(office, slip="紧急采购"))

    counts = [
        len(hits(office, "admin", "紧急", **narrowed))
        for narrowed in ({}, {"entity": ITEM}, {"entity": f"{ITEM},{ORDER}"}, {"module": "shop"}, {"module": "other"})
    ]
    refused = (
        office["zoe"].get("/search", q="紧急", entity=ORDER),
        office["zoe"].get("/search", q="x", entity="shop.none"),
    )

    assert counts == [2, 1, 2, 2, 0]
    assert [one.status for one in refused] == [403, 404]


def test_what_is_deleted_is_not_found_until_it_is_back(office: Office):
    kim = office["kim"]
    made = kim.create(ITEM, code="X1", name="垫片", price="1.00")
    kim.delete(f"/records/{ITEM}/{made['id']}", if_match='"1"')
    gone = hits(office, "kim", "垫片")

    kim.post(f"/records/{ITEM}/recycle_bin/{made['id']}/restore", {})

    assert (gone, hits(office, "kim", "垫片")) == ([], ["垫片"])


def test_lists_find_by_any_words_of_the_record(office: Office):
    anna = office["anna"]
    anna.create(ORDER, **an_order(office, slip="紧急采购"))
    anna.create(ORDER, **an_order(office, slip="平常"))

    found = {
        q: len(anna.list(ORDER, view="orders", q=q).body["items"]) for q in ("采购", "购采", "0001", "o-m1 采购", "。")
    }

    assert found == {"采购": 1, "购采": 0, "0001": 1, "o-m1 采购": 1, "。": 0}


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "' OR 1",
        "a* NEAR b",
        "named : x",
        "-x",
        "(",
        "AND",
        "NOT",
        "{words}",
        "\\'",
        "':*",
        "&|!",
        "",
        " ",
        "\u2028",
    ],
)
def test_what_is_typed_is_never_read_as_a_query(office: Office, text: str):
    office["kim"].create(ITEM, code="X1", name=f"六角{text}螺栓", price="1.00")

    reply, listed = office["kim"].get("/search", q=text), office["kim"].list(ITEM, q=text)

    assert (reply.status, listed.status) == (200, 200)
    assert hits(office, "kim", f"角{text.strip()}")[:1] == ["六角" + text + "螺栓"] or text.strip().isascii()


def test_a_search_costs_the_same_statements_however_much_is_found(office: Office):
    office["kim"].create(ITEM, code="X0", name="垫片0", price="1.00")
    with office.statements() as for_one:
        hits(office, "kim", "垫片")
    for number in range(1, 9):
        office["kim"].create(ITEM, code=f"X{number}", name=f"垫片{number}", price="1.00")

    with office.statements() as for_many:
        hits(office, "kim", "垫片")

    assert len(for_many) <= len(for_one) <= 7


def test_a_cursor_that_is_none_is_refused(office: Office):
    reply = office["kim"].get("/search", q="垫片", cursor="nonsense")

    assert (reply.status, reply.problems) == (422, [("", "cursor_malformed")])
