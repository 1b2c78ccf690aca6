"""An entity as plain JSON Schema 2020-12, with the hints that other form tools read, and back without loss.

The rows of sub-tables stand in `$defs`; what JSON Schema has no words for stands in the annotations `x-field` and
`x-entity`, which other tools skip (JSON Schema 2020-12 core, section 6.5).
"""

import copy
from collections.abc import Iterator, Mapping

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WIDGETS = {
    "long_text": "textarea", "rich_text": "textarea", "markdown": "textarea", "secret": "password", "colour": "color",
    "multi_select": "checkboxes", "rating": "updown", "progress": "range",
}  # fmt: skip
Part = dict[str, object]


def export_schema(document: Mapping[str, object]) -> Part:
    """Return the JSON Schema of an entity document; `import_schema` makes the equal document of it."""
    record = copy.deepcopy(document.get("schema"))
    body: Part = record if isinstance(record, dict) else {"type": "object", "properties": {}}
    defs: Part = {}
    _lift(body, "", defs)
    own = {key: copy.deepcopy(value) for key, value in document.items() if key != "schema"}
    head: Part = {"$schema": _DIALECT, "title": document.get("title", document.get("name", ""))}
    head |= {"description": document["description"]} if "description" in document else {}
    return {**head, **body, **({"$defs": defs} if defs else {}), "x-entity": own}


def inlined(schema: Mapping[str, object]) -> Part:
    """Return the `schema` of an entity document from an exported one."""
    defs = schema.get("$defs")
    known = defs if isinstance(defs, dict) else {}
    body = {key: copy.deepcopy(schema[key]) for key in schema if key in ("type", "required", "properties")}
    _sink(body, known, frozenset())
    return body


def ui_schema(document: Mapping[str, object]) -> Part:
    """Return how the fields are to be drawn, in the manner of react-jsonschema-form's uiSchema."""
    record = document.get("schema")
    body: Part = record if isinstance(record, dict) else {}
    return {"ui:order": [name for name, _ in _properties(body)], **_hints(body)}


def _hints(record: Part) -> Part:
    found: Part = {}
    for name, part in _properties(record):
        settings = part.get("x-field")
        said = settings if isinstance(settings, dict) else {}
        hint: Part = {"ui:widget": _WIDGETS[str(said["type"])]} if said.get("type") in _WIDGETS else {}
        hint |= {"ui:readonly": True} if part.get("readOnly") is True else {}
        hint |= {"ui:help": part["description"]} if "description" in part else {}
        items = part.get("items")
        inner = _hints(items) if isinstance(items, dict) else {}
        hint |= {"items": inner} if inner else {}
        found |= {name: hint} if hint else {}
    return found


def _lift(record: Part, path: str, defs: Part) -> None:
    """Put the rows of each sub-table into `defs`, under the path of the sub-table."""
    for name, part in _properties(record):
        items = part.get("items")
        if isinstance(items, dict) and "properties" in items:
            key = f"{path}.{name}".strip(".")
            _lift(items, key, defs)
            defs[key] = items
            part["items"] = {"$ref": f"#/$defs/{key}"}


def _sink(record: Part, defs: Mapping[str, object], above: frozenset[str]) -> None:
    for _, part in _properties(record):
        items = part.get("items")
        key = str(items.get("$ref", "")).removeprefix("#/$defs/") if isinstance(items, dict) else ""
        found = defs.get(key)
        if isinstance(found, dict) and key not in above:
            rows = copy.deepcopy(found)
            _sink(rows, defs, above | {key})
            part["items"] = rows


def _properties(record: Part) -> Iterator[tuple[str, Part]]:
    declared = record.get("properties")
    return (
        (name, part)
        for name, part in (declared.items() if isinstance(declared, dict) else ())
        if isinstance(part, dict)
    )
