"""Giving a record to others for reading, commenting or changing, and taking it back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from engine.definition.model import Entity, Text
from engine.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from engine.problems import Problem
from engine.projection.shares import ShareLevel, kept_fields, kept_text
from engine.services.access import access_on
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.reading import require_visible
from engine.services.shares.listing import levels, may_share, shown
from engine.services.work import Work, writing
from engine.storage.identifiers import new_id
from engine.storage.locks import lock_keys
from engine.storage.notifications import Notification, Notifications
from engine.storage.outbox import NewMessage, Outbox
from engine.storage.records import Record
from engine.storage.references import stable_key
from engine.storage.shares import ReceiverKind, Share, Shares

_TOLD: Text = {"zh-CN": "{by} 与您共享了一条“{entity}”{note}", "en": "{by} shared a record with you ({entity}){note}"}
_NOTE: Text = {"zh-CN": "：{note}", "en": ": {note}"}


def give(
    installation: Installation, ctx: Context, key: str, record_id: str, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Give a record to a person, role or department (`kind`, `id`), as far as `level` says, perhaps until a moment.

    Another share with the same receiver ends. Raises Invalid with every finding, Forbidden, NotFound.
    """

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        record = require_visible(work, entity, record_id, "read")
        if not may_share(work, entity, record):
            raise Forbidden("share", entity.key, work.rights.why_not("share", entity.key), entity.title)
        problems = [*_receiver_problems(work, given), *_term_problems(work, entity, record, given)]
        if problems:
            raise Invalid(problems)
        made = _share(work, entity, record, given)
        # Two who give the same record to the same person at once leave one share.
        lock_keys(work.tx, (f"share:{record_id}:{made.kind}:{made.receiver}",))
        for old in Shares(work.tx).of_record(record_id, ctx.now):
            if (old.kind, old.receiver) == (made.kind, made.receiver):
                Shares(work.tx).revoke(old.id, old.version, ctx.actor.id, ctx.now)
        Shares(work.tx).add(made)
        told = {"entity": entity.key, "record": record_id, "with": f"{made.kind}:{made.receiver}", "level": made.level}
        work.audit("create", "share", made.id, told)
        _tell(work, entity, made)
        [answer] = shown(work, [made], may=True)
        return answer

    return writing(installation, ctx, act)


def revoke(
    installation: Installation, ctx: Context, key: str, record_id: str, share_id: str, version: int
) -> dict[str, Any]:
    """Take a share back: for who gave it, and who may share the record. Raises Conflict, Forbidden, NotFound, Stale."""

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        record = require_visible(work, entity, record_id, "read")
        found = Shares(work.tx).get(record_id, share_id)
        if found is None:
            raise NotFound("share", share_id)
        if found.given_by != ctx.actor.id and not may_share(work, entity, record):
            raise Forbidden("share", entity.key, work.rights.why_not("share", entity.key), entity.title)
        if found.revoked_at is not None:
            raise Conflict("share_is_over")
        if found.version != version:
            raise Stale(version, found.version)
        Shares(work.tx).revoke(share_id, version, ctx.actor.id, ctx.now)
        work.audit("delete", "share", share_id, {"entity": entity.key, "record": record_id})
        return {"id": share_id}

    return writing(installation, ctx, act)


def _share(work: Work, entity: Entity, record: Record, given: Mapping[str, Any]) -> Share:
    return Share(
        id=new_id(),
        entity=stable_key(entity),
        record_id=record.id,
        kind=cast(ReceiverKind, given["kind"]),
        receiver=given["id"],
        level=cast(ShareLevel, given["level"]),
        fields=kept_text(kept_fields(entity, access_on(work, entity, record))),
        note=given["note"].strip(),
        expires_at=given["expires_at"],
        given_by=work.ctx.actor.id,
        given_at=work.ctx.now,
    )


def _receiver_problems(work: Work, given: Mapping[str, Any]) -> list[Problem]:
    kind, receiver = given["kind"], given["id"]
    if kind == "user":
        account = work.accounts.get(receiver)
        if account is not None and account.id == work.ctx.actor.id:
            return [Problem("share_with_oneself", "/id")]
        there = account is not None and account.active
    elif kind == "department":
        there = work.accounts.department(receiver) is not None
    else:
        there = receiver in {role.key for module in work.configuration.modules.values() for role in module.roles}
    return [] if there else [Problem("share_with_nobody", "/id", {"id": receiver})]


def _term_problems(work: Work, entity: Entity, record: Record, given: Mapping[str, Any]) -> list[Problem]:
    problems = []
    if given["level"] not in (known := levels(work, entity, record)):
        problems.append(Problem("share_too_far", "/level", {"level": given["level"], "known": list(known)}))
    expires: datetime | None = given["expires_at"]
    if expires is not None and expires <= work.ctx.now:
        problems.append(Problem("share_over_before", "/expires_at"))
    return problems


def _tell(work: Work, entity: Entity, made: Share) -> None:
    """Tell everybody to whom something was given, but not the one who gave it."""
    text = {
        name: pattern.format(
            by=work.ctx.actor.name,
            entity=entity.title.get(name, entity.key),
            note=_NOTE[name].format(note=made.note[:120]) if made.note else "",
        )
        for name, pattern in _TOLD.items()
    }
    now, where = work.ctx.now, (entity.key, made.record_id)
    people = {one: f"share:{made.id}:{one}" for one in _receivers(work, made) if one != work.ctx.actor.id}
    Notifications(work.tx).add(
        [Notification(new_id(), one, "share", key, now, *where, params={"text": text}) for one, key in people.items()]
    )
    told = {"reason": "share", "text": text, "entity": entity.key, "record": made.record_id}
    Outbox(work.tx).add([NewMessage(key, "notify", told | {"user": one}) for one, key in people.items()], now)


def _receivers(work: Work, made: Share) -> Sequence[str]:
    """Return the people whom a share reaches on the day on which it is given."""
    if made.kind == "user":
        return (made.receiver,)
    if made.kind == "role":
        return work.accounts.users_of_role(made.receiver)
    return work.accounts.users_below(made.receiver)
