"""What cells say, however people write it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Field, Option
from engine.problems import Problem, known_codes
from engine.services.imports.cells import number_of, shown, value_of
from engine.services.workbooks import Broken, Cell

ZONE = ZoneInfo("Asia/Shanghai")
OPTIONS = (Option("part", {"zh-CN": "零件", "en": "Part"}), Option("tool", {"zh-CN": "工具"}))
CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**14), max_value=10**14),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=400)),
    st.builds(Broken, st.just("#REF!")),
)


def a_field(kind: str, **more: object) -> Field:
    scale = FIELD_TYPES[kind].default_scale
    return Field("f", "f", {"zh-CN": "字段"}, kind, scale=scale, options=OPTIONS, **more)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("decimal", "1,234.50", "1234.50"),
        ("decimal", "１２．５", "12.50"),
        ("decimal", "￥12", "12.00"),
        ("decimal", "(3.5)", "-3.50"),
        ("decimal", "1.2万", "12000.00"),
        ("decimal", "3亿", "300000000.00"),
        ("decimal", "12元", "12.00"),
        ("decimal", Decimal("1E+3"), "1000.00"),
        ("integer", Decimal(3), 3),
        ("integer", "1,000", 1000),
        ("percent", Decimal("0.15"), "0.1500"),
        ("percent", "15%", "0.1500"),
        ("date", "2026年3月2日", "2026-03-02"),
        ("date", "2026.3.2", "2026-03-02"),
        ("date", "20260302", "2026-03-02"),
        ("date", Decimal(46083), "2026-03-02"),
        ("date", "2026/3/2 0:00:00", "2026-03-02"),
        ("date", datetime(2026, 3, 2), "2026-03-02"),  # noqa: DTZ001 - as a spreadsheet has it
        ("datetime", "2026-03-02 08:30", "2026-03-02T00:30:00Z"),
        ("datetime", "2026年3月2日 下午3点", "2026-03-02T07:00:00Z"),
        ("datetime", "2026-03-02T08:30:00+08:00", "2026-03-02T00:30:00Z"),
        ("datetime", Decimal("46083.5"), "2026-03-02T04:00:00Z"),
        ("time", Decimal("0.5"), "12:00"),
        ("time", "8时30分", "08:30"),
        ("time", time(8, 30), "08:30"),
        ("boolean", "√", True),
        ("boolean", False, False),
        ("select", "零件", "part"),
        ("select", "part", "part"),
        ("multi_select", "零件、工具", ["part", "tool"]),
        ("text", Decimal("7.0"), "7"),
        ("text", "  a b ", "  a b "),
    ],
)
def test_values_are_read_in_their_usual_forms(kind: str, cell: Cell, value: object):
    assert value_of(cell, a_field(kind), ZONE) == value


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        ("decimal", "a lot", "wrong_type"),
        ("decimal", Decimal("0.333"), "too_many_decimals"),
        ("decimal", Broken("#DIV/0!"), "cell_broken"),
        ("integer", "1.5", "wrong_type"),
        ("date", "3月2日", "not_a_date"),
        ("date", "2026-02-30", "not_a_date"),
        ("date", datetime(2026, 3, 2, 8), "not_a_date"),  # noqa: DTZ001 - as a spreadsheet has it
        ("time", timedelta(hours=30), "not_a_time"),
        ("select", "glass", "not_an_option"),
    ],
)
def test_what_means_nothing_is_a_problem(kind: str, cell: Cell, code: str):
    found = value_of(cell, a_field(kind), ZONE)

    assert isinstance(found, Problem)
    assert found.code == code


def test_a_number_may_be_rounded_to_the_digits_of_its_field_on_request():
    assert value_of(Decimal("0.335"), a_field("money"), ZONE, rounded=True) == "0.34"


@given(cell=CELLS, kind=st.sampled_from(sorted(FIELD_TYPES)))
def test_every_cell_is_a_value_of_the_field_or_a_known_problem(cell: Cell, kind: str):
    field = a_field(kind)

    found = value_of(cell, field, ZONE) if cell is not None else None

    if isinstance(found, Problem):
        assert found.code in known_codes()
    elif found is not None and kind != "secret":
        assert not isinstance(FIELD_TYPES[kind].coerce(found, field), Problem)


@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_a_number_is_the_same_with_and_without_separators(number: Decimal):
    assert number_of(f"{number:,f}") == number_of(f"{number:f}") == number


@given(day=st.dates(min_value=date(1901, 1, 1)))
def test_a_day_is_the_same_in_every_writing(day: date):
    field = a_field("date")
    writings: list[Cell] = [
        day,
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
    ]
    writings.append(Decimal((day - date(1899, 12, 30)).days))

    assert {value_of(one, field, ZONE) for one in writings} == {day.isoformat()}


@given(cell=CELLS)
def test_everything_can_be_shown(cell: Cell):
    assert isinstance(shown(cell), str)
