"""The reference pages of the definition language, made from the schemas and the field types themselves."""

import json
from collections.abc import Iterator, Mapping

from engine.definition.field_types import FIELD_TYPES, FieldType
from engine.definition.model import Field, Option
from engine.definition.schemas import address, schemas

_KINDS = (
    "module", "entity", "record", "field", "options", "form", "view", "flow", "bpmn", "decision", "automation", "effect", "permissions", "measure", "dashboard", "scenario",
    "locale", "rollup", "closing", "parts",
)  # fmt: skip
_PLAIN = {"string": "text", "integer": "whole number", "boolean": "true / false", "array": "list", "object": "object"}


def definitions_page() -> str:
    """Return `docs/reference/definitions.md`."""
    lines = [
        "# Definition documents / 定义文档",
        "",
        "Generated from `schemas/v1` by `engine/definition/reference.py`. Every property with its meaning in Chinese and English.",
        "",
    ]
    for kind in _KINDS:
        schema = schemas()[address(kind)]
        lines += [f"## {kind} — {_title(schema)}", "", *_about(schema)]
        lines += list(_table(schema))
        for name, part in _mapping(schema.get("$defs")).items():
            if isinstance(part, Mapping) and part.get("title"):
                lines += [f"### {kind} / {name} — {_title(part)}", "", *_about(part), *_table(part)]
    return "\n".join(lines).rstrip() + "\n"


def field_types_page() -> str:
    """Return `docs/reference/field-types.md`."""
    lines = [
        "# Field types / 字段类型",
        "",
        "Generated from `engine/definition/field_types` by `engine/definition/reference.py`.",
        "",
    ]
    for field_type in FIELD_TYPES.values():
        lines += [f"## {field_type.name} — {field_type.title['zh-CN']} / {field_type.title['en']}", ""]
        lines += [field_type.docs["zh-CN"], "", field_type.docs["en"], "", *_aspects(field_type), ""]
    return "\n".join(lines).rstrip() + "\n"


def _aspects(field_type: FieldType) -> Iterator[str]:
    """Yield one line for each aspect."""
    form = f'`"type": "{field_type.json_type}"`' if field_type.json_type else "any"
    form += f', `"format": "{field_type.json_format}"`' if field_type.json_format else ""
    yield f"- JSON: {form}" + (", `readOnly`: the engine gives the value" if field_type.made else "")
    sample = _sample(field_type)
    yield f"- example: `{json.dumps(field_type.example(sample), ensure_ascii=False)}`"
    yield f"- control: `{field_type.control}`"
    for name, values in (
        ("other controls", field_type.controls),
        ("settings", sorted(field_type.settings)),
        ("needed settings", sorted(field_type.needed)),
        ("keywords", sorted(field_type.keywords)),
        ("filter operators", field_type.operators),
        ("totals", sorted(field_type.functions)),
    ):
        if name in ("other controls", "needed settings") and not values:
            continue
        yield f"- {name}: {', '.join(f'`{value}`' for value in values) or 'none'}"
    yield f"- sortable: {_yes(field_type.sortable)}, may be a formula: {_yes(field_type.computable)}"


def _sample(field_type: FieldType) -> Field:
    """Return a field of a type, with choices where it has some."""
    below = (Option("a1", {"zh-CN": "甲一"}),) if field_type.choices == "tree" else ()
    options = (Option("a", {"zh-CN": "甲"}, options=below),)
    return Field("x", "x", {"zh-CN": "某"}, field_type.name, options=options, scale=field_type.default_scale)


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _title(schema: Mapping[str, object]) -> str:
    return f"{schema.get('title', '')} / {_english(schema).get('title', '')}"


def _about(schema: Mapping[str, object]) -> list[str]:
    return [f"{schema.get('description', '')} {_english(schema).get('description', '')}", ""]


def _table(schema: Mapping[str, object]) -> Iterator[str]:
    properties = _mapping(schema.get("properties"))
    if not properties:
        return
    required = schema.get("required")
    needed = required if isinstance(required, list) else []
    yield "| property | value | meaning |"
    yield "|---|---|---|"
    for name, part in properties.items():
        if isinstance(part, Mapping):
            mark = " *" if name in needed else ""
            meaning = f"{part.get('description', '')} {_english(part).get('description', '')}".replace("|", "\\|")
            yield f"| `{name}`{mark} | {_value(part)} | {meaning} |"
    yield ""


def _value(part: Mapping[str, object]) -> str:
    """Return what a property holds, in few words."""
    allowed = part.get("enum")
    if isinstance(allowed, list):
        return ", ".join(f"`{one}`" for one in allowed)
    if "const" in part:
        return f"`{part['const']}`".replace("`True`", "`true`")
    reference = part.get("$ref")
    if isinstance(reference, str):
        return reference.rpartition("/")[2].removesuffix(".schema.json").replace("_", " ")
    kind = part.get("type")
    words = [_PLAIN.get(str(one), str(one)) for one in (kind if isinstance(kind, list) else [kind] if kind else [])]
    return " or ".join(words) or "one of several forms"


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _english(schema: Mapping[str, object]) -> Mapping[str, object]:
    return _mapping(schema.get("x-en"))
