"""Derived figures along time, comparisons, and values of dimensions that a formula names."""

from decimal import Decimal
from typing import Any

import pytest

from tests.api.ledgering import CLAIM
from tests.api.office import Office

CLAIMS = (
    ("T1", "2025-03-01", "7.00"),
    ("T1", "2026-01-10", "10.00"),
    ("T2", "2026-02-10", "5.00"),
    ("T1", "2026-03-01", "2.50"),
)


@pytest.fixture
def claimed(sites: Office) -> Office:
    ann = sites["ann"]
    for target, day, amount in CLAIMS:
        ann.move("submit", CLAIM, ann.create(CLAIM, site=sites.ids["south"], target=target, day=day, amount=amount))
    return sites


def rows(office: Office, name: str, **query: Any) -> dict[str, str | None]:
    reply = office["ann"].get(f"/measures/sites.{name}", **query)
    assert reply.status == 200, reply
    return {" / ".join(row["labels"].values()): row["value"] for row in reply.body["rows"]}


def total(office: Office, name: str, **where: str) -> str | None:
    return office["ann"].get(f"/measures/sites.{name}", where=where).body["total"]


def test_a_running_total_goes_on_over_the_periods(claimed: Office):
    whole = rows(claimed, "so_far", by="month")
    by_target = rows(claimed, "so_far", by="target,month")

    assert whole == {"2025-03": "7.00", "2026-01": "17.00", "2026-02": "22.00", "2026-03": "24.50"}
    assert by_target == {
        "T1 / 2025-03": "7.00",
        "T1 / 2026-01": "17.00",
        "T1 / 2026-02": "17.00",
        "T1 / 2026-03": "19.50",
        "T2 / 2026-02": "5.00",
        "T2 / 2026-03": "5.00",
    }
    assert total(claimed, "so_far") == "24.50"
    assert total(claimed, "so_far", month="2026-02", target="T1") == "17.00"


def test_a_figure_is_compared_with_the_period_before_and_the_year_before(claimed: Office):
    assert rows(claimed, "before", by="month")["2026-02"] == "10.00"
    assert rows(claimed, "year_before", by="month")["2026-03"] == "7.00"
    assert total(claimed, "growth", month="2026-02") == "-5.00"
    assert total(claimed, "rate", month="2026-02") == "0.50"
    assert total(claimed, "rate", month="2026-01") is None
    assert total(claimed, "before") is None


def test_a_formula_may_name_the_value_of_a_dimension(claimed: Office):
    assert rows(claimed, "of_t1", by="month") == {
        "2025-03": "7.00",
        "2026-01": "10.00",
        "2026-02": "0.00",
        "2026-03": "2.50",
    }
    assert total(claimed, "of_t1") == "19.50"


@pytest.mark.parametrize(
    ("name", "where", "figure"),
    [("so_far", {"month": "2026-02"}, "22.00"), ("before", {"month": "2026-02"}, "10.00"), ("of_t1", {}, "19.50")],
)
def test_the_documents_behind_add_up(claimed: Office, name: str, where: dict[str, str], figure: str):
    items = claimed["ann"].get(f"/measures/sites.{name}/documents", where=where).body["items"]

    assert total(claimed, name, **where) == figure
    assert sum(Decimal(one["amount"]) for one in items) == Decimal(figure)
