"""Pivots over HTTP: what stands in them, what opens behind a cell, and what is refused."""

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from tests.api.office import Office, Person
from tests.api.sheets import read_xlsx
from tests.api.shop import ITEM, ORDER, an_order, line

BY_MONTH = {"field": "day", "by": "month"}
SUM = {"fn": "sum", "field": "total"}


def some_orders(office: Office) -> None:
    """Orders of 20.00 a piece of ten bolts, by machine, day and priority."""
    told = [("m1", "2026-01-31", "low", "10"), ("m1", "2026-02-01", "low", "20"), ("m2", "2026-02-28", "high", "30")]
    for machine, day, priority, count in told:
        lines = [line(office, count=count)]
        urgent = {"priority": priority, "reason": "now"}
        office["anna"].create(ORDER, **an_order(office, machine=office.ids[machine], day=day, lines=lines, **urgent))


def asked(person: Person, **more: object) -> dict[str, Any]:
    reply = person.post(f"/records/{ORDER}/pivot", more)
    assert reply.status == 200, reply
    found: dict[str, Any] = reply.body
    return found


def heads(side: dict[str, Any]) -> list[list[str]]:
    return [one["labels"] for one in side["lines"]]


def figures(found: dict[str, Any], place: int = 0) -> list[list[str | None]]:
    return [[cell and cell[place] for cell in row] for row in found["cells"]]


def cells(found: dict[str, Any]) -> Iterator[tuple[list[dict[str, Any]], list[Any] | None]]:
    for row, line_cells in zip(found["rows"]["lines"], found["cells"], strict=True):
        for column, cell in zip(found["columns"]["lines"], line_cells, strict=True):
            yield [*row["where"], *column["where"]], cell


def test_groups_stand_above_what_is_in_them_and_the_totals_of_all_come_last(office: Office):
    some_orders(office)
    rows = [{"field": "machine"}, {"field": "priority"}]

    found = asked(office["anna"], rows=rows, columns=[{"field": "day", "by": "year"}, BY_MONTH], values=[SUM])

    assert heads(found["rows"]) == [["M1"], ["M1", "低"], ["M2"], ["M2", "高"], []]
    assert heads(found["columns"]) == [["2026", "2026-01"], ["2026", "2026-02"], ["2026"], []]
    small, medium = ["20.00", "40.00", "60.00", "60.00"], [None, "60.00", "60.00", "60.00"]
    assert figures(found) == [small, small, medium, medium, ["20.00", "100.00", "120.00", "120.00"]]


def test_totals_that_nobody_asked_for_are_not_there(office: Office):
    some_orders(office)
    rows = [{"field": "machine"}, {"field": "priority"}]

    found = asked(office["anna"], rows=rows, columns=[BY_MONTH], values=[SUM], totals=["columns"])

    assert heads(found["rows"]) == [["M1"], ["M1", "低"], ["M2"], ["M2", "高"]]
    assert figures(found)[0] == [None, None, None]
    assert figures(found)[1] == ["20.00", "40.00", "60.00"]


def test_rows_can_be_in_the_order_of_a_value(office: Office):
    some_orders(office)
    values = [{"fn": "count"}, SUM, {"fn": "avg", "field": "total"}, {"fn": "distinct", "field": "machine"}]

    found = asked(office["anna"], rows=[BY_MONTH], values=values, sort="-sum:total")

    assert heads(found["rows"]) == [["2026-02"], ["2026-01"], []]
    assert next(cell for (cell,) in found["cells"]) == [2, "100.00", "50.000000000000", 2]
    assert [one["scale"] for one in found["values"]] == [0, 2, 4, 0]


def test_behind_every_cell_are_the_records_that_it_sums_up(office: Office):
    some_orders(office)
    anna = office["anna"]
    axes = [{"field": "machine"}, {"field": "slip"}, {"field": "created_at", "by": "day"}]
    dates = [{"field": "day", "by": "year"}, {"field": "day", "by": "week"}]

    found = asked(anna, rows=axes, columns=dates, values=[{"fn": "count"}, SUM])

    for where, cell in cells(found):
        behind = anna.list(ORDER, filter={"and": where}, fields="total").body["items"]
        expected = cell or [0, "0"]
        assert len(behind) == expected[0], where
        assert sum(Decimal(one["values"]["total"]) for one in behind) == Decimal(expected[1]), where


