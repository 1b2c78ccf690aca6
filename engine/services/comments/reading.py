"""Reading what was said about a record: for everybody who may read the record."""

from collections.abc import Mapping
from typing import Any

from engine.definition.model import Entity
from engine.errors import Forbidden, NotFound
from engine.services.comments.showing import Telling, every
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.reading import require_visible, visible
from engine.services.seats import seats_on
from engine.services.work import Work, reading
from engine.storage.comments import Comment, Comments
from engine.storage.records import Record

ANSWERS = 20
"""How many of the latest answers come with the comment that opens a thread."""


def page(
    installation: Installation, ctx: Context, key: str, record_id: str, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return threads, the newest first, each with its latest answers; or, of the thread `thread`, the answers before a cursor.

    `at` names a comment: the page begins with its thread. Raises NotFound.
    """
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        record = require_visible(work, entity, record_id, "read")
        held, limit = Comments(work.tx), given["limit"]
        if given["thread"]:
            need_comment(work, record_id, given["thread"])
            found = held.answers(given["thread"], limit=limit + 1, before=given["cursor"])
            telling = Telling(work, found)
            return {"items": [telling.comment(one) for one in reversed(found[:limit])]} | _further(found, limit)
        at = need_comment(work, record_id, given["at"]).thread_id if given["at"] else ""
        roots = held.threads(record_id, limit=limit + 1, before=given["cursor"], at=at)
        replies = held.latest_answers([one.id for one in roots[:limit]], most=ANSWERS)
        telling = Telling(work, every(roots[:limit], replies))
        items = [telling.thread(one, replies.get(one.id)) for one in roots[:limit]]
        told = {"items": items, "count": held.count(record_id), "may_comment": may_comment(work, entity, record)}
        return told | _further(roots, limit)


def one(installation: Installation, ctx: Context, key: str, record_id: str, comment_id: str) -> dict[str, Any]:
    """Return one comment. Raises NotFound."""
    with reading(installation, ctx) as work:
        require_visible(work, work.entity(key), record_id, "read")
        found = need_comment(work, record_id, comment_id)
        return Telling(work, [found]).comment(found)


def wordings(installation: Installation, ctx: Context, key: str, record_id: str, comment_id: str) -> dict[str, Any]:
    """Return how a comment read before it was changed, the latest first.

    Raises NotFound, and Forbidden of a deleted one to all but administrators.
    """
    with reading(installation, ctx) as work:
        require_visible(work, work.entity(key), record_id, "read")
        found = need_comment(work, record_id, comment_id)
        if found.deleted_at and not ctx.actor.is_admin:
            raise Forbidden("read", "comment", "admins_only")
        return {
            "items": [
                {
                    "version": was.version,
                    "text": was.text,
                    "files": list(was.files),
                    "replaced_at": was.replaced_at.isoformat(),
                }
                for was in Comments(work.tx).wordings(comment_id)
            ]
        }


def need_comment(work: Work, record_id: str, comment_id: str, *, lock: bool = False) -> Comment:
    """Return a comment of a record. Raises NotFound."""
    found = Comments(work.tx).get(record_id, comment_id, lock=lock)
    if found is None:
        raise NotFound("comment", comment_id)
    return found


def may_comment(work: Work, entity: Entity, record: Record) -> bool:
    """Say whether the actor may comment on a record that is in sight: by a grant, or because its approval shows it."""
    by_seat = work.rights.comments_by_reading(entity.key)
    return visible(work, entity, record, "comment") or (by_seat and seats_on(work, entity.key, record.id))


def _further(found: tuple[Comment, ...], limit: int) -> dict[str, Any]:
    return {"next_cursor": found[limit - 1].id if len(found) > limit else None}
