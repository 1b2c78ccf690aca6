"""Which measures may keep their totals, and which ledgers may close, and what is told of those that may not."""

from datetime import date
from typing import Any

import pytest

from engine.definition import check_documents
from engine.definition.closing import Closing, Grain
from engine.definition.schemas import address
from tests.unit.storage.depot import documents, field


def told(**body: Any) -> list[tuple[str, str]]:
    made = documents()
    made["depot/entities/item.json"]["schema"]["properties"]["wide"] = field("string:decimal", digits=30)
    measure = {"name": "m", "title": "m", "from": "item", "value": "price", "dimensions": ["area"], "stored": True}
    made["depot/measures/m.json"] = {"$schema": address("measure"), **measure, **body}
    return [(problem.code, problem.pointer) for problem in check_documents(made)]


@pytest.mark.parametrize(
    ("body", "code", "at"),
    [
        ({"aggregate": "max"}, "stored_aggregate", "/aggregate"),
        ({"value": "price * 2"}, "stored_value", "/value"),
        ({"value": "wide"}, "stored_value", "/value"),
        ({"where": "area.code = 'A'"}, "stored_reads", "/where"),
        ({"where": "day < TODAY()"}, "stored_reads", "/where"),
        ({"dimensions": [{"name": "group", "title": "g", "value": "area.group"}]}, "stored_reads", "/dimensions"),
        ({"stored": ["nothing"]}, "measure_lacks_dimension", "/stored/0"),
    ],
)
def test_totals_that_could_not_be_kept_true_are_refused(body: dict[str, Any], code: str, at: str):
    found = told(**body)

    assert found == [(code, at)]


def test_totals_may_be_kept_by_some_dimensions_and_counted_without_a_value():
    plain = told(dimensions=["area", "broken", "day"], stored=["day"])
    counted = told(value="code", aggregate="count")

    assert (plain, counted) == ([], [])


@pytest.mark.parametrize(
    ("closing", "at", "code"),
    [
        ({"date": "code"}, "/closing/date", "unknown_field"),
        ({"date": "day"}, "/closing/date", "closing_field_not_required"),
        ({"date": "paid", "by": "area"}, "/closing/by", "closing_field_not_required"),
        ({"date": "paid", "period": "amount"}, "/closing/period", "unknown_field"),
    ],
)
def test_a_ledger_closes_by_fields_that_every_entry_has(closing: dict[str, str], at: str, code: str):
    made = documents()
    schema = made["depot/entities/move.json"]["schema"]
    schema["properties"] |= {"day": field("string:date"), "paid": field("string:date")}
    schema["required"] = ["paid"]
    made["depot/entities/order.json"]["postings"][0]["set"]["paid"] = "TODAY()"

    made["depot/entities/move.json"]["closing"] = closing

    assert [(one.code, one.pointer) for one in check_documents(made)] == [(code, at)]


@pytest.mark.parametrize(
    ("every", "first", "day", "name", "begins", "ends"),
    [
        ("month", 1, date(2026, 2, 28), "2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("month", 26, date(2025, 12, 26), "2026-01", date(2025, 12, 26), date(2026, 1, 25)),
        ("quarter", 1, date(2026, 12, 31), "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("quarter", 26, date(2026, 3, 26), "2026-Q2", date(2026, 3, 26), date(2026, 6, 25)),
        ("year", 1, date(2024, 2, 29), "2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_day_lies_in_one_period(every: Grain, first: int, day: date, name: str, begins: date, ends: date):
    closing = Closing("day", every, first)

    found = closing.name_of(day)

    assert (found, closing.first_of(found), closing.last_of(found)) == (name, begins, ends)
    assert closing.before(closing.after(found)) == found
