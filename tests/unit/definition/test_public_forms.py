"""What of a form may be offered to people without an account."""

from typing import Any

import pytest

from tests.unit.definition.shop import (
    Documents,
    configuration,
    document,
    documents,
    number,
    problems,
    record,
    reference,
    text,
)

FIELDS = {
    "name": text("Name"),
    "sum": number("Sum", formula="2 * 2"),
    "who": {"title": "Who", "type": "string", "x-field": {"type": "user"}},
    "paper": {"title": "Paper", "type": "array", "x-field": {"type": "attachment"}},
    "any": reference("Any", "item"),
    "own": reference("Own", "item", filter="name = RECORD.name"),
    "good": reference("Good", "item", filter="NOTBLANK(name)"),
    "rows": {"title": "Rows", "type": "array", "items": record([], item=text("Item"))},
}


def with_public(**public: Any) -> Documents:
    entity = document("entity", name="wish", title="Wish", kind="master", display="name", schema=record([], **FIELDS))
    form = document("form", name="wish", title="Wish", entity="wish", items=["name"], public=public)
    return documents() | {"shop/entities/wish.json": entity, "shop/forms/wish.json": form}


def test_what_is_plain_and_what_a_filter_bounds_may_be_public():
    made = configuration(with_public(fields=["name", "good", "rows.item"], set={"any": "BLANK"}))

    public = made.forms["shop.wish"].public

    assert public is not None
    assert public.fields == ("name", "good", "rows.item")
    assert public.query is None


@pytest.mark.parametrize("path", ["sum", "who", "paper", "any", "own", "rows"])
def test_what_would_show_more_than_itself_may_not(path: str):
    found = problems(with_public(fields=["name", path]))

    assert [(at, code) for _, at, code in found] == [("/public/fields/1", "public_field_not_possible")]


@pytest.mark.parametrize(
    ("public", "at"),
    [
        ({"fields": ["name"], "set": {"name": "'x'"}}, "/public/set/name"),
        ({"set": {"sum": "1"}}, "/public/set/sum"),
        ({"query": {"by": ["rows"], "show": ["name"]}}, "/public/query/by/0"),
        ({"query": {"by": ["name"], "show": ["who"]}}, "/public/query/show/0"),
    ],
)
def test_what_is_set_and_what_is_asked_are_judged_too(public: dict[str, Any], at: str):
    found = problems(with_public(**public))

    assert [(place, code) for _, place, code in found] == [(at, "public_field_not_possible")]
