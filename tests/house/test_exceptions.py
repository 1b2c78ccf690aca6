"""Everything is caught in few named places only, and what is raised has a name."""

from pathlib import Path

import pytest

from tests.house.checks.exceptions import MOST, allowed, bare_raises, catch_alls, stale_places
from tests.house.checks.sources import ROOT
from tests.house.conftest import Write


def test_everything_is_caught_only_in_named_places() -> None:
    assert catch_alls(ROOT, allowed()) == []


def test_the_named_places_are_few_and_true() -> None:
    assert len(allowed()) <= MOST
    assert stale_places(ROOT, allowed()) == []


def test_what_is_raised_has_a_name() -> None:
    assert bare_raises(ROOT) == []


@pytest.mark.parametrize(
    "handler", ["except Exception:", "except BaseException as e:", "except:", "except (OSError, Exception):"]
)
def test_a_handler_that_swallows_everything_is_caught(write: Write, tmp_path: Path, handler: str) -> None:
    write("engine/services/records.py", f"try:\n    x = 1\n{handler}\n    x = 2\n")

    found = catch_alls(tmp_path, {})

    assert found == ["engine/services/records.py:3: catches everything"]
    assert catch_alls(tmp_path, {"engine/services/records.py": "the last resort"}) == []


@pytest.mark.parametrize("handler", ["except OSError:\n    x = 2", "except BaseException:\n    x = 2\n    raise"])
def test_a_handler_that_swallows_little_passes(write: Write, tmp_path: Path, handler: str) -> None:
    write("engine/services/records.py", f"try:\n    x = 1\n{handler}\n")

    assert catch_alls(tmp_path, {}) == []


def test_a_named_place_without_reason_or_handler_is_caught(write: Write, tmp_path: Path) -> None:
    write("engine/app.py", "try:\n    x = 1\nexcept Exception:\n    x = 2\n")
    places = {"engine/app.py": " ", "engine/cli.py": "the last resort"}

    assert stale_places(tmp_path, places) == ["engine/app.py", "engine/cli.py"]


def test_a_nameless_raise_is_caught(write: Write, tmp_path: Path) -> None:
    write("engine/app.py", "raise Exception('no')\nraise ValueError('yes')\n")

    assert bare_raises(tmp_path) == ["engine/app.py:1: raises Exception('no')"]
