"""What became of a record: every change, who made it, for whom and through what, as far as the reader may see."""

from typing import Any

from engine.definition.model import Entity
from engine.projection.texts import in_language
from engine.services.changes_view import Sight, labels_of, shown, sight, whole
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.reading import require_visible
from engine.services.references import USER, References, label
from engine.services.seats import held_access
from engine.services.work import Work, reading
from engine.storage.audit import AuditEntry, AuditLog
from engine.storage.records import Record


def page(installation: Installation, ctx: Context, key: str, record_id: str, cursor: int, limit: int) -> dict[str, Any]:
    """Return changes of a record, the newest first; `cursor` is the `next_cursor` of the page before, 0 for the first."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        record = require_visible(work, entity, record_id, "read")
        found = AuditLog(work.tx).recent(kind=key, key=record_id, limit=limit + 1, before=cursor or None)
        entries = found[:limit]
        references = References(work)
        references.prefetch(USER, [name for one in entries for name in _people(one)])
        hidden = hidden_paths(work, entity, record)
        items = [_item(work, entity, one, hidden, references) for one in entries]
        more = entries[-1].id if len(found) > limit else None
        return {"items": items, "labels": labels_of(entity, items, references), "next_cursor": more}


def hidden_paths(work: Work, entity: Entity, record: Record) -> Sight:
    """Return the paths of a record that the actor may not see, or sees masked."""
    return sight(held_access(work, entity, record))


def _item(work: Work, entity: Entity, entry: AuditEntry, hidden: Sight, references: References) -> dict[str, Any]:
    details: Any = entry.details
    change = {} if entry.action == "delete" else whole(entity.fields, details)
    behalf = details.get("on_behalf")
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "actor": _person(work, references, entry.actor),
        "on_behalf": _person(work, references, behalf) if behalf else None,
        "via": details.get("via", ""),
        "automation": _automation(work, str(details.get("automation", ""))),
        "action": entry.action,
        "version": details.get("version"),
        "restored": details.get("restored"),
        "reason": details.get("reason", ""),
        "request_id": entry.request_id,
    } | shown(entity.fields, change, hidden, work.ctx.language)


def _automation(work: Work, key: str) -> dict[str, str] | None:
    """Return the automation that did something, by key and title; None where a person did."""
    found = work.configuration.automations.get(key)
    return {"key": key, "title": in_language(found.title, work.ctx.language) if found else key} if key else None


def _people(entry: AuditEntry) -> list[str]:
    behalf = entry.details.get("on_behalf")
    return [entry.actor, *([str(behalf)] if behalf else [])]


def _person(work: Work, references: References, key: str) -> dict[str, str]:
    return {"id": key, "name": label(work.configuration, USER, references.get(USER, key), key)}
