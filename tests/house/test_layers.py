"""The contract of layers in pyproject.toml is kept, and import-linter catches what breaks it."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.checks.sources import ROOT
from tests.house.conftest import Write

PYPROJECT = ROOT / "pyproject.toml"
GROUND_FLOOR = ("errors", "problems", "paths")


def test_imports_point_down_only() -> None:
    code, output = lint(ROOT)

    assert code == 0, output


def test_the_contract_is_exhaustive_and_covers_late_imports() -> None:
    settings = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]

    assert settings["contracts"][0]["exhaustive"] is True
    assert "exhaustive_ignores" not in settings["contracts"][0]
    assert not any("ignore_imports" in contract for contract in settings["contracts"])


@pytest.mark.parametrize(
    ("sins", "told"),
    [
        ({"storage/rows.py": "from engine.services import records"}, "Imports point down only BROKEN"),
        ({"storage/rows.py": "def late():\n    import engine.services.records"}, "Imports point down only BROKEN"),
        ({"api/doors.py": "from engine.adapters import mail"}, "Imports point down only BROKEN"),
        ({"attic/__init__.py": ""}, "engine.attic"),
        ({"storage/a.py": "from engine.storage import b", "storage/b.py": "import engine.storage.a"}, "circle BROKEN"),
    ],
    ids=["upwards", "late", "sideways", "unlisted room", "circle"],
)
def test_a_broken_layer_is_caught(write: Write, tmp_path: Path, sins: dict[str, str], told: str) -> None:
    house = {f"{name}.py": "" for name in GROUND_FLOOR}
    house |= {f"{room}/__init__.py": "" for room in ("api", "adapters", "services", "storage")}
    house |= {"__init__.py": "", "adapters/mail.py": "", "services/records.py": ""}
    for path, text in (house | sins).items():
        write(f"engine/{path}", f"{text}\n")

    code, output = lint(tmp_path)

    assert code != 0
    assert told in output


def lint(folder: Path) -> tuple[int, str]:
    """Run import-linter over the package `engine` of a folder; return its exit code and what it printed."""
    program = "import sys; from importlinter.cli import lint_imports_command as main; main()"
    environment = os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1"}
    words = [sys.executable, "-c", program, "--config", str(PYPROJECT), "--no-cache", "--no-logo"]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
