"""Who can see a record: to whom it was given, and which roles read it."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.definition.model import Entity
from engine.projection.explain import scope_text
from engine.projection.role_titles import role_title
from engine.projection.shares import ShareLevel
from engine.projection.texts import in_language
from engine.services.comments.reading import may_comment
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.reading import require_visible, visible
from engine.services.references import DEPARTMENT, USER, References, label
from engine.services.work import Work, reading
from engine.storage.records import Record
from engine.storage.shares import Share, Shares


def page(installation: Installation, ctx: Context, key: str, record_id: str) -> dict[str, Any]:
    """Return the shares of a record that are in force, the roles that read such records, and what the actor may give.

    For everybody who may read the record. Raises NotFound.
    """
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        record = require_visible(work, entity, record_id, "read")
        found = Shares(work.tx).of_record(record_id, ctx.now)
        may = may_share(work, entity, record)
        return {
            "items": shown(work, found, may=may),
            "by_role": _roles(work, entity),
            "may_share": may,
            "levels": list(levels(work, entity, record)) if may else [],
        }


def shown(work: Work, found: Iterable[Share], *, may: bool) -> list[dict[str, Any]]:
    """Return shares as they travel, with what people, departments and roles are called."""
    shares = list(found)
    references = References(work)
    references.prefetch(USER, {one.given_by for one in shares} | _receivers(shares, "user"))
    references.prefetch(DEPARTMENT, _receivers(shares, "department"))
    return [_share(work, one, references, may=may) for one in shares]


def may_share(work: Work, entity: Entity, record: Record) -> bool:
    """Say whether the actor may give a record that is in sight to others: its owner, and whom a grant lets share it."""
    mine = record.owner == work.ctx.actor.id
    return (mine and visible(work, entity, record, "read")) or visible(work, entity, record, "share")


def levels(work: Work, entity: Entity, record: Record) -> tuple[ShareLevel, ...]:
    """Return how far the actor may give a record: no further than it is open to the actor."""
    found: list[ShareLevel] = ["read"]
    found += ["comment"] if may_comment(work, entity, record) else []
    found += ["edit"] if entity.kind != "ledger" and visible(work, entity, record, "update") else []
    return tuple(found)


def _share(work: Work, one: Share, references: References, *, may: bool) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": one.version,
        "with": {"kind": one.kind, "id": one.receiver, "name": _name(work, one, references)},
        "level": one.level,
        "note": one.note,
        "expires_at": one.expires_at.isoformat() if one.expires_at else None,
        "given_by": {"id": one.given_by, "name": _person(work, one.given_by, references)},
        "given_at": one.given_at.isoformat(),
        "actions": ["revoke"] if may or one.given_by == work.ctx.actor.id else [],
    }


def _receivers(shares: Iterable[Share], kind: str) -> set[str]:
    return {one.receiver for one in shares if one.kind == kind}


def _name(work: Work, one: Share, references: References) -> str:
    if one.kind == "role":
        return in_language(role_title(work.configuration, one.receiver), work.ctx.language)
    if one.kind == "department":
        return label(work.configuration, DEPARTMENT, references.get(DEPARTMENT, one.receiver), one.receiver)
    return _person(work, one.receiver, references)


def _person(work: Work, user: str, references: References) -> str:
    return label(work.configuration, USER, references.get(USER, user), user)


def _roles(work: Work, entity: Entity) -> list[Mapping[str, str]]:
    """Return which roles read records of an entity, and which of them."""
    told: list[Mapping[str, str]] = []
    for grant in work.configuration.grants:
        if grant.entity == entity.key and "read" in grant.actions:
            scope = scope_text(grant, is_project_role=grant.role in work.configuration.project_roles)
            title = in_language(role_title(work.configuration, grant.role), work.ctx.language)
            told.append({"role": grant.role, "title": title, "scope": in_language(scope, work.ctx.language)})
    return told
