"""Who did what: added to, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.storage.bundle_sql import Insert
from engine.storage.bundles import insert_later
from engine.storage.database import Transaction
from engine.storage.system_tables import audit_entries


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One deed. `kind` and `key` name what it was done to: an entity and a record, `account` and a user ..."""

    id: int
    at: datetime
    actor: str
    action: str
    kind: str
    key: str
    details: Mapping[str, object]
    request_id: str


class AuditLog:
    """The log, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def add(
        self,
        at: datetime,
        actor: str,
        action: str,
        kind: str,
        key: str,
        details: Mapping[str, object] | None = None,
        request_id: str = "",
    ) -> None:
        """Write one entry; `details` are plain JSON."""
        self.add_many(at, actor, action, kind, {key: details or {}}, request_id)

    def add_many(
        self,
        at: datetime,
        actor: str,
        action: str,
        kind: str,
        details: Mapping[str, Mapping[str, object]],
        request_id: str = "",
    ) -> None:
        """Write one entry for each key of `details`; they are sent with what else is put off."""
        shared = {"at": at, "actor": actor, "action": action, "kind": kind, "request_id": request_id}
        batch = [{**shared, "key": key, "details": dict(told)} for key, told in details.items()]
        insert_later(self._connection, _ENTRIES, batch)

    def of_request(self, request_id: str, kind: str, keys: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """Return by key what one request, or job, changed of some records; the last change of each."""
        table = audit_entries.c
        query = select(table.key, table.details).where(table.kind == kind, table.key.in_(keys))
        found = self._connection.execute(query.where(table.request_id == request_id).order_by(table.id))
        return {row[0]: row[1] for row in found}

    def recent(
        self, *, kind: str = "", key: str = "", actor: str = "", limit: int = 50, before: int | None = None
    ) -> tuple[AuditEntry, ...]:
        """Return entries, the newest first, narrowed by what is given; `before` is the id of the last one seen."""
        query = select(audit_entries).order_by(audit_entries.c.id.desc()).limit(limit)
        for column, wanted in (
            (audit_entries.c.kind, kind),
            (audit_entries.c.key, key),
            (audit_entries.c.actor, actor),
        ):
            query = query.where(column == wanted) if wanted else query
        if before is not None:
            query = query.where(audit_entries.c.id < before)
        return tuple(AuditEntry(**row._mapping) for row in self._connection.execute(query))


_ENTRIES = Insert(audit_entries, ("at", "actor", "action", "kind", "key", "details", "request_id"))
