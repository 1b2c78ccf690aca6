"""What holds for every field type, and what is special to some."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.definition.field_types import FIELD_TYPES
from engine.problems import Problem, known_codes
from tests.unit.definition.strategies import ANYTHING, VALUES, field

KINDS = st.sampled_from(sorted(FIELD_TYPES))
ROWLESS = sorted(set(FIELD_TYPES) - {"sub_table"})
NOT_IN_CELLS = {"attachment", "image", "signature", "secret", "snapshot"}


def test_there_is_a_strategy_for_every_field_type():
    assert set(VALUES) == set(FIELD_TYPES)


@given(kind=st.sampled_from(sorted(set(FIELD_TYPES) - {"secret"})), data=st.data())
def test_a_valid_value_survives_the_way_in_and_out_and_in(kind: str, data: st.DataObject):
    field_type, value = FIELD_TYPES[kind], data.draw(VALUES[kind])

    canonical = field_type.coerce(value, field(kind))
    again = field_type.coerce(field_type.to_json(canonical), field(kind)) if canonical is not None else None

    assert not isinstance(canonical, Problem)
    assert again == canonical
    assert canonical is None or not field_type.problems(canonical, field(kind))


@given(kind=KINDS, value=ANYTHING)
def test_no_value_of_any_kind_raises(kind: str, value: object):
    field_type = FIELD_TYPES[kind]

    canonical = field_type.coerce(value, field(kind)) if value is not None else None
    found = () if canonical is None or isinstance(canonical, Problem) else field_type.problems(canonical, field(kind))

    assert all(problem.code in known_codes() for problem in found)
    assert not isinstance(canonical, Problem) or canonical.code in known_codes()


@given(kind=st.sampled_from(ROWLESS), data=st.data())
def test_a_cell_gives_back_what_was_written_into_it(kind: str, data: st.DataObject):
    field_type, value = FIELD_TYPES[kind], data.draw(VALUES[kind])
    canonical = field_type.coerce(value, field(kind))

    cell = field_type.to_text(canonical, field(kind)) if canonical is not None else ""
    back = field_type.from_text(cell, field(kind)) if cell else None

    assert kind in NOT_IN_CELLS or back == canonical


@pytest.mark.parametrize("kind", ROWLESS)
def test_the_example_is_valid_and_has_the_json_form(kind: str):
    field_type, one = FIELD_TYPES[kind], field(kind)

    example = field_type.example(one)

    Draft202012Validator(field_type.json_form(one)).validate(example)
    assert not isinstance(field_type.coerce(example, one), Problem)


@pytest.mark.parametrize("kind", sorted(FIELD_TYPES))
def test_every_type_is_titled_and_described_in_both_languages(kind: str):
    field_type = FIELD_TYPES[kind]

    words = [*field_type.title.values(), *field_type.docs.values()]

    assert set(field_type.title) == set(field_type.docs) == {"zh-CN", "en"}
    assert all(words)
    assert field_type.name == kind


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("text", "a\x00", "unstorable_character"),
        ("text", 3, "wrong_type"),
        ("decimal", 1.5, "wrong_type"),
        ("decimal", "1e3", "wrong_type"),
        ("decimal", "007", "wrong_type"),
        ("decimal", "1.005", "too_many_decimals"),
        ("decimal", "12345678901234567", "number_too_long"),
        ("integer", True, "wrong_type"),
        ("integer", 2**53, "number_too_long"),
        ("boolean", "true", "wrong_type"),
        ("date", "2026-02-30", "not_a_date"),
        ("date", "20260230", "not_a_date"),
        ("time", "24:00", "not_a_time"),
        ("datetime", "2026-03-02T08:30:00", "not_a_datetime"),
        ("datetime", "2026-03-02T25:30:00Z", "not_a_datetime"),
        ("reference", "a b", "wrong_type"),
        ("attachment", [{"id": "1"}], "wrong_type"),
        ("sub_table", [1], "wrong_type"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told(kind: str, value: object, code: str):
    problem = FIELD_TYPES[kind].coerce(value, field(kind))

    assert problem.code == code


@pytest.mark.parametrize(
    ("kind", "value", "more", "codes"),
    [
        ("text", "abcd", {"schema": {"maxLength": 3}}, ["too_long"]),
        ("text", "ab", {"schema": {"minLength": 3, "pattern": "^[0-9]"}}, ["too_short", "pattern_mismatch"]),
        ("decimal", Decimal("0.1"), {"settings": {"min": "0.25"}}, ["below_minimum"]),
        ("decimal", Decimal("2.01"), {"settings": {"max": "2"}}, ["above_maximum"]),
        ("integer", 7, {"schema": {"maximum": 6}}, ["above_maximum"]),
        ("select", "z", {}, ["not_an_option"]),
        ("select", "c", {}, ["option_retired"]),
        ("multi_select", ["a", "a"], {"schema": {"maxItems": 1}}, ["duplicate_value", "too_many_items"]),
        ("image", [{"id": "1", "name": "a.txt", "size": 1}], {}, ["file_kind_refused"]),
        ("attachment", [{"id": "1", "name": "a.txt", "size": 9}], {"settings": {"max_size": 8}}, ["file_too_big"]),
        ("attachment", [{"id": "1", "name": "a", "size": 9}], {"settings": {"max_count": 0}}, ["too_many_items"]),
    ],
)
def test_what_a_value_breaks_is_told(kind: str, value: object, more: dict[str, Any], codes: list[str]):
    found = FIELD_TYPES[kind].problems(value, field(kind, **more))

    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("decimal", "1,234.50", Decimal("1234.50")),
        ("percent", "15%", Decimal("0.1500")),
        ("percent", "0.15", Decimal("0.1500")),
        ("integer", "12.0", 12),
        ("boolean", "是", True),
        ("boolean", "No", False),
        ("date", "2026年3月2日", date(2026, 3, 2)),
        ("date", "2026/3/2", date(2026, 3, 2)),
        ("time", "8：30", time(8, 30)),
        ("datetime", "2026-03-02T08:30:00+08:00", datetime(2026, 3, 2, 0, 30, tzinfo=UTC)),
        ("select", "First", "a"),
        ("multi_select", "甲、乙", ["a", "b"]),
    ],
)
def test_a_cell_is_read_as_people_write_it(kind: str, cell: str, value: object):
    read = FIELD_TYPES[kind].from_text(cell, field(kind))

    assert read == value


def test_a_formula_is_rounded_half_up_to_the_scale_of_its_field():
    money = FIELD_TYPES["money"].from_expression(Decimal("163.725"), field("money"))

    whole = FIELD_TYPES["integer"].from_expression(Decimal("2.5"), field("integer"))

    assert (str(money), whole) == ("163.73", 3)
