"""What a JSON Schema becomes, what is refused, and that an exported entity comes back equal."""

import jsonschema
import pytest

from engine.definition.exchange import export_schema, import_schema
from engine.definition.exchange.dialects import broken_charter
from engine.services.imports.guessing import free_name
from tests.unit.definition.exchange.making import entity_of, verdict


def deep(levels: int) -> dict[str, object]:
    return {"properties": {"a": deep(levels - 1)}} if levels else {}


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        (deep(200), "charter_unusable"),
        ({"type": "object", "enum": ["x" * 100] * 10_000}, "charter_unusable"),
        ({"$ref": "https://example.org/elsewhere.json"}, "charter_unusable"),
        ({"type": "nothing"}, "charter_unusable"),
        ({"properties": {"a": {"pattern": "("}}}, "charter_unusable"),
        ({"$schema": "https://example.org/dialect"}, "charter_dialect"),
        (17, "charter_unusable"),
    ],
)
def test_schema_that_cannot_be_judged_by_is_a_problem(schema: object, code: str):
    made = import_schema(schema, "shop", "thing", free_name)

    assert [one.code for one in made.problems] == [code]
    assert made.documents == {}


def test_pattern_that_explodes_elsewhere_ends_at_once():
    entity = entity_of({"type": "object", "properties": {"a": {"type": "string", "pattern": "^(a+)+$"}}})

    assert not verdict(entity, {"a": "a" * 300 + "!"})


def test_exported_entity_is_a_schema_and_comes_back_equal():
    row = {
        "type": "object",
        "properties": {
            "q": {"type": "integer"},
            "parts": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "string"}}}},
        },
    }
    made = import_schema(
        {"type": "object", "properties": {"lines": {"type": "array", "items": row}}}, "shop", "thing", free_name
    )
    document = made.documents["shop/entities/thing.json"]

    schema = export_schema(document)
    again = import_schema(schema, "shop", "thing", free_name)

    jsonschema.Draft202012Validator.check_schema(schema)
    assert {"lines", "lines.parts"} <= set(schema["$defs"])
    assert again.documents["shop/entities/thing.json"] == document


def test_variant_shows_its_own_fields():
    branches = [{"properties": {"kind": {"const": kind}, f"only_{kind}": {"type": "string"}}} for kind in ("a", "b")]
    entity = entity_of({"type": "object", "properties": {"kind": {"enum": ["a", "b"]}}, "oneOf": branches})

    shown = {field.name: field.visible.text for field in entity.fields if field.visible is not None}

    assert shown == {"only_a": "kind = 'a' OR NOT ISBLANK(only_a)", "only_b": "kind = 'b' OR NOT ISBLANK(only_b)"}


def test_a_finding_of_a_charter_never_quotes_what_stands_there():
    schema = {"type": "object", "properties": {"code": {"type": "string", "maxLength": 3}}}

    ((path, reason),) = broken_charter(schema, "2020-12", {"code": "a secret"})

    assert path == ["code"]
    assert "secret" not in reason


def test_choices_that_are_written_one_by_one_are_a_select_with_their_titles():
    stages = [{"const": "new", "title": "New"}, {"const": "paid"}]
    entity = entity_of({"type": "object", "properties": {"stage": {"title": "Stage", "oneOf": stages}}})

    field = entity.field("stage")

    assert field is not None
    assert (field.type, field.title) == ("select", {"zh-CN": "Stage"})
    assert [(one.value, one.title["zh-CN"]) for one in field.options] == [("new", "New"), ("paid", "paid")]
