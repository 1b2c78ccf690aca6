"""Any JSON, or JSON of a declared shape."""

import json
import math
from collections.abc import Mapping

from engine.definition.field_types.aspects import PRESENCE, ColumnKind
from engine.definition.field_types.field_type import FieldType
from engine.definition.field_types.text import unstorable
from engine.definition.model import Field
from engine.definition.obeys import broken, why_no_schema
from engine.problems import Problem

DEEPEST, LONGEST = 24, 65_536


class Json(FieldType):
    """A JSON value as it is. With `schema` it must obey that JSON Schema (2020-12)."""

    name = "json"
    title = {"zh-CN": "JSON", "en": "JSON"}
    docs = {
        "zh-CN": "任意 JSON 值；schema 为必须遵守的 JSON Schema。",
        "en": "Any JSON value; `schema` is the JSON Schema that it must obey.",
    }
    control = "json"
    json_type = ""
    settings = frozenset({"schema"})
    keywords = frozenset({"items"})
    operators = PRESENCE
    sortable = False
    wide = True
    listed = False
    names_record = False

    def json_form(self, field: Field) -> dict[str, object]:
        """Return the schema of the field."""
        schema = field.settings.get("schema")
        return dict(schema) if isinstance(schema, Mapping) else {}

    def column(self, field: Field) -> ColumnKind:
        """Store it as JSON."""
        return ColumnKind("json")

    def setting_problems(self, field: Field) -> tuple[Problem, ...]:
        """Check that the schema is one."""
        schema = field.settings.get("schema")
        reason = why_no_schema(schema) if isinstance(schema, Mapping) else ""
        return (Problem("json_schema_unsound", "/schema", {"reason": reason}),) if reason else ()

    def coerce(self, value: object, field: Field) -> object:
        """Accept what both databases can keep: not too deep, not too long, no number that is none."""
        return _unkept(value, 0) or (
            Problem("json_too_long", params={"limit": LONGEST}) if len(json.dumps(value)) > LONGEST else value
        )

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check it by the schema of the field, with a pointer into the value for each finding."""
        schema = field.settings.get("schema")
        if not isinstance(schema, Mapping):
            return ()
        return tuple(Problem("json_not_valid", at, {"reason": reason}) for at, reason in broken(schema, value))

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the JSON text."""
        return json.dumps(value, ensure_ascii=False)

    def from_text(self, text: str, field: Field) -> object:
        """Accept JSON text."""
        try:
            return self.coerce(json.loads(text), field)
        except (ValueError, RecursionError):
            return Problem("json_malformed", params={"value": text[:40]})

    def meta(self, field: Field) -> dict[str, object]:
        """Tell the schema."""
        return {"schema": field.settings["schema"]} if "schema" in field.settings else {}

    def example(self, field: Field) -> object:
        """Return a small object, unless the schema has an example of its own."""
        examples = self.json_form(field).get("examples")
        return examples[0] if isinstance(examples, list) and examples else {"key": "value"}


def _unkept(value: object, depth: int) -> Problem | None:
    if depth > DEEPEST:
        return Problem("json_too_deep", params={"limit": DEEPEST})
    match value:
        case str():
            return unstorable(value)
        case float() if not math.isfinite(value):
            return Problem("json_malformed", params={"value": str(value)})
        case int() if abs(value) > 2**63:
            return Problem("number_too_long", params={"limit": 18, "value": str(value)[:40]})
        case dict():
            parts = [*value.keys(), *value.values()]
            return next((wrong for part in parts if (wrong := _unkept(part, depth + 1))), None)
        case list():
            return next((wrong for part in value if (wrong := _unkept(part, depth + 1))), None)
    return None
