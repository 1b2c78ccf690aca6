"""Saying something about a record, changing it for a while, and taking it back."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.definition.model import Entity
from engine.errors import Conflict, Forbidden, Invalid, Stale
from engine.problems import Problem
from engine.services.comments.mentions import mention_problems, mentioned
from engine.services.comments.reading import may_comment, need_comment
from engine.services.comments.showing import EDITABLE, Telling
from engine.services.comments.telling import tell
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.reading import require_visible
from engine.services.work import Work, writing
from engine.storage.comments import Comment, Comments
from engine.storage.files import Files, StoredFile
from engine.storage.identifiers import new_id
from engine.storage.records import Record
from engine.storage.references import stable_key

MOST_FILES = 10
_COMMENT = {"zh-CN": "评论", "en": "the comment"}


def add(installation: Installation, ctx: Context, key: str, record_id: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Say something: `text`, `files` by id, and `thread` where it answers another comment.

    Raises Invalid with every finding, Forbidden, NotFound.
    """

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        record = _need_open(work, entity, record_id)
        root = need_comment(work, record_id, given["thread"]) if given["thread"] else None
        comment_id = new_id()
        text, people = given["text"].strip(), mentioned(given["text"])
        files, problems = _files(work, given["files"], comment_id)
        problems += _blank(text, files) + mention_problems(work, entity, record, people)
        if problems:
            raise Invalid(problems)
        thread = root.thread_id if root else comment_id
        stable = stable_key(entity)
        said = Comment(comment_id, stable, record_id, thread, ctx.actor.id, text, files, 1, ctx.now)
        Comments(work.tx).add(said)
        _attach(work, entity, said)
        work.audit("create", "comment", comment_id, {"entity": entity.key, "record": record_id})
        tell(work, entity, record, said, people)
        return Telling(work, [said]).comment(said)

    return writing(installation, ctx, act)


def change(
    installation: Installation,
    ctx: Context,
    key: str,
    record_id: str,
    comment_id: str,
    version: int,
    given: Mapping[str, Any],
) -> dict[str, Any]:
    """Change an own comment while it is young; how it read is kept. Raises Conflict, Forbidden, Invalid, NotFound, Stale."""

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        record = _need_open(work, entity, record_id)
        before = _need_present(work, record_id, comment_id, version)
        if before.author != ctx.actor.id:
            raise Forbidden("update", "comment", "not_yours", _COMMENT)
        if ctx.now > before.created_at + EDITABLE:
            raise Conflict("comment_too_old", {"minutes": EDITABLE.seconds // 60})
        text, new = given["text"].strip(), _new_people(before, given["text"])
        files, problems = _files(work, given["files"], comment_id)
        problems += _blank(text, files) + mention_problems(work, entity, record, new)
        if problems:
            raise Invalid(problems)
        Comments(work.tx).change(before, ctx.now, {"text": text, "files": files, "edited_at": ctx.now})
        kept = {one["id"] for one in files}
        Files(work.tx).release([one["id"] for one in before.files if one["id"] not in kept], _place(comment_id))
        said = need_comment(work, record_id, comment_id)
        _attach(work, entity, said)
        work.audit("update", "comment", comment_id, {"entity": entity.key, "record": record_id})
        tell(work, entity, record, said, new, only_these=True)
        return Telling(work, [said]).comment(said)

    return writing(installation, ctx, act)


def remove(
    installation: Installation, ctx: Context, key: str, record_id: str, comment_id: str, version: int
) -> dict[str, Any]:
    """Take a comment back: that there was one stays to be seen. For its author and for administrators.

    Raises Forbidden, NotFound, Stale.
    """

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        require_visible(work, entity, record_id, "read")
        before = _need_present(work, record_id, comment_id, version)
        if before.author != ctx.actor.id and not ctx.actor.is_admin:
            raise Forbidden("delete", "comment", "not_yours", _COMMENT)
        gone = {"text": "", "files": [], "deleted_at": ctx.now, "deleted_by": ctx.actor.id}
        Comments(work.tx).change(before, ctx.now, gone)
        Files(work.tx).release([one["id"] for one in before.files], _place(comment_id))
        work.audit("delete", "comment", comment_id, {"entity": entity.key, "record": record_id})
        left = need_comment(work, record_id, comment_id)
        return Telling(work, [left]).comment(left)

    return writing(installation, ctx, act)


def _need_open(work: Work, entity: Entity, record_id: str) -> Record:
    record = require_visible(work, entity, record_id, "read")
    if not may_comment(work, entity, record):
        raise Forbidden("comment", entity.key, work.rights.why_not("comment", entity.key), entity.title)
    return record


def _need_present(work: Work, record_id: str, comment_id: str, version: int) -> Comment:
    found = need_comment(work, record_id, comment_id, lock=True)
    if found.deleted_at is not None:
        raise Conflict("comment_is_gone")
    if found.version != version:
        raise Stale(version, found.version)
    return found


def _new_people(before: Comment, text: str) -> tuple[str, ...]:
    known = set(mentioned(before.text))
    return tuple(one for one in mentioned(text) if one not in known)


def _blank(text: str, files: Sequence[object]) -> list[Problem]:
    return [] if text or files else [Problem("comment_empty", "/text")]


def _files(work: Work, ids: Sequence[str], comment_id: str) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Return files as they were stored, and a finding for each that the actor did not bring, or that something else holds."""
    if len(ids) > MOST_FILES:
        return [], [Problem("too_many_files", "/files", {"count": len(ids), "limit": MOST_FILES})]
    known = Files(work.tx).many(ids) if ids else {}
    problems = [
        Problem("file_not_yours", f"/files/{number}", {"field": _COMMENT})
        for number, one in enumerate(ids)
        if one not in known or not _is_free(work, known[one], comment_id)
    ]
    told = [known[one] for one in dict.fromkeys(ids) if one in known]
    shown = [{"id": one.id, "name": one.name, "size": one.size, "media_type": one.media_type} for one in told]
    return shown, problems


def _is_free(work: Work, file: StoredFile, comment_id: str) -> bool:
    if file.record_id is None:
        return file.uploaded_by == work.ctx.actor.id
    return file.field == _place(comment_id)


def _attach(work: Work, entity: Entity, said: Comment) -> None:
    if said.files:
        ids = [str(one["id"]) for one in said.files]
        Files(work.tx).attach(ids, entity.key, said.record_id, _place(said.id))


def _place(comment_id: str) -> str:
    """Return where a comment's files are held. No field is called so, and none closes it."""
    return f"comment:{comment_id}"
