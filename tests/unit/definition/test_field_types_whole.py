"""No field type lacks an aspect, words, a page, or a value to try it with."""

from pathlib import Path

import pytest

from engine.definition.field_types import FIELD_TYPES
from engine.definition.field_types.aspects import NUMBERS
from engine.definition.field_types.field_type import FieldType
from engine.definition.field_types.masks import DOT
from engine.definition.schemas import address, schemas
from engine.problems import Problem
from engine.storage.conditions import Operator
from tests.unit.definition.strategies import VALUES, field

FOLDER = Path(__file__).parents[3] / "engine" / "definition" / "field_types"
PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "field-types.md").read_text(encoding="utf-8")
SCHEMA = schemas()[address("field")]["properties"]
CONTROLS = SCHEMA["control"]["enum"]


@pytest.mark.parametrize("kind", sorted(FIELD_TYPES))
def test_a_type_has_every_aspect(kind: str):
    one, made = FIELD_TYPES[kind], field(kind)

    stored = one.column(made)

    assert one.title["zh-CN"]
    assert one.title["en"]
    assert one.control
    assert stored.kind
    assert set(one.operators) <= set(Operator.__args__)
    assert one.functions <= NUMBERS
    assert set(one.controls) <= set(CONTROLS)
    assert one.settings - {"to", "filter"} <= set(SCHEMA)
    assert one.needed <= one.settings
    assert one.json_form(made).get("type", one.json_type or None) is not None or not one.json_type


@pytest.mark.parametrize("kind", sorted(FIELD_TYPES))
def test_a_type_can_be_printed_and_masked(kind: str):
    one, made = FIELD_TYPES[kind], field(kind)
    canonical = one.coerce(one.example(made), made)
    if canonical is None or isinstance(canonical, Problem) or not one.maskable:
        return

    words = [one.to_print(canonical, made, language) for language in ("zh-CN", "en")]

    assert all(words)
    assert DOT in one.mask(canonical, made)


@pytest.mark.parametrize("kind", sorted(FIELD_TYPES))
def test_a_type_stands_on_its_page_and_in_the_strategies(kind: str):
    assert f"## {kind} — " in PAGE
    assert kind in VALUES


def test_every_file_of_the_folder_with_a_type_is_in_the_list():
    listed = {type(one).__module__.rpartition(".")[2] for one in FIELD_TYPES.values()}
    others = {"__init__", "aspects", "field_type", "masks", "checksums"}

    assert {file.stem for file in FOLDER.glob("*.py")} == listed | others


def test_no_type_is_asked_for_by_a_name_that_does_not_exist():
    assert all(isinstance(one, FieldType) for one in FIELD_TYPES.values())
