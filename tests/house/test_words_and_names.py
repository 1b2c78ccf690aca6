"""The engine knows no business word, and every name says something."""

from pathlib import Path

import pytest

from tests.house.checks.names import empty_names, odd_python_names, prefixed_interfaces
from tests.house.checks.sources import ROOT
from tests.house.checks.words import business_words, words_in
from tests.house.conftest import Write


def test_the_engine_knows_no_business_word() -> None:
    assert business_words(ROOT) == []


def test_no_module_has_an_empty_name() -> None:
    assert empty_names(ROOT) == []
    assert odd_python_names(ROOT) == []


def test_no_interface_has_a_prefix() -> None:
    assert prefixed_interfaces(ROOT) == []


@pytest.mark.parametrize(
    "line",
    ["cost = 1", "unit_cost: int", "class CostCentre:", "# what the Budget says", "def fundFor():", "title = '点工单'"],
)
def test_a_business_word_is_caught(line: str) -> None:
    assert len(words_in(line)) == 1


@pytest.mark.parametrize(
    "line", ["costume", "refund_id", "outbox worker", "project role", "hash(memory_cost=1)", "订单"]
)
def test_a_harmless_word_passes(line: str) -> None:
    assert words_in(line) == []


def test_business_words_are_found_in_code_and_in_texts(write: Write, tmp_path: Path) -> None:
    write("engine/services/records.py", '"""Keeps the payroll."""\n')
    write("engine/texts/problems/records.json", '{"x": {"zh-CN": {"text": "超出预算"}}}\n')
    write("modules/orders/module.json", '{"title": "预算"}\n')

    found = business_words(tmp_path)

    assert found == ["engine/services/records.py:1: payroll", "engine/texts/problems/records.json:1: 预算"]


@pytest.mark.parametrize(
    "path",
    [
        "engine/storage/utils.py",
        "engine/helpers/rows.py",
        "engine/services/record_manager.py",
        "engine/definition/field_types/base.py",
        "tests/unit/common.py",
        "admin_ui/src/core/utils.ts",
        "admin_ui/src/ui/date-helpers.tsx",
    ],
)
def test_an_empty_name_is_caught(write: Write, tmp_path: Path, path: str) -> None:
    write(path, "")

    found = empty_names(tmp_path)

    assert len(found) == 1
    assert found[0].startswith(path)


def test_a_name_that_only_contains_such_a_word_passes(write: Write, tmp_path: Path) -> None:
    write("engine/storage/database.py", "")
    write("admin_ui/src/core/baseline.ts", "export {};\n")

    assert empty_names(tmp_path) == []


def test_a_python_module_in_camel_case_is_caught(write: Write, tmp_path: Path) -> None:
    write("engine/storage/recordRows.py", "")

    assert odd_python_names(tmp_path) == ["engine/storage/recordRows.py: a module is named in snake_case"]


def test_an_interface_with_a_prefix_is_caught(write: Write, tmp_path: Path) -> None:
    write("admin_ui/src/core/field.ts", "interface IField {}\ninterface Item {}\ninterface In {}\n")

    assert prefixed_interfaces(tmp_path) == ["admin_ui/src/core/field.ts: IField"]
