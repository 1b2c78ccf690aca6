"""Differences that can be taken back, and two changes put together: for every pair of changes."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.definition.model import Field
from engine.definition.values.differences import difference, reverted
from engine.definition.values.merging import merge

TEXT: Any = {"title": {"zh-CN": "文"}, "type": "text"}
PARTS = Field("parts", "parts", {"zh-CN": "件"}, "sub_table", fields=(Field("size", "size", **TEXT),))
LINES = Field(
    "lines", "lines", {"zh-CN": "行"}, "sub_table", fields=(Field("a", "a", **TEXT), Field("b", "b", **TEXT), PARTS)
)
FIELDS = (Field("x", "x", **TEXT), Field("y", "y", **TEXT), LINES)

values = st.sampled_from([None, "1", "2", "3"])


@st.composite
def parts(draw: st.DrawFn, prefix: str) -> list[dict[str, Any]]:
    ids = draw(st.lists(st.sampled_from("uvw"), unique=True, max_size=3))
    return [{"id": f"{prefix}{one}", "size": draw(values)} for one in ids]


@st.composite
def records(draw: st.DrawFn, ids: str = "pqr") -> dict[str, Any]:
    named = draw(st.lists(st.sampled_from(ids), unique=True, max_size=4))
    lines = [{"id": one, "a": draw(values), "b": draw(values), "parts": draw(parts(one))} for one in named]
    return {"x": draw(values), "y": draw(values), "lines": lines}


def applied(state: dict[str, Any], payload: Any, fields: tuple[Field, ...] = FIELDS) -> dict[str, Any]:
    """Return what saving a payload makes of a record: rows keep what the payload does not name."""
    after = copy.deepcopy(state)
    for field in fields:
        if field.name not in payload:
            continue
        if not field.is_table:
            after[field.name] = payload[field.name]
            continue
        known = {row["id"]: row for row in state.get(field.name, [])}
        blank = {child.name: [] if child.is_table else None for child in field.fields}
        after[field.name] = [
            applied(known.get(row.get("id"), blank | {"id": "new"}), row, field.fields) for row in payload[field.name]
        ]
    return after


def without_ids(value: Any) -> Any:
    """Return a state without ids: new rows are given theirs when they are stored."""
    if isinstance(value, list):
        return [without_ids(one) for one in value]
    return {name: without_ids(one) for name, one in value.items() if name != "id"} if isinstance(value, dict) else value


@given(records("pqrs"), records("pqrs"))
def test_a_difference_leads_back(before: dict[str, Any], after: dict[str, Any]) -> None:
    change = difference(FIELDS, before, after)

    assert reverted(FIELDS, after, change) == before
    assert bool(change) == (before != after)


@given(records(), records())
def test_a_change_alone_is_merged_as_it_is(base: dict[str, Any], yours: dict[str, Any]) -> None:
    merged = merge(FIELDS, base, base, yours)

    assert not merged.clashes
    assert without_ids(applied(base, merged.values)) == without_ids(yours)


@given(records("pqrs"), records("pqrt"))
def test_nothing_of_yours_leaves_theirs(base: dict[str, Any], theirs: dict[str, Any]) -> None:
    merged = merge(FIELDS, base, theirs, base)

    assert (merged.values, merged.clashes, merged.yours) == ({}, (), ())


@given(records("pqr"), records("pqrs"), records("pqr"))
def test_what_is_not_told_as_a_clash_is_there_from_both(
    base: dict[str, Any], theirs: dict[str, Any], yours: dict[str, Any]
) -> None:
    merged = merge(FIELDS, base, theirs, yours)

    after = applied(theirs, merged.values)
    clashing = {clash.place for clash in merged.clashes}
    for name in ("x", "y"):
        if (name,) not in clashing:
            assert after[name] == (yours[name] if yours[name] != base[name] else theirs[name])
    rows = {row["id"]: row for row in after["lines"]}
    was, their, my = ({row["id"]: row for row in one["lines"]} for one in (base, theirs, yours))
    for key in (was.keys() & their.keys() & my.keys()) - {place[1] for place in clashing if len(place) > 1}:
        for name in ("a", "b"):
            expected = my[key][name] if my[key][name] != was[key][name] else their[key][name]
            assert rows[key][name] == expected
    assert {key for key in their if key not in was} <= rows.keys()


@given(records("pqr"), records("pqr"), records("pqr"))
def test_who_comes_second_does_not_matter_for_what_clashes(
    base: dict[str, Any], one: dict[str, Any], other: dict[str, Any]
) -> None:
    known = {row["id"] for row in base["lines"]}
    for state in (one, other):
        state["lines"] = [row for row in state["lines"] if row["id"] in known]

    first, second = merge(FIELDS, base, one, other), merge(FIELDS, base, other, one)

    assert {clash.place for clash in first.clashes} == {clash.place for clash in second.clashes}
