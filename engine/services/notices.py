"""What people are told inside the product."""

from typing import Any

from engine.projection.texts import in_language
from engine.services.context import Context
from engine.services.installation import Installation
from engine.storage.notifications import Notification, Notifications


def page(installation: Installation, ctx: Context, cursor: str, limit: int) -> dict[str, Any]:
    """Return what the actor was told, newest first, and how much of it is unread."""
    with installation.database.reading() as tx:
        notices = Notifications(tx)
        found = notices.of(ctx.actor.id, limit=limit + 1, before=cursor or None)
        items = [_shown(one, ctx.language) for one in found[:limit]]
        cut = found[limit - 1].id if len(found) > limit else None
        return {"items": items, "unread": notices.unread(ctx.actor.id), "next_cursor": cut}


def read(installation: Installation, ctx: Context) -> None:
    """Note that the actor has read everything."""
    with installation.database.writing() as tx:
        Notifications(tx).read(ctx.actor.id, ctx.now)


def _shown(one: Notification, language: str) -> dict[str, Any]:
    text = (one.params or {}).get("text")
    return {
        "id": one.id,
        "text": in_language(text, language) if isinstance(text, dict) else one.kind,
        "entity": one.entity,
        "record_id": one.record_id,
        "comment": (one.params or {}).get("comment"),
        "at": one.created_at.isoformat(),
        "read": one.read_at is not None,
    }
