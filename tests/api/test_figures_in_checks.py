"""Rules that ask for figures along time and for shares: they say what figures show, with this document in it."""

from typing import Any

import pytest

from engine.definition import check_documents
from tests.api.ledgering import CLAIM, _documents
from tests.api.office import Office, Reply

AT = "target = target, month = MONTHTEXT(day)"


def with_rule(sites: Office, check: str) -> None:
    """Publish the module with one rule on claims."""
    claim = _documents()["entities/claim.json"] | {"rules": [a_rule(check)]}
    assert sites["admin"].put("/draft/documents/sites/entities/claim.json", {"document": claim}).status == 200
    published = sites["admin"].post("/publications", {"note": "a rule"})
    assert published.status == 201, published


def a_rule(check: str) -> dict[str, Any]:
    return {"name": "asked", "check": check, "message": "told", "on": ["submit"]}


def claim(sites: Office, day: str, amount: str) -> Reply:
    made = sites["ann"].create(CLAIM, site=sites.ids["north"], target="T", day=day, amount=amount)
    return sites["ann"].try_move("submit", CLAIM, made)


def told(reply: Reply) -> list[str]:
    return [code for _, code in reply.problems] if reply.status == 422 else []


def test_a_limit_may_be_on_the_total_so_far(sites: Office):
    with_rule(sites, f"MEASURE('so_far', {AT}) <= 100")

    answers = [claim(sites, *one) for one in (("2026-01-31", "60"), ("2026-02-01", "40"), ("2026-02-02", "0.01"))]
    earlier = claim(sites, "2026-01-01", "40")
    shown = sites["ann"].get("/measures/sites.so_far", where={"target": "T", "month": "2026-01"}).body["total"]

    assert [told(one) for one in answers] == [[], [], ["rule_violated"]]
    assert (told(earlier), shown) == ([], "100.00")


@pytest.mark.parametrize(("measure", "before"), [("before", "2026-02-10"), ("year_before", "2025-03-10")])
def test_a_limit_may_compare_with_another_period(sites: Office, measure: str, before: str):
    with_rule(sites, f"MEASURE('by_target', {AT}) <= 50 OR MEASURE('{measure}', {AT}) > 0")

    first = claim(sites, "2026-03-02", "60")
    past = claim(sites, before, "1")
    second = claim(sites, "2026-03-02", "60")

    assert [told(one) for one in (first, past, second)] == [["rule_violated"], [], []]


def test_a_share_of_nothing_is_blank_and_the_rule_says_what_that_means(sites: Office):
    with_rule(sites, f"COALESCE(MEASURE('rate', {AT}), 1) <= 2")

    answers = [claim(sites, *one) for one in (("2026-01-10", "10"), ("2026-02-10", "20"), ("2026-02-11", "1"))]
    shown = sites["ann"].get("/measures/sites.rate", where={"target": "T", "month": "2026-01"}).body["total"]

    assert [told(one) for one in answers] == [[], [], ["rule_violated"]]
    assert shown is None


def test_without_saying_what_a_blank_means_the_rule_does_not_hold(sites: Office):
    with_rule(sites, f"MEASURE('rate', {AT}) <= 2")

    refused = claim(sites, "2026-01-10", "10")

    assert told(refused) == ["rule_violated"]


def test_a_total_so_far_of_a_share_is_for_figures_only():
    made = {f"sites/{path}": body for path, body in _documents().items()}
    made["sites/measures/so_far.json"] = made["sites/measures/so_far.json"] | {"formula": "MEASURE('by_target') / 2"}
    rule = a_rule("MEASURE('so_far', target = target) <= 1")
    made["sites/entities/claim.json"] = made["sites/entities/claim.json"] | {"rules": [rule]}

    assert [one.code for one in check_documents(made)] == ["formula_unknown_measure"]
