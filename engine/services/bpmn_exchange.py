"""Flows from BPMN files and BPMN files from flows, for administrators and the command line."""

from collections.abc import Mapping
from typing import Any

from engine.definition import check_documents
from engine.definition.bpmn import Imported, export_bpmn, export_kept, import_bpmn, keep
from engine.errors import Conflict, Invalid, NotFound
from engine.problems import Problem
from engine.services import drafts
from engine.services.accounts import require_admin
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.publications import drafted
from engine.services.wording import problem_view

MEDIA = "application/xml"


def propose(
    data: bytes, module: str, documents: Mapping[str, Any], *, name: str = "", entity: str = "", process: str = ""
) -> tuple[Imported, dict[str, Any]]:
    """Return what a file becomes in a module and the documents for it: the flow, where there is one, and the file itself.

    Raises Invalid for what is no BPMN, or where a new flow has no entity.
    """
    found = import_bpmn(data, name=name, entity=entity, process=process, roles=_roles(documents, module))
    if found.problems:
        raise Invalid(list(found.problems))
    if found.flow is not None and not entity and not _has_entity(found.flow, documents, module):
        chosen = _only_document(documents, module)
        if not chosen:
            raise Invalid([Problem("bpmn_entity_unclear", "/entity")])
        found = import_bpmn(data, name=name, entity=chosen, process=process, roles=_roles(documents, module))
    kept = keep(found)
    made = {f"{module}/flows/{found.flow['name']}.json": found.flow} if found.flow else {}
    return found, made | {f"{module}/bpmn/{kept['name']}.json": kept}


def report(found: Imported, language: str) -> list[dict[str, str]]:
    """Return what became of each element of a file, in a language."""
    return [
        {"id": one.id, "kind": one.kind, "name": one.name, "fate": one.fate, "reason": one.reason}
        | {"step": one.detail if one.fate in ("runs", "needs") else "", "text": one.text(language)}
        for one in found.lines
    ]


def draft(
    installation: Installation, ctx: Context, module: str, data: bytes, *, keep_it: bool, **said: str
) -> dict[str, Any]:
    """Return the documents and the report for a file, and keep the documents in the draft on request.

    For administrators. Raises NotFound for an unknown module, Conflict `entity_exists` when the name is taken, Invalid.
    """
    require_admin(ctx, "update", "draft")
    known = drafted(installation)
    if f"{module}/module.json" not in known:
        raise NotFound("module", module)
    found, made = propose(data, module, known, **said)
    if taken := [path for path in made if path in known]:
        name = str(made[taken[0]]["name"])
        raise Conflict("entity_exists", {"name": name, "path": taken[0]})
    problems = [one for one in check_documents({**known, **made}) if one.file in made]
    for path, document in made.items() if keep_it else ():
        drafts.put(installation, ctx, path, document)
    return {
        "name": found.flow["name"] if found.flow else "",
        "process": found.process,
        "irreducible": found.irreducible,
        "kept": keep_it,
        "documents": made,
        "problems": [problem_view(one, ctx.language) for one in problems],
        "report": report(found, ctx.language),
    }


def exported(installation: Installation, ctx: Context, flow: str) -> bytes:
    """Return the flow `module.name` of the draft as a BPMN file. Raises NotFound. For administrators."""
    require_admin(ctx, "read", "draft")
    return export_of(drafted(installation), flow)


def export_of(documents: Mapping[str, Any], flow: str) -> bytes:
    """Return the flow `module.name` among documents by path as a BPMN file, in the file that it came from. Raises NotFound."""
    module, _, name = flow.partition(".")
    body = documents.get(f"{module}/flows/{name}.json")
    files = (one for path, one in documents.items() if path.startswith(f"{module}/bpmn/"))
    kept = next((one for one in files if isinstance(one, Mapping) and name in (one.get("flow"), one.get("name"))), None)
    if isinstance(kept, Mapping):
        return export_kept(kept, body if isinstance(body, Mapping) else None)
    if not isinstance(body, Mapping):
        raise NotFound("flow", flow)
    return export_bpmn(body)


def _roles(documents: Mapping[str, Any], module: str) -> dict[str, str]:
    """Return the roles there are by name and by title, those of the module by their bare name."""
    found: dict[str, str] = {}
    for path, body in documents.items():
        owner, _, rest = path.partition("/")
        roles = body.get("roles") if rest == "module.json" and isinstance(body, Mapping) else None
        for one in roles if isinstance(roles, list) else ():
            if isinstance(one, Mapping) and isinstance(name := one.get("name"), str):
                qualified = name if owner == module else f"{owner}.{name}"
                found |= {key: qualified for key in (qualified, name, str(one.get("title"))) if key not in found}
    return found


def _has_entity(flow: Mapping[str, Any], documents: Mapping[str, Any], module: str) -> bool:
    owner, _, name = f"{flow.get('entity')}".rpartition(".")
    return any(path == f"{owner or module}/entities/{name}.json" for path in documents)


def _only_document(documents: Mapping[str, Any], module: str) -> str:
    """Return the one entity of a module that can be approved and has no flow yet, nothing where there are more or none."""
    flows = [one.get("entity") for path, one in documents.items() if path.startswith(f"{module}/flows/")]
    here = (one for path, one in documents.items() if path.startswith(f"{module}/entities/"))
    names = [str(one["name"]) for one in here if one.get("kind") == "document" and one.get("name") not in flows]
    return names[0] if len(names) == 1 else ""
