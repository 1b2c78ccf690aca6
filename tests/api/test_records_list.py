"""GET /records/{entity}, /totals and POST /aggregate."""

from typing import Any

import pytest

from tests.api.office import Office
from tests.api.shop import ITEM, ORDER, STOCK, an_order, approved, large, line


def codes(office: Office, login: str = "kim", **query: object) -> list[str]:
    reply = office[login].list(ITEM, **query)
    assert reply.status == 200, reply
    return [item["values"]["code"] for item in reply.body["items"]]


def stock_up(office: Office, count: int) -> None:
    for number in range(count):
        office["kim"].create(ITEM, code=f"C{number:02}", name=f"Thing {number:02}", price=f"{number % 3}.00")


def test_a_list_has_the_values_of_the_view_with_labels(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    (item,) = office["anna"].list(ORDER, view="orders").body["items"]

    # The margin is a column of the view too, and hidden from Anna.
    assert item["values"] == {
        "number": "O-M1-2026-0001",
        "machine.code": "M1",
        "day": "2026-03-02",
        "total": "20.00",
        "status": "draft",
    }
    assert (item["id"], item["version"], item["status"]) == (order["id"], 1, "draft")


def test_fields_can_be_named_and_labels_come_with_references(office: Office):
    office["anna"].create(ORDER, **an_order(office))

    (item,) = office["anna"].list(ORDER, fields="machine,owner,machine.code").body["items"]

    assert item["values"] == {"machine": office.ids["m1"], "owner": office["anna"].id, "machine.code": "M1"}
    assert item["labels"] == {"machine": {office.ids["m1"]: "M1"}, "owner": {office["anna"].id: "Anna"}}


def test_a_list_holds_what_scopes_reach(office: Office):
    for login, values in (("anna", an_order(office)), ("bert", large(office)), ("bert", an_order(office))):
        office[login].create(ORDER, **values)

    seen = {
        login: len(office[login].list(ORDER).body["items"]) for login in ("anna", "bert", "lee", "dora", "ada", "kim")
    }

    assert seen == {"anna": 1, "bert": 2, "lee": 1, "dora": 3, "ada": 1, "kim": 3}
    assert office["zoe"].list(ORDER).status == 403


def test_a_view_filters_sorts_and_searches(office: Office):
    anna = office["anna"]
    for day in ("2026-01-02", "2026-01-03", "2026-01-01"):
        anna.create(ORDER, **an_order(office, day=day, slip=f"slip {day}"))

    everything, found = anna.list(ORDER, view="orders").body, anna.list(ORDER, view="orders", q="slip 01-02").body

    assert [item["values"]["day"] for item in everything["items"]] == ["2026-01-03", "2026-01-02", "2026-01-01"]
    assert [item["values"]["day"] for item in found["items"]] == ["2026-01-02"]


def test_an_own_sort_takes_precedence_and_blanks_come_last(office: Office):
    kim = office["kim"]
    for code, price in (("A", "2.50"), ("B", None), ("C", "10.00")):
        kim.create(ITEM, code=code, name=code, price=price)

    rising, falling = codes(office, sort="price,code"), codes(office, sort="-price,code")

    assert rising == ["B1", "A", "C", "N1", "B"]
    assert falling == ["N1", "C", "A", "B1", "B"]


@pytest.mark.parametrize("sort", ["code", "-code", "price,-code", "-price,code", "kind,name"])
def test_pages_put_together_are_the_whole_list(office: Office, sort: str):
    stock_up(office, 11)
    whole = codes(office, sort=sort)

    pages: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = office["kim"].list(ITEM, sort=sort, limit=4, cursor=cursor).body
        pages += [item["values"]["code"] for item in page["items"]]
        cursor = page["next_cursor"]
        assert page["has_more"] is (cursor is not None)

    assert pages == whole
    assert len(whole) == 13


def test_a_page_is_not_moved_by_what_comes_in_meanwhile(office: Office):
    stock_up(office, 6)
    first = office["kim"].list(ITEM, sort="code", limit=4).body
    office["kim"].create(ITEM, code="A0", name="Before all")
    office["kim"].create(ITEM, code="C99", name="Later")

    second = office["kim"].list(ITEM, sort="code", limit=10, cursor=first["next_cursor"]).body

    assert [item["values"]["code"] for item in first["items"]] == ["B1", "C00", "C01", "C02"]
    assert [item["values"]["code"] for item in second["items"]] == ["C03", "C04", "C05", "C99", "N1"]


@pytest.mark.parametrize(
    "cursor", ["x", "e30", "W10", "WzEsMl0", "W1siY29kZSJdLCBbMV1d", "é", "W1siY29kZSIsImlkIl0sW3t9LFtdXV0", "a" * 5000]
)
def test_a_cursor_that_was_made_up_is_refused(office: Office, cursor: str):
    reply = office["kim"].list(ITEM, sort="code", cursor=cursor)

    assert (reply.status, reply.problems) == (422, [("", "cursor_malformed")])


def test_a_cursor_of_another_order_is_refused(office: Office):
    stock_up(office, 3)
    cursor = office["kim"].list(ITEM, sort="code", limit=2).body["next_cursor"]

    reply = office["kim"].list(ITEM, sort="name", limit=2, cursor=cursor)

    assert (reply.status, reply.problems) == (422, [("", "cursor_malformed")])


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"sort": "colour"}, ""),
        ({"sort": "lines"}, ""),
        ({"sort": "lines.item"}, ""),
        ({"sort": "papers"}, ""),
        ({"fields": "number,colour"}, ""),
        ({"fields": "machine.colour"}, ""),
        ({"fields": "owner.password_hash"}, ""),
        ({"limit": "0"}, "/limit"),
        ({"limit": "201"}, "/limit"),
        ({"limit": "many"}, "/limit"),
        ({"filter": "{"}, ""),
    ],
)
def test_a_query_that_cannot_be_answered_is_told(office: Office, query: dict[str, str], pointer: str):
    reply = office["kim"].list(ORDER, **query)

    assert (reply.status, reply.code) == (422, "invalid")
    assert reply.problems[0][0] == pointer


