"""Pivots as they are written: what may be an axis, what may be summed up."""

import pytest

from tests.unit.definition.shop import documents, fields_of, problems

PIVOT = {
    "rows": ["day", {"field": "reason", "by": "month"}, "lines.item", "day"],
    "columns": ["dya", "day"],
    "values": [{"aggregate": "sum", "field": "reason"}, {"aggregate": "sum"}, {"aggregate": "sum", "field": "total"}],
    "sort": "-max:total",
}


def test_every_mistake_in_a_pivot_is_told_in_its_place():
    changed = documents()
    changed["shop/views/orders.json"] |= {"kind": "pivot", "pivot": PIVOT}

    found = [(pointer, code) for path, pointer, code in problems(changed) if path == "shop/views/orders.json"]

    assert sorted(found) == [
        ("/pivot/columns/0", "unknown_field"),
        ("/pivot/columns/1", "pivot_axis_twice"),
        ("/pivot/rows/1", "grain_of_no_date"),
        ("/pivot/rows/2", "rows_in_a_table"),
        ("/pivot/rows/3", "pivot_axis_twice"),
        ("/pivot/sort", "pivot_sort_unknown"),
        ("/pivot/values/0/aggregate", "not_summable"),
        ("/pivot/values/1", "pivot_value_of_nothing"),
    ]


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        ({"type": "tags"}, ["not_groupable"]),
        ({"type": "phone", "encrypted": True}, ["encrypted_not_asked", "encrypted_not_asked"]),
    ],
)
def test_records_are_not_apart_by_lists_or_by_secrets(settings: dict[str, object], codes: list[str]):
    changed = documents()
    shape = {"type": "array", "items": {"type": "string"}} if settings["type"] == "tags" else {"type": "string"}
    fields_of(changed, "order")["extra"] = {"title": "x", **shape, "x-field": settings}
    pivot = {"rows": ["extra"], "values": [{"aggregate": "count", "field": "extra"}]}
    changed["shop/views/orders.json"] |= {"kind": "pivot", "pivot": pivot}

    found = [code for path, _, code in problems(changed) if path == "shop/views/orders.json"]

    assert found == codes


@pytest.mark.parametrize(("part", "code"), [({"kind": "pivot"}, "pivot_missing"), ({"pivot": {}}, "pivot_in_a_table")])
def test_a_view_of_kind_pivot_has_one_and_no_other_has(part: dict[str, object], code: str):
    changed = documents()

    changed["shop/views/orders.json"] |= part

    assert code in [found for _, _, found in problems(changed)]
