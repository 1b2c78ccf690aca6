"""Webhooks that come in: signed, fresh, judged like a form, and done once."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.definition import values as record_values
from engine.definition.automations import Automation
from engine.definition.model import Entity
from engine.errors import Forbidden, Invalid
from engine.problems import Problem, errors
from engine.services.automations.occasion import Occasion
from engine.services.automations.running import attempt
from engine.services.context import Context
from engine.services.evaluation import asking
from engine.services.installation import Installation
from engine.services.setup import SYSTEM
from engine.services.signatures import sign
from engine.services.work import Work, writing
from engine.storage.database import Transaction

WINDOW_SECONDS = 300
"""How far the sender's clock may be off, and so for how long a request could be sent again."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A request as it came: the raw body, and what the headers say."""

    body: bytes
    timestamp: str
    signature: str
    key: str


def receive(installation: Installation, request_id: str, name: str, delivery: Delivery) -> dict[str, Any]:
    """Do what a webhook asks for and return what came of it.

    Raises Forbidden `signature` for what is not signed with the webhook's secret or not fresh, without telling which, Invalid
    with every finding about the payload, and AutomationFailed.
    """
    with installation.database.reading() as tx:
        automation = _automation(installation, tx, name)
    _verify(installation, automation, name, delivery)
    # A request without a key of its own is known by its signature: within the window the same one is the same request.
    ctx = Context(
        actor=SYSTEM,
        now=installation.clock.now(),
        request_id=request_id,
        language=installation.settings.language,
        idempotency_key=f"{name}:{delivery.key or delivery.signature}"[:200],
        fingerprint=hashlib.sha256(delivery.body).hexdigest(),
    )

    def act(work: Work) -> dict[str, Any]:
        found = _automation(installation, work.tx, name)
        if found is None:
            raise Forbidden("call", name, "signature")
        payload = _payload(work, found, delivery.body)
        entity = work.entity(found.entity) if found.entity else None
        line = attempt(work, found, Occasion("webhook", entity, payload=payload), keeps=found.on_failure == "log")
        return {"run": line.id if line else None, "result": line.result if line else "skipped"}

    return writing(installation, ctx, act)


def _automation(installation: Installation, tx: Transaction, name: str) -> Automation | None:
    found = installation.configurations.in_force(tx, writing=False).configuration.automations.get(name)
    return found if found is not None and found.on.type == "webhook" else None


def _verify(installation: Installation, automation: Automation | None, name: str, delivery: Delivery) -> None:
    """Refuse what nobody with the secret has sent just now. Raises Forbidden."""
    secret = installation.settings.webhook_secrets.get(automation.on.secret, "") if automation else ""
    given = delivery.timestamp
    is_number = given.isascii() and given.isdigit() and len(given) <= 12
    fresh = is_number and abs(installation.clock.now().timestamp() - int(given)) <= WINDOW_SECONDS
    expected = sign(secret, given, delivery.body)
    if not (secret and fresh and hmac.compare_digest(expected.encode(), delivery.signature.encode())):
        raise Forbidden("call", name, "signature")


def _payload(work: Work, automation: Automation, body: bytes) -> Mapping[str, object]:
    """Return the declared fields of a payload as canonical values. Raises Invalid with every finding."""
    try:
        # A number is taken as it is written, never by way of a float.
        given = json.loads(body, parse_float=str)
    except (ValueError, RecursionError):
        raise Invalid([Problem("not_json")]) from None
    if not isinstance(given, dict):
        raise Invalid([Problem("wrong_type", params={"expected": {"zh-CN": "对象 {…}", "en": "an object {...}"}})])
    fields = automation.on.payload
    known = {field.name for field in fields}
    shape = Entity(automation.module, "payload", "payload", automation.title, "master", "", fields)
    declared = {key: value for key, value in given.items() if key in known}
    values, problems = record_values.accept(shape, declared)
    found = [*problems, *record_values.completeness(shape, values, asking(work))]
    if errors(found):
        raise Invalid(found)
    return {field.name: values.get(field.name) for field in fields}
