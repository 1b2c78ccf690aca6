"""Draining the outbox: what was decided is told to people outside, at least once, in the background."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from engine.projection.texts import in_language
from engine.services.installation import Installation
from engine.services.ports import Message as Letter
from engine.storage.accounts import Accounts
from engine.storage.outbox import Message, Outbox

_log = logging.getLogger("formwork.outbox")
PAUSE_SECONDS = 2.0

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


def start_thread(installation: Installation) -> Callable[[], None]:
    """Drain the outbox in a thread of this process; return what stops it."""
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            try:
                idle = drain(installation) == 0
            except Exception:
                _log.exception("the outbox could not be drained")
                idle = True
            if idle:
                stop.wait(PAUSE_SECONDS)

    threading.Thread(target=work, name="formwork-outbox", daemon=True).start()
    return stop.set


def _notify(installation: Installation, message: Message) -> None:
    payload: Mapping[str, Any] = message.payload
    with installation.database.reading() as tx:
        account = Accounts(tx).get(str(payload["user"]))
    if account is None or not account.active or "@" not in account.login:
        return
    subject = in_language(_REASONS.get(str(payload["reason"]), {"zh-CN": "Formwork"}), account.language)
    address = f"/r/{payload['entity']}/{payload['record']}"
    installation.mailer.send(Letter(account.login, subject, f"{account.name}: {subject}\n{address}\n", message.key))


_TOPICS: Mapping[str, Callable[[Installation, Message], None]] = {"notify": _notify}
