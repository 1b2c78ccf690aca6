"""Entities that declare their records to be calendars of working days."""

from typing import Any

import pytest

from tests.unit.definition.shop import configuration, document, documents, number, problems, record, reference, text

KINDS = [{"const": "off", "title": "休"}, {"const": "on", "title": "班"}]
ROWS = {
    "title": "例外",
    "type": "array",
    "items": record(["day"], day=text("日", format="date"), kind=text("性质", oneOf=KINDS), note=text("注")),
}
YEAR = {"title": "年", "type": "integer"}
WEEK = {"title": "周", "type": "array", "items": {"enum": ["1", "2"]}, "x-field": {"type": "multi_select"}}
FIELDS = {"week": "week", "from_year": "first", "to_year": "last", "table": "days", "date": "day", "kind": "kind"}


def with_calendar(formula: str = "WORKDAYS(day, day, calendar)", **settings: str) -> dict[str, Any]:
    changed = documents()
    body = record(["name"], name=text("名"), first=YEAR, last=YEAR, week=WEEK, days=ROWS)
    changed["shop/entities/calendar.json"] = document(
        "entity", name="calendar", title="日历", kind="master", display="name", schema=body,
        calendar={**FIELDS, "working": "on", **settings},
    )  # fmt: skip
    order = changed["shop/entities/order.json"]["schema"]["properties"]
    order |= {"calendar": reference("日历", "calendar"), "worked": number("工作日", scale=0, formula=formula)}
    return changed


def test_a_formula_may_ask_a_record_that_is_a_calendar():
    shop = configuration(with_calendar())

    order = shop.entity("shop.order")

    assert order.at("worked").formula.functions == {"WORKDAYS"}
    assert shop.entity("shop.calendar").calendar.working == "on"


def test_a_record_that_is_no_calendar_is_refused():
    found = problems(with_calendar("WORKDAYS(day, day, machine)"))

    assert [code for *_, code in found] == ["formula_wrong_argument"]


@pytest.mark.parametrize(
    ("settings", "pointer", "code"),
    [
        ({"week": "name"}, "/calendar/week", "unknown_field"),
        ({"from_year": "nothing"}, "/calendar/from_year", "unknown_field"),
        ({"table": "week"}, "/calendar/table", "unknown_field"),
        ({"date": "note"}, "/calendar/date", "unknown_field"),
        ({"kind": "note"}, "/calendar/kind", "unknown_field"),
        ({"working": "maybe"}, "/calendar/working", "calendar_working"),
    ],
)
def test_fields_that_cannot_hold_what_they_should_are_named(settings: dict[str, str], pointer: str, code: str):
    found = problems(with_calendar(**settings))

    assert [(pointer, code) for _, pointer, code in found] == [(pointer, code)]


def test_options_of_the_week_are_its_days():
    changed = with_calendar()
    week = changed["shop/entities/calendar.json"]["schema"]["properties"]["week"]
    week["items"] = {"enum": ["monday"]}

    found = problems(changed)

    assert [(pointer, code) for _, pointer, code in found] == [("/calendar/week", "calendar_week")]
