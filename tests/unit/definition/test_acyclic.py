"""What a declaration of links without circles may name."""

from typing import Any

import pytest

from engine.definition import check_documents
from engine.problems import LANGUAGES, describe
from tests.unit.definition.shop import documents

PLACE = "shop/entities/item.json"
GOOD = {"name": "no_circle", "from": "part_of", "to": "comes_after"}
TO_ITEM = {"title": "物品", "type": "string", "x-field": {"type": "reference", "to": "item"}}


def found(**changed: object) -> list[tuple[str, str]]:
    made: dict[str, Any] = documents()
    item = made[PLACE]
    item["schema"]["properties"] |= {"part_of": TO_ITEM, "comes_after": TO_ITEM}
    item["acyclic"] = [GOOD | changed]
    problems = check_documents(made)
    assert all(describe(one, language).remedy for one in problems for language in LANGUAGES)
    return [(one.pointer, one.code) for one in problems if one.pointer.startswith("/acyclic")]


def test_two_references_to_one_entity_are_links():
    assert found() == []
    assert found(to="id") == []


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"to": "coming_after"}, ("/acyclic/0/to", "unknown_field")),
        ({"to": "name"}, ("/acyclic/0/to", "acyclic_no_reference")),
        ({"to": "part_of"}, ("/acyclic/0", "acyclic_ends")),
        ({"apart": True}, ("/acyclic/0/apart", "acyclic_without_tree")),
        ({"apart": "yes"}, ("/acyclic/0/apart", "schema_wrong_type")),
    ],
)
def test_what_makes_no_link_is_told_with_its_place(changed: dict[str, object], problem: tuple[str, str]):
    assert problem in found(**changed)
