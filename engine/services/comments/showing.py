"""Comments as they travel: with the names of people, and with what the reader may do with each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from engine.services.comments.mentions import mentioned
from engine.services.references import USER, References, label
from engine.services.work import Work
from engine.storage.comments import Comment, Replies

EDITABLE = timedelta(minutes=15)
"""How long its author may change a comment: later it is part of what others answered to."""


class Telling:
    """What some comments are for one reader; everybody in them is looked up at once."""

    def __init__(self, work: Work, found: Iterable[Comment]) -> None:
        self._work = work
        self._references = References(work)
        self._references.prefetch(USER, (user for one in found for user in _people(one)))

    def thread(self, root: Comment, replies: Replies | None) -> dict[str, Any]:
        """Return a comment that opens a thread, with its latest answers."""
        latest = replies.latest if replies else ()
        shown = {"items": [self.comment(one) for one in latest], "count": replies.count if replies else 0}
        return self.comment(root) | {"replies": shown}

    def comment(self, one: Comment) -> dict[str, Any]:
        """Return one comment; of a deleted one only who deleted it, and when."""
        gone = one.deleted_at is not None
        return {
            "id": one.id,
            "thread": one.thread_id,
            "version": one.version,
            "author": self._person(one.author),
            "text": "" if gone else one.text,
            "mentions": [] if gone else [self._person(user) for user in mentioned(one.text)],
            "files": [] if gone else list(one.files),
            "created_at": one.created_at.isoformat(),
            "edited_at": one.edited_at.isoformat() if one.edited_at else None,
            "deleted": {"at": one.deleted_at.isoformat(), "by": self._person(one.deleted_by or "")}
            if one.deleted_at
            else None,
            "actions": [] if gone else self._actions(one),
            "editable_until": (one.created_at + EDITABLE).isoformat(),
        }

    def _actions(self, one: Comment) -> list[str]:
        ctx = self._work.ctx
        mine = one.author == ctx.actor.id
        may = {"edit": mine and ctx.now <= one.created_at + EDITABLE, "delete": mine or ctx.actor.is_admin}
        return [name for name, allowed in may.items() if allowed]

    def _person(self, user: str) -> Mapping[str, str]:
        return {"id": user, "name": label(self._work.configuration, USER, self._references.get(USER, user), user)}


def every(roots: Sequence[Comment], replies: Mapping[str, Replies]) -> list[Comment]:
    """Return comments and the answers to them."""
    return [*roots, *(one for told in replies.values() for one in told.latest)]


def _people(one: Comment) -> list[str]:
    return [one.author, *mentioned(one.text), *([one.deleted_by] if one.deleted_by else [])]
