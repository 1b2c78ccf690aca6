"""Every test runs: nothing under tests/ is forgotten, empty or switched off."""

from pathlib import Path

import pytest

from tests.house.checks.collected import empty_tests, orphans, switched_off, uncollected_typescript, unread_data
from tests.house.checks.sources import ROOT
from tests.house.conftest import Write


def test_every_python_file_is_collected_or_imported() -> None:
    assert orphans(ROOT) == []


def test_every_data_file_is_read_by_a_test() -> None:
    assert unread_data(ROOT) == []


def test_vitest_collects_every_typescript_test() -> None:
    assert uncollected_typescript(ROOT) == []


def test_no_test_is_switched_off() -> None:
    assert switched_off(ROOT) == []


def test_every_test_file_has_a_test() -> None:
    assert empty_tests(ROOT) == []


def test_a_forgotten_file_is_caught(write: Write, tmp_path: Path) -> None:
    write("tests/unit/rows_test.py", "def test_a(): ...\n")
    write("tests/unit/fakes.py", "")
    write("tests/unit/test_rows.py", "from tests.unit.fakes import Clock\ndef test_b(): ...\n")

    assert orphans(tmp_path) == ["tests/unit/rows_test.py: neither collected nor imported"]


def test_data_that_no_test_names_are_caught(write: Write, tmp_path: Path) -> None:
    write("tests/conformance/cases/a.json", "{}")
    write("tests/upgrades/old.json", "{}")
    write("tests/unit/lonely.json", "{}")
    write("tests/conformance/test_cases.py", 'FOLDER = "cases"\nFILE = "old.json"\n')

    assert unread_data(tmp_path) == ["tests/unit/lonely.json: no test reads it"]


@pytest.mark.parametrize("path", ["admin_ui/src/core/rows.spec.ts", "admin_ui/tests/rows.test.ts"])
def test_a_typescript_test_that_vitest_overlooks_is_caught(write: Write, tmp_path: Path, path: str) -> None:
    write(path, "")
    write("admin_ui/src/core/rows.test.ts", "")

    found = uncollected_typescript(tmp_path)

    assert len(found) == 1
    assert found[0].startswith(path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tests/unit/test_rows.py", "@pytest.mark.skip\ndef test_a(): ...\n"),
        ("tests/unit/test_rows.py", "@pytest.mark.skipif(True, reason='x')\ndef test_a(): ...\n"),
        ("tests/unit/test_rows.py", "def test_a():\n    pytest.skip('later')\n"),
        ("tests/unit/test_rows.py", "@pytest.mark.xfail\ndef test_a(): ...\n"),
        ("tests/unit/test_rows.py", "x = pytest.importorskip('y')\n"),
        ("admin_ui/src/core/rows.test.ts", "it.skip('later', () => {});\n"),
        ("admin_ui/src/core/rows.test.ts", "  describe.only('this', () => {});\n"),
    ],
)
def test_a_test_that_is_switched_off_is_caught(write: Write, tmp_path: Path, path: str, text: str) -> None:
    write(path, text)

    found = switched_off(tmp_path)

    assert len(found) == 1
    assert found[0].startswith(path)


def test_a_test_file_without_a_test_is_caught(write: Write, tmp_path: Path) -> None:
    write("tests/unit/test_rows.py", "def check_a(): ...\n")
    write("tests/unit/test_states.py", "TestRows = Machine.TestCase\n")

    assert empty_tests(tmp_path) == ["tests/unit/test_rows.py: no test in it"]