@pytest.mark.parametrize("query", [{"view": "items"}, {"view": "nothing"}])
def test_a_view_of_another_entity_is_not_found(small_office: Office, query: dict[str, str]):
    reply = small_office["kim"].list(ORDER, **query)

    assert (reply.status, reply.code) == (404, "not_found")


@pytest.mark.parametrize(
    "query",
    [
        {"fields": "margin"},
        {"sort": "margin"},
        {"sort": "-margin"},
        {"filter": {"field": "margin", "op": "gt", "value": "1"}},
        {"filter": {"and": [{"or": [{"field": "margin", "op": "not_blank"}]}]}},
        {"fields": "lines.item.bought_for"},
    ],
)
def test_what_is_hidden_can_be_reached_by_no_query(small_office: Office, query: dict[str, Any]):
    reply = small_office["anna"].list(ORDER, **query)

    assert (reply.status, reply.code) == (422, "invalid")
    assert {code for _, code in reply.problems} == {"unknown_path"}


@pytest.mark.parametrize(
    "query",
    [
        {"fields": "bought_for"},
        {"sort": "bought_for"},
        {"filter": {"field": "bought_for", "op": "eq", "value": "1.25"}},
    ],
)
def test_what_is_hidden_of_a_master_stays_so_through_references(small_office: Office, query: dict[str, Any]):
    reply = small_office["anna"].list(ITEM, **query)

    assert (reply.status, {code for _, code in reply.problems}) == (422, {"unknown_path"})


def test_the_search_does_not_look_where_one_may_not_see(small_office: Office):
    small_office["kim"].create(ITEM, code="X", name="X", note="secret")

    assert codes(small_office, "anna", q="1.25") == []


def test_totals_sum_over_everything_that_the_list_would_show(office: Office):
    anna = office["anna"]
    for count in ("1", "2", "3"):
        anna.create(ORDER, **an_order(office, lines=[line(office, count=count)], slip=f"S{count}"))
    office["bert"].create(ORDER, **an_order(office))

    of_view = anna.get(f"/records/{ORDER}/totals", view="orders").body
    named = anna.get(f"/records/{ORDER}/totals", columns="total:max,id:count,day:min").body
    narrowed = anna.get(f"/records/{ORDER}/totals", columns="total", q="S3").body

    assert of_view == {"totals": {"total": "12.00"}}
    assert named == {"totals": {"total": "6.00", "id": 3, "day": "2026-03-02"}}
    assert narrowed == {"totals": {"total": "6.00"}}


