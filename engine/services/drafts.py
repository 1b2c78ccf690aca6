"""The draft: documents that are being changed, kept apart from what is in force until they are published."""

from dataclasses import replace
from typing import Any

from engine.definition import Compilation, changes
from engine.errors import NotFound
from engine.problems import Problem
from engine.services.accounts import require_admin
from engine.services.compilations import compiled_once
from engine.services.configurations import build
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.option_uses import removed_in_use
from engine.services.publications import with_draft
from engine.services.wording import change_view, plan_view, problem_view
from engine.storage.database import Transaction
from engine.storage.head import number_in_force
from engine.storage.publications import Drafts, Publications
from engine.storage.schema_changes import described
from engine.storage.schema_plan import plan_changes


def overview(installation: Installation, ctx: Context) -> dict[str, Any]:
    """Return what is changed and not yet published, its problems, and what publishing would do. For administrators."""
    require_admin(ctx, "read", "draft")
    with installation.database.reading() as tx:
        number, published = _published(tx)
        documents = with_draft(tx, published)
        changed = sorted(path for path in {*documents, *published} if documents.get(path) != published.get(path))
        shown: dict[str, Any] = {
            "publication": number,
            "changed_documents": changed,
            "documents": _listed(documents, changed),
        }
        found = compiled_once(documents) if changed else Compilation((), None)
        compiled = found.configuration
        shown |= {
            "problems": [problem_view(one, ctx.language) for one in found.problems],
            "changes": [],
            "plan": {"steps": [], "problems": []},
        }
        if compiled is not None:
            published_now = installation.configurations.at(tx, number)
            old = published_now.configuration
            tables = build(0, documents).tables
            plan = described(tx, plan_changes(tx, tables), tables)
            shown["changes"] = [change_view(one, ctx.language) for one in changes(old, compiled)]
            plan = replace(plan, problems=(*plan.problems, *removed_in_use(tx, published_now, compiled)))
            shown["plan"] = plan_view(plan, ctx.language)
        return shown


def document(installation: Installation, ctx: Context, path: str) -> dict[str, Any]:
    """Return one document as drafted and as published. For administrators. Raises NotFound."""
    require_admin(ctx, "read", "draft")
    with installation.database.reading() as tx:
        published = _published(tx)[1].get(path)
        drafted = Drafts(tx).get(path)
    if published is None and drafted is None:
        raise NotFound("document", path)
    return {"path": path, "document": drafted.document if drafted else published, "published": published}


def put(installation: Installation, ctx: Context, path: str, value: dict[str, Any] | None) -> dict[str, Any]:
    """Keep a document in the draft and return its problems; None takes it away with the next publication. For administrators."""
    require_admin(ctx, "update", "draft")
    with installation.database.writing() as tx:
        drafts = Drafts(tx)
        present = drafts.get(path)
        drafts.put(path, value, ctx.actor.id, ctx.now, present.version if present else None)
        documents = with_draft(tx, _published(tx)[1])
    return {
        "path": path,
        "problems": [problem_view(one, ctx.language) for one in _of(path, compiled_once(documents).problems)],
    }


def drop(installation: Installation, ctx: Context, path: str) -> dict[str, Any]:
    """Go back to what is published of one document. For administrators."""
    require_admin(ctx, "update", "draft")
    with installation.database.writing() as tx:
        present = Drafts(tx).get(path)
        if present is None:
            raise NotFound("document", path)
        Drafts(tx).remove(path, present.version)
        published = _published(tx)[1].get(path)
    return {"path": path, "document": published, "published": published}


def _published(tx: Transaction) -> tuple[int, dict[str, object]]:
    number = number_in_force(tx, writing=False) or 0
    return number, dict(Publications(tx).get(number).documents) if number else {}


def _of(path: str, problems: tuple[Problem, ...]) -> list[Problem]:
    """Return the problems of one document first, then those that it causes elsewhere."""
    return sorted(problems, key=lambda problem: problem.file != path)


def _listed(documents: dict[str, object], changed: list[str]) -> list[dict[str, Any]]:
    return [
        {"path": path, "kind": _kind(path), "changed": path in changed}
        | {name: value.get(name, "") for name in ("name", "title") if isinstance(value := documents[path], dict)}
        for path in sorted(documents)
    ]


def _kind(path: str) -> str:
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else parts[-1].removesuffix(".json")
