"""Draining the outbox: what was decided is told to people outside, at least once, in the background."""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from engine.projection.texts import in_language
from engine.services.installation import Installation
from engine.services.ports import Call
from engine.services.ports import Message as Letter
from engine.storage.accounts import Accounts
from engine.storage.outbox import Message, Outbox

_log = logging.getLogger("formwork.outbox")

_REASONS: Mapping[str, Mapping[str, str]] = {
    "asked": {"zh-CN": "有一项审批等待您处理", "en": "An approval is waiting for you"},
    "copied": {"zh-CN": "有一份单据抄送给您", "en": "A document was copied to you"},
    "returned": {"zh-CN": "您的单据被退回", "en": "Your document came back to you"},
    "approved": {"zh-CN": "您的单据已通过", "en": "Your document was approved"},
    "rejected": {"zh-CN": "您的单据被驳回", "en": "Your document was rejected"},
    "withdrawn": {"zh-CN": "审批已被撤回", "en": "An approval was withdrawn"},
    "terminated": {"zh-CN": "审批已被终止", "en": "An approval was terminated"},
    "voided": {"zh-CN": "单据已作废", "en": "A document was made void"},
    "blocked": {"zh-CN": "有审批找不到审批人，需要您处理", "en": "An approval found nobody to ask and needs you"},
}


def drain(installation: Installation, limit: int = 50) -> int:
    """Send what is due and return how many messages were sent. What fails comes again later."""
    now = installation.clock.now()
    with installation.database.writing() as tx:
        leased = Outbox(tx).lease(now, limit=limit)
    sent: list[int] = []
    for message in leased:
        try:
            _TOPICS[message.topic](installation, message)
        except (OSError, KeyError) as error:
            _log.warning("message %s was not sent: %s", message.key, error)
            with installation.database.writing() as tx:
                Outbox(tx).failed(message, type(error).__name__, now)
        else:
            sent.append(message.id)
    if sent:
        with installation.database.writing() as tx:
            Outbox(tx).done(sent, now)
    return len(sent)


def _notify(installation: Installation, message: Message) -> None:
    payload: Mapping[str, Any] = message.payload
    with installation.database.reading() as tx:
        account = Accounts(tx).get(str(payload["user"]))
    if account is None or not account.active or "@" not in account.login:
        return
    subject = in_language(
        payload.get("text") or _REASONS.get(str(payload["reason"]), {"zh-CN": "Formwork"}), account.language
    )
    address = f"/r/{payload['entity']}/{payload['record']}" if payload.get("record") else "/"
    address += f"?comment={payload['comment']}" if payload.get("comment") else ""
    installation.mailer.send(Letter(account.login, subject, f"{account.name}: {subject}\n{address}\n", message.key))


def _call(installation: Installation, message: Message) -> None:
    """Call another system. Raises MissingSecret, an OSError, while its secret is not there."""
    payload: Mapping[str, Any] = message.payload
    secret = installation.settings.webhook_secrets.get(str(payload["secret"]), "")
    if not secret:
        raise MissingSecret(str(payload["secret"]))
    body = json.dumps(payload["body"], ensure_ascii=False, separators=(",", ":")).encode()
    installation.caller.call(Call(str(payload["url"]), body, secret, message.key), installation.clock.now())


class MissingSecret(OSError):
    """A secret that a configuration names is not in the environment; it may be tomorrow."""


_TOPICS: Mapping[str, Callable[[Installation, Message], None]] = {"notify": _notify, "call": _call}
