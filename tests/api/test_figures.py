"""/measures and /dashboards: figures, and the documents behind each of them."""

from decimal import Decimal
from typing import Any

import pytest

from tests.api.office import Office
from tests.api.shop import ORDER, RECEIPT, an_order, approved, large, line, submitted


def rows(office: Office, measure: str, login: str = "kim", **query: Any) -> dict[str, str | None]:
    reply = office[login].get(f"/measures/{measure}", **query)
    assert reply.status == 200, reply
    return {" / ".join(row["labels"].values()): row["value"] for row in reply.body["rows"]}


def test_a_measure_is_told_along_dimensions_with_its_total(office: Office):
    submitted(office)

    reply = office["kim"].get("/measures/shop.held", by="item,month")

    assert rows(office, "shop.held", by="item,month") == {
        "B1 Bolt / 2026-02": "100.00",
        "B1 Bolt / 2026-03": "-10.00",
        "N1 Nut / 2026-02": "100.00",
    }
    assert (reply.body["total"], reply.body["title"], reply.body["scale"]) == ("190.00", "结存", 2)
    assert [one["name"] for one in reply.body["dimensions"]] == ["item", "month"]


def test_a_measure_can_be_narrowed(office: Office):
    submitted(office)
    bolt = {"item": office.ids["bolt"]}

    assert rows(office, "shop.held", where=bolt, by="month") == {"2026-02": "100.00", "2026-03": "-10.00"}
    assert office["kim"].get("/measures/shop.held", where=bolt | {"month": "2026-03"}).body["total"] == "-10.00"
    assert office["kim"].get("/measures/shop.held", where={"item": "nothing"}).body["total"] == "0.00"


def test_only_what_is_approved_counts_where_the_measure_says_so(office: Office):
    submitted(office)
    approved(office, **large(office))

    assert rows(office, "shop.ordered", by="item") == {"N1 Nut": "1200.00"}
    assert rows(office, "shop.ordered", by="machine,day") == {"M1 / 2026-03-02": "1200.00"}


def test_a_derived_measure_divides_group_by_group(office: Office):
    approved(office)
    approved(office, **large(office))

    assert rows(office, "shop.average", by="item") == {"B1 Bolt": "2.0000", "N1 Nut": "30.0000"}
    assert office["kim"].get("/measures/shop.average").body["total"] == "24.4000"


def test_a_derived_measure_of_nothing_is_blank(office: Office):
    reply = office["kim"].get("/measures/shop.average")

    assert (reply.status, reply.body["total"]) == (200, None)


@pytest.mark.parametrize("where", [{}, {"item": "bolt"}, {"month": "2026-03"}, {"item": "nut", "month": "2026-02"}])
def test_the_documents_behind_a_figure_add_up_to_it(office: Office, where: dict[str, str]):
    approved(office)
    approved(office, **large(office))
    submitted(office, "bert")
    kim = office["kim"]
    void = office["kim"].create(RECEIPT, lines=[{"item": office.ids["bolt"], "count": "3.33"}])
    kim.move("void", RECEIPT, kim.move("submit", RECEIPT, void))
    asked = {name: office.ids.get(value, value) for name, value in where.items()}

    figure = kim.get("/measures/shop.held", where=asked).body["total"]
    documents = kim.get("/measures/shop.held/documents", where=asked).body

    assert sum((Decimal(one["amount"]) for one in documents["items"]), Decimal(0)) == Decimal(figure)
    assert documents["total"] == figure


def test_the_documents_of_a_figure_are_paged(office: Office):
    orders = [approved(office) for _ in range(5)]
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = office["kim"].get("/measures/shop.ordered/documents", limit=2, cursor=cursor).body
        found += [item["record_id"] for item in page["items"]]
        cursor = page["next_cursor"]

    assert sorted(found) == sorted(order["id"] for order in orders)


def test_a_document_behind_a_figure_is_named(office: Office):
    order = approved(office)

    (item,) = office["kim"].get("/measures/shop.ordered/documents").body["items"]

    assert (item["entity"], item["entity_title"], item["record_id"]) == (ORDER, "Order", order["id"])
    assert (item["label"], item["amount"], item["status"]) == ("O-M1-2026-0001", "20.00", "approved")


def test_figures_hold_what_one_may_see(office: Office):
    approved(office)
    approved(office, "bert", **an_order(office, lines=[line(office, count="5")]))

    totals = {login: office[login].get("/measures/shop.ordered").body["total"] for login in ("anna", "bert", "kim")}

    assert totals == {"anna": "20.00", "bert": "10.00", "kim": "30.00"}


def test_a_measure_of_what_one_may_not_read_is_forbidden(office: Office):
    replies = [office["anna"].get(f"/measures/shop.held{part}") for part in ("", "/documents")]

    assert [(reply.status, reply.code) for reply in replies] == [(403, "forbidden")] * 2


def test_a_measure_of_what_is_hidden_is_forbidden_alone_and_as_a_part(office: Office):
    approved(office)

    found = {
        (login, name): office[login].get(f"/measures/shop.{name}").status
        for login in ("anna", "otto")
        for name in ("margin", "margin_share", "ordered")
    }

    assert {place for place, status in found.items() if status == 403} == {("anna", "margin"), ("anna", "margin_share")}


@pytest.mark.parametrize(
    "query",
    [
        {"by": "colour"},
        {"where": {"colour": "red"}},
        {"where": [1]},
        {"where": {"day": "soon"}},
        {"where": {"day": 7}},
        {"where": {"item": {"a": 1}}},
        {"where": {"item": ["x"]}},
        {"limit": "0"},
    ],
)
def test_a_question_that_cannot_be_answered_is_told(office: Office, query: dict[str, Any]):
    replies = [office["kim"].get(f"/measures/shop.ordered{part}", **query) for part in ("", "/documents")]

    assert replies[0].status == 422
    assert replies[1].status in {200, 422}


@pytest.mark.parametrize("cursor", ["nothing", "0", "x" * 300])
def test_a_made_up_cursor_does_no_harm(office: Office, cursor: str):
    reply = office["kim"].get("/measures/shop.ordered/documents", cursor=cursor)

    assert reply.status in {200, 422}


def test_unknown_measures_and_dashboards_are_not_found(small_office: Office):
    paths = ("/measures/shop.nothing", "/measures/shop.nothing/documents", "/dashboards/shop.nothing")

    assert [small_office["kim"].get(path).status for path in paths] == [404, 404, 404]


def test_a_dashboard_shows_the_widgets_that_one_may_see(small_office: Office):
    whole, part = (small_office[login].get("/dashboards/shop.stock").body for login in ("kim", "anna"))

    assert [widget["name"] for widget in whole["widgets"]] == ["by_item", "spent"]
    assert [widget["name"] for widget in part["widgets"]] == ["spent"]
    assert whole["widgets"][0]["levels"] == [{"from": "0.8", "tone": "warn"}]
    assert whole["filters"] == [{"dimension": "item", "title": "物品", "to": "shop.item"}]
    assert small_office["zoe"].get("/dashboards/shop.stock").status == 403
