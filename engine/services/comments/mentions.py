"""People in the text of a comment: `@[id]`, so that two of the same name are told apart and a new name is shown everywhere."""

import re
from collections.abc import Iterable, Mapping

from engine.definition.model import Entity
from engine.problems import Problem
from engine.services.readers import readers
from engine.services.work import Work
from engine.storage.records import Record

MOST = 20
"""How many people one comment may mention: whether each may read the record is asked."""
_MENTION = re.compile(r"@\[([^\[\]\s]{1,80})\]")


def mentioned(text: str) -> tuple[str, ...]:
    """Return the ids of those whom a text mentions, each once."""
    return tuple(dict.fromkeys(_MENTION.findall(text)))


def with_names(text: str, names: Mapping[str, str]) -> str:
    """Return a text as people read it: with names for ids."""
    return _MENTION.sub(lambda found: f"@{names.get(found[1], found[1])}", text)


def mention_problems(work: Work, entity: Entity, record: Record, people: Iterable[str]) -> list[Problem]:
    """Return a finding for everybody who is not there, or who may not read the record."""
    wanted = list(people)
    if len(wanted) > MOST:
        return [Problem("too_many_mentions", "/text", {"count": len(wanted), "limit": MOST})]
    may = readers(work, entity, record, wanted)
    closed = [one for one in wanted if not may.get(one, True)]
    names = {one.id: one.name for one in work.accounts.all(closed)} if closed else {}
    return [
        *(Problem("mention_unknown", "/text", {"person": one}) for one in wanted if one not in may),
        *(Problem("mention_cannot_read", "/text", {"person": one, "name": names[one]}) for one in closed),
    ]
