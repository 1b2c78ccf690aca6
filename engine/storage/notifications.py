"""What a person is told inside the product."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from engine.storage.conflict_free import insert_new
from engine.storage.database import Transaction
from engine.storage.system_tables import notifications


@dataclass(frozen=True, slots=True)
class Notification:
    """One thing told to one person; `kind` is a text with `params`. `key` keeps the same thing from being told twice."""

    id: str
    user_id: str
    kind: str
    key: str
    created_at: datetime
    entity: str = ""
    record_id: str | None = None
    instance_id: str | None = None
    params: Mapping[str, object] | None = None
    read_at: datetime | None = None


class Notifications:
    """Notifications, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, told: Sequence[Notification]) -> None:
        """Keep notifications; those whose key is there already are dropped."""
        rows = [asdict(one) | {"params": dict(one.params or {})} for one in told]
        insert_new(self._tx, notifications, rows, ["key"])

    def of(self, user_id: str, *, limit: int = 50, before: str | None = None) -> tuple[Notification, ...]:
        """Return a person's notifications, the newest first; `before` is the id of the last one seen."""
        query = select(notifications).where(notifications.c.user_id == user_id)
        query = query if before is None else query.where(notifications.c.id < before)
        found = self._tx.connection.execute(query.order_by(notifications.c.id.desc()).limit(limit))
        return tuple(Notification(**row._mapping) for row in found)

    def unread(self, user_id: str) -> int:
        """Return how many a person has not read."""
        here = (notifications.c.user_id == user_id, notifications.c.read_at.is_(None))
        return int(self._tx.connection.scalar(select(func.count()).select_from(notifications).where(*here)) or 0)

    def read(self, user_id: str, now: datetime, ids: Sequence[str] | None = None) -> None:
        """Note that a person has read some of theirs, or all."""
        statement = update(notifications).where(notifications.c.user_id == user_id, notifications.c.read_at.is_(None))
        statement = statement if ids is None else statement.where(notifications.c.id.in_(ids))
        self._tx.connection.execute(statement.values(read_at=now))
