"""The JSON Schema of a record as it travels: for tools, the API's description and tests."""

from collections.abc import Sequence

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.definition.values.accept import is_computed


def record_schema(entity: Entity, language: str = "zh-CN") -> dict[str, object]:
    """Return the JSON Schema (2020-12) of what may be sent for a record, in one language."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": entity.title.get(language, entity.name)}
    return head | _object(entity.fields, language)


def _object(fields: Sequence[Field], language: str) -> dict[str, object]:
    required = [field.name for field in fields if field.required and not is_computed(field) and not field.copy]
    properties = {field.name: _property(field, language) for field in fields}
    shape: dict[str, object] = {"type": "object", "additionalProperties": False, "properties": properties}
    return shape | ({"required": required} if required else {})


def _property(field: Field, language: str) -> dict[str, object]:
    form = FIELD_TYPES[field.type].json_form(field)
    if field.is_table:
        row = _object(field.fields, language)
        members = {"id": {"type": "string"}, **_properties(row)}
        form |= {"items": row | {"properties": members}}
    elif not field.required:
        form = {"anyOf": [form, {"type": "null"}]}
    described: dict[str, object] = {"title": field.title.get(language, field.name), **form}
    return described | ({"readOnly": True} if field.read_only or is_computed(field) else {})


def _properties(row: dict[str, object]) -> dict[str, object]:
    properties = row["properties"]
    return properties if isinstance(properties, dict) else {}
