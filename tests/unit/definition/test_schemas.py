"""The schemas are sound, and every property in them explains itself in both languages."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from engine.definition.field_types import FIELD_TYPES
from engine.definition.reference import definitions_page, field_types_page
from engine.definition.schemas import KINDS, address, schemas

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"


def properties(schema: object, path: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Every property under a schema; conditions (`if`) only look at properties and explain none."""
    for part in schema if isinstance(schema, list) else []:
        yield from properties(part, path)
    for key, part in schema.items() if isinstance(schema, dict) else []:
        if key in {"properties", "$defs"}:
            yield from ((f"{path}/{name}", one) for name, one in part.items() if key == "properties")
            for name, one in part.items():
                yield from properties(one, f"{path}/{name}")
        elif key != "if":
            yield from properties(part, f"{path}/{key}")


@pytest.mark.parametrize("uri", sorted(schemas()))
def test_a_schema_is_sound(uri: str):
    Draft202012Validator.check_schema(schemas()[uri])


@pytest.mark.parametrize("uri", sorted(schemas()))
def test_every_property_is_titled_and_described_in_both_languages(uri: str):
    bare = [path for path, part in properties(schemas()[uri]) if not _is_explained(part)]

    assert bare == []


def _is_explained(part: dict[str, object]) -> bool:
    english = part.get("x-en")
    return bool(part.get("title") and part.get("description")) and isinstance(english, dict) and len(english) == 2


def test_every_kind_of_document_has_a_schema():
    assert {address(kind) for kind in KINDS} <= set(schemas())


def test_the_schema_names_the_field_types_that_exist():
    names = schemas()[address("field")]["properties"]["type"]["enum"]

    assert set(names) == set(FIELD_TYPES)


@pytest.mark.parametrize(("file", "page"), [("definitions.md", definitions_page), ("field-types.md", field_types_page)])
def test_a_reference_page_is_what_the_code_says(file: str, page: Callable[[], str]):
    written = (REFERENCE / file).read_text(encoding="utf-8")

    assert written == page()