def test_everybody_sums_up_what_they_may_see(office: Office):
    some_orders(office)

    shared = asked(office["lee"], values=[SUM])["cells"]
    none = asked(office["bert"], rows=[{"field": "machine"}], values=[SUM])
    refused = office["zoe"].post(f"/records/{ORDER}/pivot", {})

    assert shared == [[["120.00"]]]
    assert none["cells"] == [[["0"]]]
    assert (refused.status, refused.body["code"]) == (403, "forbidden")


def test_every_mistake_is_told_with_its_place(office: Office):
    rows = [{"field": "note"}, {"field": "machine", "by": "month"}, {"field": "lines.item"}]
    values = [{"fn": "sum", "field": "margin"}, {"fn": "sum", "field": "day"}]
    body = {"rows": rows, "columns": [{"field": "day"}, {"field": "day"}], "values": values, "sort": "max:day"}

    reply = office["anna"].post(f"/records/{ORDER}/pivot", body)

    assert reply.status == 422
    assert [(one["code"], one["pointer"]) for one in reply.body["problems"]] == [
        ("order_not_possible", "/rows/0/field"),
        ("grain_not_for_type", "/rows/1/field"),
        ("order_not_possible", "/rows/2/field"),
        ("pivot_axis_twice", "/columns/1"),
        ("unknown_path", "/values/0"),
        ("function_not_for_type", "/values/1"),
        ("pivot_sort_unknown", "/sort"),
    ]


def test_a_pivot_of_too_many_cells_is_refused_with_what_to_do(small_office: Office):
    ken = small_office["ken"]
    made = [{"op": "create", "values": {"code": f"C{n}", "name": f"N{n}", "price": "1.00"}} for n in range(142)]
    ken.post(f"/records/{ITEM}/bulk", {"operations": made})

    reply = ken.post(f"/records/{ITEM}/pivot", {"rows": [{"field": "code"}], "columns": [{"field": "name"}]})

    assert reply.status == 422
    assert reply.body["problems"][0]["code"] == "pivot_too_large"
    assert "Filter first" in reply.body["problems"][0]["remedy"]


def test_a_pivot_takes_as_many_statements_for_many_records_as_for_one(office: Office):
    def statements(**more: object) -> int:
        with office.statements() as seen:
            asked(office["anna"], values=[SUM], **more)
        return len(seen)

    office["anna"].create(ORDER, **an_order(office))
    axes = {"rows": [{"field": "machine"}, {"field": "checker"}], "columns": [{"field": "priority"}, BY_MONTH]}
    few = statements(**axes)
    some_orders(office)

    many, plain = statements(**axes), statements()

    # One for the names of what the axes point at.
    assert plain + 1 == few == many <= 6


def test_a_pivot_goes_out_as_it_is_shown_with_merged_heads_and_no_formula(small_office: Office):
    office = small_office
    some_orders(office)
    office["anna"].create(ORDER, **an_order(office, day="2025-12-31", slip="=1+1"))
    body = {
        "rows": [{"field": "machine"}, {"field": "slip"}],
        "columns": [{"field": "day", "by": "year"}, {"field": "day", "by": "quarter"}],
        "values": [SUM, {"fn": "avg", "field": "total"}],
    }

    reply = office["anna"].post(f"/exports/{ORDER}/pivot", body)

    (rows,) = read_xlsx(reply.body).values()
    assert rows[0][:8] == ["机器 / 外部单号", "2025", "", "", "", "2026", "", ""]
    assert rows[1][1:5] == ["2025-Q4", "", "Subtotal", ""]
    assert rows[2][1:3] == ["Sum of Total", "Average of Total"]
    assert [row[0] for row in rows[3:]] == ["M1", "=1+1", "(blank)", "M2", "(blank)", "Total"]
    assert rows[-1][-2:] == [140, 35]
    with zipfile.ZipFile(io.BytesIO(reply.body)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert 'quotePrefix="1"' in book.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert {'ref="A1:A3"', 'ref="B1:E1"', 'ref="D2:E2"'} <= set(re.findall(r'ref="[A-Z]\d:[A-Z]\d"', sheet))
    assert 'outlineLevel="1"' in sheet


def test_who_may_not_export_gets_no_workbook_of_a_pivot(small_office: Office):
    refused = small_office["lee"].post(f"/exports/{ORDER}/pivot", {})

    assert (refused.status, refused.body["code"]) == (403, "forbidden")
