"""Files and functions stay small enough to be read at once."""

from pathlib import Path

import pytest

from tests.house.checks.sizes import large_files, large_functions
from tests.house.checks.sources import ROOT
from tests.house.conftest import Write


def test_no_file_is_too_long() -> None:
    assert large_files(ROOT) == []


def test_no_function_is_too_long() -> None:
    assert large_functions(ROOT) == []


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("engine/storage/rows.py", 500),
        ("tests/unit/test_rows.py", 500),
        ("admin_ui/src/core/rows.ts", 300),
        ("admin_ui/src/ui/Row.tsx", 300),
        ("modules/orders/entities/order.json", 400),
        ("schemas/v1/entity.schema.json", 400),
    ],
)
def test_a_file_over_its_limit_is_caught(write: Write, tmp_path: Path, path: str, limit: int) -> None:
    write(path, "\n" * limit)
    before = large_files(tmp_path)

    write(path, "\n" * (limit + 1))
    after = large_files(tmp_path)

    assert before == []
    assert after == [f"{path}: {limit + 1} lines, at most {limit}"]


def test_what_was_installed_or_built_is_not_measured(write: Write, tmp_path: Path) -> None:
    write("admin_ui/src/node_modules/x/index.ts", "\n" * 999)
    write("engine/static/manifest.json", "\n" * 999)

    assert large_files(tmp_path) == []


@pytest.mark.parametrize("head", ["def work():", "async def work():", "class A:\n  def work(self):"])
def test_a_function_over_its_limit_is_caught(write: Write, tmp_path: Path, head: str) -> None:
    line = "    x = 1\n"
    write("engine/services/short.py", f"{head}\n{line * 59}")
    write("engine/services/long.py", f"{head}\n{line * 60}")

    found = large_functions(tmp_path)

    assert len(found) == 1
    assert "long.py" in found[0]
    assert "work has 61 lines" in found[0]
