"""Decision tables from DMN files and DMN files from decision tables, for administrators and the command line."""

from collections.abc import Mapping
from typing import Any

from engine.definition import check_documents
from engine.definition.decisions import export_dmn, import_dmn
from engine.definition.decisions.dmn import Imported
from engine.errors import Conflict, Invalid, NotFound
from engine.services import drafts
from engine.services.accounts import require_admin
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.publications import drafted
from engine.services.wording import problem_view

MEDIA = "application/xml"
_SAID = {
    "table": {"zh-CN": "成为决策表", "en": "became a decision table"},
    "cell": {
        "zh-CN": "成为决策表；有单元格须改写",
        "en": "became a decision table; some of its cells must be written anew",
    },
    "kept": {"zh-CN": "作为说明保留", "en": "kept as documentation"},
}


def propose(data: bytes, module: str) -> tuple[Imported, dict[str, Any]]:
    """Return what a file becomes in a module, and its documents by path. Raises Invalid for what is no DMN."""
    found = import_dmn(data)
    if found.problems:
        raise Invalid(list(found.problems))
    return found, {f"{module}/decisions/{one['name']}.json": one for one in found.tables}


def report(found: Imported, language: str) -> list[dict[str, str]]:
    """Return what became of each element of a file, in a language."""
    return [
        {"id": one.id, "kind": one.kind, "name": one.name, "fate": one.fate, "text": _SAID[one.fate][language]}
        for one in found.lines
    ]


def draft(installation: Installation, ctx: Context, module: str, data: bytes, *, keep_it: bool) -> dict[str, Any]:
    """Return the tables and the report for a file, and keep the tables in the draft on request.

    For administrators. Raises NotFound for an unknown module, Conflict `entity_exists` when a name is taken, Invalid.
    """
    require_admin(ctx, "update", "draft")
    known = drafted(installation)
    if f"{module}/module.json" not in known:
        raise NotFound("module", module)
    found, made = propose(data, module)
    if taken := [path for path in made if path in known]:
        raise Conflict("entity_exists", {"name": made[taken[0]]["name"], "path": taken[0]})
    problems = [one for one in check_documents({**known, **made}) if one.file in made]
    for path, document in made.items() if keep_it else ():
        drafts.put(installation, ctx, path, document)
    return {
        "kept": keep_it,
        "documents": made,
        "problems": [problem_view(one, ctx.language) for one in problems],
        "report": report(found, ctx.language),
    }


def exported(installation: Installation, ctx: Context, decision: str) -> bytes:
    """Return the decision table `module.name` of the draft as DMN. Raises NotFound. For administrators."""
    require_admin(ctx, "read", "draft")
    return export_of(drafted(installation), decision)


def export_of(documents: Mapping[str, Any], decision: str) -> bytes:
    """Return the decision table `module.name` among documents by path as DMN. Raises NotFound, and Invalid for one that is broken."""
    module, _, name = decision.partition(".")
    path = f"{module}/decisions/{name}.json"
    if path not in documents:
        raise NotFound("decision", decision)
    problems = [
        one for one in check_documents({path: documents[path]}) if one.file == path and one.code.startswith("schema_")
    ]
    if problems:
        raise Invalid(problems)
    return export_dmn(documents[path])
