"""Answers to requests that carry an `Idempotency-Key`: the second one gets the answer of the first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from engine.errors import Conflict
from engine.storage.bundles import update_later
from engine.storage.conflict_free import insert_one
from engine.storage.database import Transaction
from engine.storage.head import LOCKED_NUMBER
from engine.storage.system_tables import stored_answers


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: an HTTP status, a JSON body, and headers that matter."""

    status: int
    body: object
    headers: Mapping[str, str]


def claim(tx: Transaction, actor: str, key: str, fingerprint: str, now: datetime) -> Answer | None:
    """Return the answer that was given before; None means: do it now, and `keep` the answer in this transaction.

    A second request waits here for the first one's end. What has to be done needs the publication in force, so the same
    statement locks it and tells the transaction its number. Raises Conflict `idempotency_key_reused` when the key came with
    another request, `request_in_progress` when its answer was never kept, and Busy.
    """
    row = {"actor": actor, "key": key, "fingerprint": fingerprint, "created_at": now}
    new = insert_one(tx, stored_answers, row, ["actor", "key"], LOCKED_NUMBER)
    if new is not None:
        tx.publication = new[0]
        return None
    table = stored_answers.c
    found = tx.connection.execute(select(stored_answers).where(table.actor == actor, table.key == key)).one()
    if found.fingerprint != fingerprint:
        raise Conflict("idempotency_key_reused", {"key": key})
    if found.status is None:
        raise Conflict("request_in_progress", {"key": key})
    return Answer(found.status, found.body, found.headers or {})


def keep(tx: Transaction, actor: str, key: str, answer: Answer) -> None:
    """Store the answer to a claimed request."""
    values = {"status": answer.status, "body": answer.body, "headers": dict(answer.headers)}
    update_later(tx.connection, stored_answers, values, {"actor": actor, "key": key})


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Remove answers that are older than a moment; return how many."""
    return tx.connection.execute(delete(stored_answers).where(stored_answers.c.created_at < moment)).rowcount
