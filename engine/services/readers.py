"""Who of some people may see a record: the same question as for the actor, asked in their place."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine.definition.model import Entity
from engine.services import accounts
from engine.services.context import Actor, Context
from engine.services.installation import Installation
from engine.services.reading import may_read_record, require_visible
from engine.services.work import Work, reading
from engine.storage.accounts import Account
from engine.storage.records import Record

OFFERED = 8
"""How many people a picker of readers offers: each of them is asked for."""


def as_person(work: Work, account: Account, roles: frozenset[str]) -> Work:
    """Return the use case as it would be for somebody else, in the same transaction."""
    one = account
    actor = Actor(one.id, one.name, one.login, one.language, one.is_admin, one.department_id, roles)
    return Work(work.installation, replace(work.ctx, actor=actor), work.tx, work.published)


def readers(work: Work, entity: Entity, record: Record, ids: Iterable[str]) -> Mapping[str, bool]:
    """Return of those people who are active whether they may read a record, by id; others are left out."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    roles = work.accounts.roles(wanted)
    return {
        one.id: may_read_record(as_person(work, one, roles.get(one.id, frozenset())), entity, record)
        for one in work.accounts.all(wanted)
        if one.active
    }


def search(installation: Installation, ctx: Context, key: str, record_id: str, text: str) -> dict[str, Any]:
    """Return a few people by name, log-in or pinyin initials, each with whether they may read a record. Raises NotFound."""
    found = accounts.search(installation, ctx, text, "")["items"]
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        record = require_visible(work, entity, record_id, "read")
        shown = [one for one in found if one["id"] != ctx.actor.id][:OFFERED]
        may = readers(work, entity, record, (one["id"] for one in shown))
        return {"items": [one | {"may_read": may.get(one["id"], False)} for one in shown]}
