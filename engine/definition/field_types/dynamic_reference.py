"""A link to one record of one of several entities."""

import re
from collections.abc import Mapping

from engine.definition.field_types.aspects import EQUALITY, ColumnKind, wrong_type
from engine.definition.field_types.field_type import FieldType
from engine.definition.field_types.reference import is_id
from engine.definition.model import Field
from engine.expressions import RecordOf, Type
from engine.problems import Problem

_ENTITY = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*\Z", re.ASCII)


class DynamicReference(FieldType):
    """An entity and the id of a record of it: `{"entity": "shop.order", "id": ...}`."""

    name = "dynamic_reference"
    title = {"zh-CN": "动态引用", "en": "Dynamic reference"}
    docs = {
        "zh-CN": "引用若干实体之一的一条记录；to 列出这些实体，on_delete 规定被引用记录删除时的处理。公式中可读 entity 与 id。",
        "en": "A record of one of the entities that `to` lists; `on_delete` says what deleting it does. Formulas see its entity and id.",
    }
    control = "dynamic_reference"
    json_type = "object"
    settings = frozenset({"to", "on_delete"})
    needed = frozenset({"to"})
    operators = EQUALITY
    sortable = False
    names_record = False

    def json_form(self, field: Field) -> dict[str, object]:
        """Return an object with entity and id."""
        names: dict[str, object] = {"type": "string", "enum": [key for _, key in field.targets]}
        properties = {"entity": names, "id": {"type": "string"}}
        return {"type": "object", "required": ["entity", "id"], "properties": properties, "additionalProperties": False}

    def expression_type(self, owner: str, to: str) -> Type:
        """Return something with entity and id; what lies behind differs from record to record."""
        return RecordOf("system.link")

    def column(self, field: Field) -> ColumnKind:
        """Store entity and id together."""
        return ColumnKind("link")

    def coerce(self, value: object, field: Field) -> object:
        """Accept an object with entity and id; that the record exists is for the services to check."""
        if value == "":
            return None
        if not isinstance(value, Mapping) or set(value) != {"entity", "id"}:
            return wrong_type('{"entity", "id"}', '{"entity", "id"}')
        entity, key = value["entity"], value["id"]
        if not isinstance(entity, str) or not _ENTITY.match(entity) or not is_id(key):
            return wrong_type("实体与记录的编号", "an entity and the id of a record")
        return {"entity": entity, "id": key}

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check that the entity is one of those listed."""
        entity = value.get("entity") if isinstance(value, Mapping) else None
        if entity in {key for _, key in field.targets}:
            return ()
        return (Problem("link_target", "/entity", {"entity": str(entity)}),)

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return entity and id with a colon between."""
        return f"{value.get('entity')}:{value.get('id')}" if isinstance(value, Mapping) else ""

    def from_text(self, text: str, field: Field) -> object:
        """Accept entity and id with a colon between."""
        entity, _, key = text.strip().partition(":")
        return self.coerce({"entity": entity, "id": key}, field)

    def from_expression(self, value: object, field: Field) -> object:
        """Return entity and id."""
        return {name: value.get(name) for name in ("entity", "id")} if isinstance(value, Mapping) else None

    def meta(self, field: Field) -> dict[str, object]:
        """Return the entities by their qualified names."""
        return {**super().meta(field), "to": [key for _, key in field.targets]}

    def example(self, field: Field) -> object:
        """Return a record of the first entity."""
        first = field.targets[0][1] if field.targets else "shop.order"
        return {"entity": first, "id": "01890a5d-ac96-774b-bcce-b302099a8057"}
