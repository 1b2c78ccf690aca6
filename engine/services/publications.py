"""Publishing: the draft becomes the configuration in force, with the tables that it needs, as one transaction."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.definition import Configuration, changes
from engine.errors import Conflict, Invalid
from engine.problems import errors
from engine.services.accounts import require_admin
from engine.services.compilations import compiled_once
from engine.services.configurations import build
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.option_uses import removed_in_use
from engine.services.wording import change_view, plan_view
from engine.storage import head
from engine.storage.audit import AuditLog
from engine.storage.database import Transaction
from engine.storage.publications import Drafts, Publications
from engine.storage.schema_changes import apply, described
from engine.storage.schema_plan import Plan, plan_changes


def every(installation: Installation, ctx: Context) -> dict[str, Any]:
    """Return the publications, newest first. For administrators."""
    require_admin(ctx, "read", "publication")
    with installation.database.reading() as tx:
        return {
            "items": [
                {
                    "number": one.id,
                    "note": one.note,
                    "by": one.published_by,
                    "at": one.published_at.isoformat(),
                    "changes": one.plan or [],
                }
                for one in Publications(tx).recent()
            ]
        }


def publish(installation: Installation, ctx: Context, note: str) -> dict[str, Any]:
    """Publish the draft. For administrators. Raises Invalid with every problem, Conflict `nothing_to_publish`."""
    require_admin(ctx, "publish", "publication")
    with installation.database.writing() as tx:
        before = head.take_for_publishing(tx)
        published = Publications(tx).get(before).documents if before else {}
        documents = with_draft(tx, published)
        if documents == published:
            raise Conflict("nothing_to_publish")
        return publish_documents(installation, ctx, tx, before, documents, note)


def publish_documents(
    installation: Installation, ctx: Context, tx: Transaction, before: int, documents: Mapping[str, object], note: str
) -> dict[str, Any]:
    """Make documents the publication in force, within a transaction that has taken the head."""
    problems = errors(compiled_once(documents).problems)
    if problems:
        raise Invalid(problems)
    built = build(0, documents)
    plan = described(tx, plan_changes(tx, built.tables), built.tables)
    if errors(plan.problems):
        raise Invalid(plan.problems)
    told = _told(installation, tx, before, built.configuration, plan, ctx.language)
    apply(tx, plan, built.tables, ctx.now)
    number = Publications(tx).add(documents, note, ctx.actor.id, ctx.now, told["changes"])
    head.put_in_force(tx, number)
    Drafts(tx).replace_all({}, ctx.actor.id, ctx.now)
    AuditLog(tx).add(ctx.now, ctx.actor.id, "publish", "publication", str(number), {"note": note}, ctx.request_id)
    return {"number": number, "note": note} | told


def with_draft(tx: Transaction, published: Mapping[str, object]) -> dict[str, object]:
    """Return published documents with what the draft changes; a drafted null removes a document."""
    documents = dict(published)
    for path, one in Drafts(tx).all().items():
        if one.document is None:
            documents.pop(path, None)
        else:
            documents[path] = one.document
    return documents


def drafted(installation: Installation) -> dict[str, Any]:
    """Return the documents that the next publication would be made of."""
    with installation.database.reading() as tx:
        number = head.number_in_force(tx, writing=False) or 0
        return with_draft(tx, dict(Publications(tx).get(number).documents) if number else {})


def _told(
    installation: Installation, tx: Transaction, before: int, configuration: Configuration, plan: Plan, language: str
) -> dict[str, Any]:
    old = installation.configurations.at(tx, before) if before else None
    found = changes(old.configuration, configuration) if old else ()
    uses = removed_in_use(tx, old, configuration) if old else ()
    shown = plan_view(replace(plan, problems=(*plan.problems, *uses)), language)
    return {"changes": [change_view(one, language) for one in found], "plan": shown}
