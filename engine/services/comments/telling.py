"""Who is told of a comment: those whom it mentions, and those who take part in its thread, as far as they may read it."""

from collections.abc import Iterable

from engine.definition.model import Entity, Text
from engine.services.comments.mentions import mentioned, with_names
from engine.services.readers import readers
from engine.services.work import Work
from engine.storage.comments import Comment, Comments
from engine.storage.identifiers import new_id
from engine.storage.notifications import Notification, Notifications
from engine.storage.outbox import NewMessage, Outbox
from engine.storage.records import Record

_MENTIONED: Text = {"zh-CN": "{author} 在“{entity}”的讨论中提到了您：{text}", "en": "{author} mentioned you in a discussion ({entity}): {text}"}  # fmt: skip
_ANSWERED: Text = {"zh-CN": "{author} 在您参与的“{entity}”讨论中发言：{text}", "en": "{author} wrote in a discussion you take part in ({entity}): {text}"}  # fmt: skip
_EXCERPT = 120


def tell(
    work: Work, entity: Entity, record: Record, said: Comment, people: Iterable[str], *, only_these: bool = False
) -> None:
    """Tell people of a comment, in the product and by mail: those who are mentioned, and unless `only_these` its thread."""
    called = [one for one in people if one != said.author]
    others = [] if only_these else [one for one in _participants(work, said) if one not in {*called, said.author}]
    # What somebody may not read any more is not told to them either.
    may = readers(work, entity, record, [*called, *others])
    words = _excerpt(work, said) if may else ""
    notices, letters = [], []
    for user in (one for one in (*called, *others) if may.get(one)):
        pattern = _MENTIONED if user in called else _ANSWERED
        text = {
            name: one.format(author=work.ctx.actor.name, entity=entity.title.get(name, entity.key), text=words)
            for name, one in pattern.items()
        }
        key, params = f"comment:{said.id}:{said.version}:{user}", {"text": text, "comment": said.id}
        notices.append(
            Notification(new_id(), user, "comment", key, work.ctx.now, entity.key, said.record_id, params=params)
        )
        told = {"user": user, "reason": "comment", "text": text, "entity": entity.key, "record": said.record_id}
        letters.append(NewMessage(key, "notify", told | {"comment": said.id}))
    if notices:
        Notifications(work.tx).add(notices)
        Outbox(work.tx).add(letters, work.ctx.now)


def _participants(work: Work, said: Comment) -> list[str]:
    if said.thread_id == said.id:
        return []
    root = Comments(work.tx).get(said.record_id, said.thread_id)
    return sorted(Comments(work.tx).authors(said.thread_id) | set(mentioned(root.text if root else "")))


def _excerpt(work: Work, said: Comment) -> str:
    people = mentioned(said.text)
    names = {one.id: one.name for one in work.accounts.all(people)} if people else {}
    text = " ".join(with_names(said.text, names).split())
    return f"{text[:_EXCERPT]}…" if len(text) > _EXCERPT else text or "📎"
