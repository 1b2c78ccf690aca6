"""Entities from JSON Schemas and JSON Schemas from entities, for administrators and the command line."""

from collections.abc import Mapping
from typing import Any

from engine.definition import check_documents
from engine.definition.exchange import Imported, export_schema, import_schema, ui_schema
from engine.errors import Conflict, Invalid, NotFound
from engine.services import drafts
from engine.services.accounts import require_admin
from engine.services.context import Context
from engine.services.imports.guessing import free_name
from engine.services.installation import Installation
from engine.services.publications import drafted
from engine.services.wording import problem_view

_SAID = {
    "field": {"zh-CN": "成为字段 {field}（{type}）", "en": "became the field {field} ({type})"},
    "json": {"zh-CN": "作为 JSON 保存在 {field}", "en": "kept as JSON in {field}"},
    "whole": {"zh-CN": "由整体约束执行", "en": "enforced on the whole record"},
    "annotation": {"zh-CN": "作为说明保留", "en": "kept as an annotation"},
}


def propose(schema: object, module: str, *, name: str = "", title: str = "", formats: bool = False) -> Imported:
    """Return what a schema becomes in a module. Raises Invalid for one that cannot be judged by."""
    said = schema.get("title") if isinstance(schema, dict) else ""
    words = title or (said if isinstance(said, str) else "") or "record"
    found = import_schema(schema, module, name or free_name(words), free_name, title=title, formats=formats)
    if found.problems:
        raise Invalid(list(found.problems))
    return found


def report(found: Imported, language: str) -> list[dict[str, str]]:
    """Return what became of each part of a schema, in a language."""
    return [
        {"pointer": one.pointer, "fate": one.fate, "field": one.field, "type": one.type}
        | {"text": _SAID[one.fate][language].format(field=one.field, type=one.type)}
        for one in found.lines
    ]


def draft(
    installation: Installation, ctx: Context, module: str, schema: object, *, keep: bool, **said: Any
) -> dict[str, Any]:
    """Return the documents and the report for a schema, and keep the documents in the draft with `keep`.

    For administrators. Raises NotFound for an unknown module, Conflict `entity_exists` when the name is taken, Invalid.
    """
    require_admin(ctx, "update", "draft")
    known = drafted(installation)
    if f"{module}/module.json" not in known:
        raise NotFound("module", module)
    found = propose(schema, module, **said)
    entity = next(iter(found.documents))
    name = str(found.documents[entity]["name"])
    if taken := [path for path in found.documents if path in known]:
        raise Conflict("entity_exists", {"name": name, "path": taken[0]})
    problems = [one for one in check_documents({**known, **found.documents}) if one.file in found.documents]
    for path, document in found.documents.items() if keep else ():
        drafts.put(installation, ctx, path, document)
    return {
        "name": name,
        "entity": f"{module}.{name}",
        "kept": keep,
        "documents": dict(found.documents),
        "problems": [problem_view(one, ctx.language) for one in problems],
        "report": report(found, ctx.language),
    }


def exported(installation: Installation, ctx: Context, entity: str) -> dict[str, Any]:
    """Return the JSON Schema of an entity of the draft and the hints for drawing it. Raises NotFound. For administrators."""
    require_admin(ctx, "read", "draft")
    return export_of(drafted(installation), entity)


def export_of(documents: Mapping[str, Any], entity: str) -> dict[str, Any]:
    """Return `schema` and `ui_schema` of the entity `module.name` among documents by path. Raises NotFound."""
    module, _, name = entity.partition(".")
    for path, document in documents.items():
        if path.startswith(f"{module}/entities/") and document.get("name") == name:
            return {"schema": export_schema(document), "ui_schema": ui_schema(document)}
    raise NotFound("entity", entity)
