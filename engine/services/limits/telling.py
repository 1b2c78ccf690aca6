"""Telling people that a limit was crossed: in the product and by mail, with the deed and each under a key of its own."""

from collections.abc import Iterable

from engine.definition.model import Limit, Measure
from engine.expressions import Environment, evaluate
from engine.expressions.values import identity
from engine.projection.rights import ADMIN
from engine.services.work import Work
from engine.storage.identifiers import new_id
from engine.storage.limits import Alert
from engine.storage.notifications import Notification, Notifications
from engine.storage.outbox import NewMessage, Outbox
from engine.storage.teams import holders


def tell(work: Work, measure: Measure, limit: Limit, alert: Alert, env: Environment) -> None:
    """Tell those whom a limit names; the first dimension that is a record is what the notice leads to."""
    told, letters = [], []
    entity, record = _place(work, measure, limit, env)
    for user in dict.fromkeys(_people(work, measure, limit, env)):
        key = f"limit:{alert.id}:{user}"
        params = {"text": dict(alert.text)}
        told.append(Notification(new_id(), user, "limit", key, work.ctx.now, entity, record, params=params))
        payload = {"user": user, "reason": "limit", "text": dict(alert.text), "entity": entity, "record": record}
        letters.append(NewMessage(key, "notify", payload))
    if told:
        Notifications(work.tx).add(told)
        Outbox(work.tx).add(letters, work.ctx.now)


def _place(work: Work, measure: Measure, limit: Limit, env: Environment) -> tuple[str, str | None]:
    for one in measure.dimensions:
        value = env.values.get(one.name) if one.name in limit.by else None
        if one.to in work.configuration.entities and value is not None:
            return one.to, str(value)
    return "", None


def _people(work: Work, measure: Measure, limit: Limit, env: Environment) -> Iterable[str]:
    for who in limit.to:
        if who.role:
            yield from work.accounts.admins() if who.role == ADMIN else work.accounts.users_of_role(who.role)
        elif who.project_role:
            record = env.values.get(who.of)
            to = next(one.to for one in measure.dimensions if one.name == who.of)
            if record is not None and to in work.configuration.entities:
                yield from holders(work.tx, work.tables, to, str(record), who.project_role)
        elif who.user is not None:
            value = evaluate(who.user, env)
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    yield str(identity(one))
