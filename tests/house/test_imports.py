"""Rooms import only what their place in the house allows, and the checks see every way round that rule."""

from pathlib import Path

import pytest

from tests.house.checks.imports import forbidden_imports, impure_calls
from tests.house.checks.sources import ROOT
from tests.house.conftest import Write


def test_no_room_imports_what_its_place_forbids() -> None:
    assert forbidden_imports(ROOT) == []


def test_pure_rooms_ask_the_world_for_nothing() -> None:
    assert impure_calls(ROOT) == []


@pytest.mark.parametrize(
    ("path", "line", "why"),
    [
        ("engine/workflow/step.py", "import os", "a pure room is given what it needs"),
        ("engine/workflow/step.py", "from pathlib import Path", "a pure room is given what it needs"),
        ("engine/planning/level.py", "import urllib.request", "a pure room is given what it needs"),
        ("engine/planning/level.py", "from urllib import request", "a pure room is given what it needs"),
        ("engine/definition/model.py", "def late():\n    import random", "a pure room is given what it needs"),
        ("engine/services/records.py", "from flask import request", "HTTP stays in api"),
        ("engine/storage/rows.py", "import marshmallow as m", "HTTP stays in api"),
        ("engine/api/records.py", "from sqlalchemy import select", "SQL stays in storage"),
        ("engine/services/records.py", "import sqlite3", "SQL stays in storage"),
        ("engine/definition/coherence.py", "import jsonschema", "one file judges structure"),
        ("engine/services/records.py", "import jsonschema_rs", "schemas are judged in definition"),
        ("engine/api/records.py", "from engine.storage.rows import insert", "api does not reach past services"),
        ("engine/api/records.py", "from ..storage import rows", "api does not reach past services"),
        ("engine/api/__init__.py", "from engine import workflow", "api does not reach past services"),
    ],
)
def test_a_forbidden_import_is_caught(write: Write, tmp_path: Path, path: str, line: str, why: str) -> None:
    write(path, f"{line}\n")

    found = forbidden_imports(tmp_path)

    assert found
    assert any(why in finding and finding.startswith(path) for finding in found)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("engine/definition/structure.py", "import jsonschema"),
        ("engine/definition/quick.py", "import jsonschema_rs"),
        ("engine/storage/rows.py", "import sqlalchemy"),
        ("engine/api/records.py", "import flask"),
        ("engine/adapters/files.py", "import os"),
        ("engine/expressions/texts.py", "from urllib.parse import quote"),
    ],
)
def test_an_import_in_its_own_place_is_fine(write: Write, tmp_path: Path, path: str, line: str) -> None:
    write(path, f"{line}\n")

    assert forbidden_imports(tmp_path) == []


@pytest.mark.parametrize(
    "call", ["datetime.now()", "datetime.datetime.now(UTC)", "date.today()", "open('x')", "uuid.uuid4()", "eval('1')"]
)
def test_an_impure_call_in_a_pure_room_is_caught(write: Write, tmp_path: Path, call: str) -> None:
    write("engine/workflow/step.py", f"answer = {call}\n")
    write("engine/services/step.py", f"answer = {call}\n")

    found = impure_calls(tmp_path)

    assert len(found) == 1
    assert found[0].startswith("engine/workflow/step.py:1:")