@pytest.mark.parametrize(
    "columns",
    ["margin", "colour", "total:mean", "number:sum", "papers:min", "lines:sum", "note:avg", "created_at:sum"],
)
def test_a_total_that_cannot_be_is_refused(office: Office, columns: str):
    reply = office["anna"].get(f"/records/{ORDER}/totals", columns=columns)

    assert (reply.status, reply.code) == (422, "invalid")


def test_groups_have_sums_counts_extremes_and_averages(office: Office):
    approved(office)
    office["bert"].create(ORDER, **large(office, priority="high", reason="now"))
    body = {
        "group": ["machine.code", "priority"],
        "values": [
            {"fn": "count"},
            *({"fn": fn, "field": "total"} for fn in ("sum", "min", "max", "avg", "p90", "stdev")),
        ],
    }

    rows = office["kim"].post(f"/records/{ORDER}/aggregate", body).body["rows"]

    assert [row["keys"] for row in rows] == [
        {"machine.code": "M1", "priority": "high"},
        {"machine.code": "M1", "priority": "low"},
    ]
    assert rows[0]["values"] == {
        "count": 1,
        "sum:total": "1200.00",
        "min:total": "1200.00",
        "max:total": "1200.00",
        "avg:total": "1200.000000000000",
        "p90:total": "1200",
        "stdev:total": None,
    }


def test_groups_obey_filter_and_scope(office: Office):
    for login in ("anna", "bert"):
        office[login].create(ORDER, **an_order(office))
        office[login].create(ORDER, **large(office))
    body = {
        "values": [{"fn": "sum", "field": "total"}],
        "filter": {"field": "total", "op": "lt", "value": "1000"},
    }

    sums = {login: office[login].post(f"/records/{ORDER}/aggregate", body).body["rows"] for login in ("anna", "kim")}

    assert {login: rows[0]["values"]["sum:total"] for login, rows in sums.items()} == {"anna": "20.00", "kim": "40.00"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"values": []},
        {"values": [{"fn": "sum"}]},
        {"values": [{"fn": "sum", "field": "margin"}]},
        {"values": [{"fn": "sum", "field": "number"}]},
        {"values": [{"fn": "median", "field": "number"}]},
        {"values": [{"fn": "percentile", "field": "total"}]},
        {"values": [{"fn": "p101", "field": "total"}]},
        {"values": [{"fn": "count"}], "group": ["margin"]},
        {"values": [{"fn": "count"}], "group": ["colour"]},
        {"values": [{"fn": "count"}], "group": ["papers"]},
        {"values": [{"fn": "count"}], "group": ["lines"]},
        {"values": [{"fn": "count"}], "filter": {"field": "margin", "op": "blank"}},
        {"values": "count"},
        {"values": [{"fn": ["sum"], "field": {"a": 1}}]},
    ],
)
def test_groups_that_cannot_be_are_refused(office: Office, body: dict[str, Any]):
    reply = office["anna"].post(f"/records/{ORDER}/aggregate", body)

    assert (reply.status, reply.code) == (422, "invalid")


def test_a_ledger_is_listed_with_its_stage(office: Office):
    approved(office)

    items = office["kim"].list(STOCK, fields="item,quantity,stage,posting", sort="quantity").body["items"]

    assert [(item["values"]["quantity"], item["values"]["stage"], item["values"]["posting"]) for item in items] == [
        ("-10.00", "effective", "take"),
        ("100.00", "effective", "bring"),
        ("100.00", "effective", "bring"),
    ]


def test_totals_of_nothing_are_zero_or_blank(office: Office):
    path = f"/records/{ORDER}/totals"

    found = [
        office["anna"].get(path, columns=columns).body["totals"] for columns in ("total:sum", "total:max", "id:count")
    ]

    assert found == [{"total": "0"}, {"total": None}, {"id": 0}]
