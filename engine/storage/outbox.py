"""Messages to the outside: written with the deed, sent after it, at least once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from engine.storage.bundle_sql import Insert
from engine.storage.bundles import insert_later
from engine.storage.database import Transaction
from engine.storage.system_tables import outbox_messages

MOST_ATTEMPTS = 10
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
_MESSAGES = Insert(outbox_messages, ("key", "topic", "payload", "created_at", "due_at", "attempts"), ("key",))


@dataclass(frozen=True, slots=True)
class NewMessage:
    """Something to send; a second one with the same `key` is dropped."""

    key: str
    topic: str
    payload: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Message:
    """A leased message; `attempts` counts this one."""

    id: int
    key: str
    topic: str
    payload: Mapping[str, object]
    attempts: int


class Outbox:
    """The messages, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, messages: Sequence[NewMessage], now: datetime) -> None:
        """Keep messages until they are sent."""
        rows = [
            {
                "key": one.key,
                "topic": one.topic,
                "payload": dict(one.payload),
                "created_at": now,
                "due_at": now,
                "attempts": 0,
            }
            for one in messages
        ]
        insert_later(self._tx.connection, _MESSAGES, rows)

    def lease(self, now: datetime, *, limit: int = 50, lease: timedelta = timedelta(minutes=1)) -> tuple[Message, ...]:
        """Take due messages. Who takes them has `lease` to say `done` or `failed`; then they are due again."""
        table = outbox_messages.c
        due = (table.due_at <= now, table.done_at.is_(None), table.failed_at.is_(None))
        query = select(table.id).where(*due).order_by(table.due_at, table.id).limit(limit)
        ids = list(self._tx.connection.scalars(query.with_for_update(skip_locked=True)))
        if not ids:
            return ()
        taken = update(outbox_messages).where(table.id.in_(ids)).values(due_at=now + lease, attempts=table.attempts + 1)
        columns = (table.id, table.key, table.topic, table.payload, table.attempts)
        found = self._tx.connection.execute(taken.returning(*columns))
        return tuple(sorted((Message(*row) for row in found), key=lambda message: message.id))

    def done(self, ids: Sequence[int], now: datetime) -> None:
        """Say that messages were sent."""
        self._tx.connection.execute(update(outbox_messages).where(outbox_messages.c.id.in_(ids)).values(done_at=now))

    def failed(self, message: Message, error: str, now: datetime) -> None:
        """Say that a message could not be sent: it comes again later, ever later, and after ten attempts no more."""
        values: dict[str, object] = {"error": error, "due_at": now + wait_after(message.attempts)}
        if message.attempts >= MOST_ATTEMPTS:
            values["failed_at"] = now
        self._tx.connection.execute(update(outbox_messages).where(outbox_messages.c.id == message.id).values(values))


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: 10 s, 20 s, 40 s ... at most an hour."""
    return min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)
