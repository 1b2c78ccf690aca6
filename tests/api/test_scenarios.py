"""Every scenario of every module, played through the public API on both databases."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.app import Stage
from tests.api.stages import PostgreSQLCopies, SQLiteCopies

MODULES = Path(__file__).resolve().parents[2] / "modules"
FILES = {f"{file.parts[-3]}.{file.stem}": file for file in sorted(MODULES.glob("*/scenarios/*.json"))}
FACTS = {f"F{number:02}" for number in (1, 2, 4, 12, 13, 34, 38, 39, *range(40, 66), 68, 69, 71, 72, 74)}


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(MODULES, tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def copies(
    request: pytest.FixtureRequest, stage: Stage, tmp_path_factory: pytest.TempPathFactory
) -> SQLiteCopies | PostgreSQLCopies:
    if request.param == "sqlite":
        return SQLiteCopies(stage, tmp_path_factory.mktemp("stage"))
    return PostgreSQLCopies(stage, request.getfixturevalue("postgres_folder"))


@pytest.mark.parametrize("name", FILES)
def test_what_a_scenario_says_comes_true(name: str, stage: Stage, copies: SQLiteCopies | PostgreSQLCopies):
    with copies.copy() as url:
        outcome = stage.play(stage.configuration.scenarios[name], url)

    assert outcome.findings("en") == ()


def test_every_fact_that_modules_must_prove_has_a_scenario():
    proven = {document(file).get("fact") for file in FILES.values()}

    assert proven >= FACTS


def test_a_scenario_is_called_as_its_file():
    assert [name for name, file in FILES.items() if document(file)["name"] != file.stem] == []


def document(file: Path) -> Mapping[str, object]:
    return json.loads(file.read_text(encoding="utf-8"))
