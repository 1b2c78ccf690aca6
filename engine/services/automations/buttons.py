"""Buttons on the record page: who may press which, and what pressing does."""

from typing import Any

from engine.definition.automations import Automation
from engine.definition.model import Entity
from engine.errors import Conflict, Forbidden, NotFound, Stale
from engine.expressions import ExpressionError, evaluate
from engine.projection.rights import ADMIN
from engine.projection.texts import in_language
from engine.services.automations.occasion import of_record, sight
from engine.services.automations.running import run
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.reading import actions, record_view, require_visible
from engine.services.references import References
from engine.services.work import Work, reading, writing
from engine.storage.records import Record


def offered(installation: Installation, ctx: Context, key: str, record_id: str) -> dict[str, Any]:
    """Return the buttons that the actor may press on a record now, in their order. Raises NotFound."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        buttons = [one for one in work.configuration.automations_for(key) if one.on.type == "button"]
        record = require_visible(work, entity, record_id, "read")
        return {
            "items": [
                {"key": one.key, "title": in_language(one.on.title, ctx.language), "help": _help(one, ctx.language)}
                for one in buttons
                if _may_press(work, one, entity, record) and _is_fit(work, one, entity, record)
            ]
        }


def press(
    installation: Installation, ctx: Context, key: str, record_id: str, version: int, automation: str
) -> dict[str, Any]:
    """Press a button on the version of a record that the actor saw.

    Raises NotFound, Forbidden, Stale, AutomationFailed, and Conflict `button_not_now` where its condition does not hold.
    """

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        record = require_visible(work, entity, record_id, "read", lock=True)
        found = work.configuration.automations.get(automation)
        if found is None or found.entity != key or found.on.type != "button":
            raise NotFound("button", automation)
        if not _may_press(work, found, entity, record):
            raise Forbidden("press", entity.key, "no_grant", entity.title)
        if record.version != version:
            raise Stale(version, record.version)
        if not run(work, found, of_record(entity, record, "button")):
            raise Conflict("button_not_now", {"title": dict(found.on.title)})
        work.memo.clear()
        after = work.records.get(key, record_id)
        if after is None:
            raise NotFound(key, record_id)
        references = References(work)
        references.of_record(entity, after.values)
        return record_view(work, entity, after, references) | {"actions": actions(work, entity, after)}

    return writing(installation, ctx, act)


def _may_press(work: Work, automation: Automation, entity: Entity, record: Record) -> bool:
    """Say whether the actor is among those who may press it: by a role, and where `allow` holds."""
    on, actor = automation.on, work.ctx.actor
    held = actor.roles | ({ADMIN} if actor.is_admin else set())
    if on.roles and not actor.is_admin and not held & set(on.roles):
        return False
    return on.allow is None or _holds(work, on.allow, entity, record)


def _is_fit(work: Work, automation: Automation, entity: Entity, record: Record) -> bool:
    return automation.when is None or _holds(work, automation.when, entity, record)


def _holds(work: Work, condition: Any, entity: Entity, record: Record) -> bool:
    try:
        return evaluate(condition, sight(work, of_record(entity, record, "button"))) is True
    except ExpressionError:
        return False


def _help(automation: Automation, language: str) -> str:
    return in_language(automation.description, language) if automation.description else ""
