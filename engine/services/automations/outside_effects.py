"""What automations tell people and other systems: put into the outbox with the deed, each under a key of its own."""

from collections.abc import Iterable

from engine.definition import values as record_values
from engine.expressions import evaluate
from engine.expressions.values import identity
from engine.projection.rights import ADMIN
from engine.services.automations.record_effects import Task, asked_places
from engine.services.filters import to_json
from engine.storage.identifiers import new_id
from engine.storage.notifications import Notification, Notifications
from engine.storage.outbox import NewMessage, Outbox


def notify(task: Task) -> None:
    """Tell people, in the product and by mail where they have an address."""
    told, letters, ctx = [], [], task.work.ctx
    entity, record_id = task.occasion.entity, task.occasion.record_id
    for number, (_, env) in enumerate(asked_places(task)):
        text = record_values.filled_text(task.effect.text, task.effect.holes, env)
        for user in dict.fromkeys(_people(task, env)):
            key = f"{task.run}:{task.number}:{number}:{user}"
            place = entity.key if entity else ""
            told.append(
                Notification(new_id(), user, "automation", key, ctx.now, place, record_id, params={"text": text})
            )
            payload = {"user": user, "reason": "automation", "text": text, "entity": place, "record": record_id}
            letters.append(NewMessage(key, "notify", payload))
    if told:
        Notifications(task.work.tx).add(told)
        Outbox(task.work.tx).add(letters, ctx.now)


def call(task: Task) -> None:
    """Have another system called once this is committed."""
    calls = []
    for number, (_, env) in enumerate(asked_places(task)):
        body = {name: to_json(identity(evaluate(value, env))) for name, value in task.effect.values.items()}
        payload = {"url": task.effect.url, "secret": task.effect.secret, "body": body}
        calls.append(NewMessage(f"{task.run}:{task.number}:{number}", "call", payload))
    if calls:
        Outbox(task.work.tx).add(calls, task.work.ctx.now)


def _people(task: Task, env: object) -> Iterable[str]:
    accounts = task.work.accounts
    for who in task.effect.to:
        if who.role:
            yield from accounts.admins() if who.role == ADMIN else accounts.users_of_role(who.role)
        elif who.user is not None:
            value = evaluate(who.user, env)  # type: ignore[arg-type]  # an environment
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    yield str(identity(one))
