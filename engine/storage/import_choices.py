"""What people chose for the columns of their files: kept for each person and entity, by the title of the column."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, Table, select

from engine.storage.conflict_free import insert_or_change
from engine.storage.database import Transaction
from engine.storage.system_tables import TEXT, metadata
from engine.storage.types import DOCUMENT, UtcDateTime

import_choices = Table(
    "import_choice",
    metadata,
    Column("user_id", TEXT, primary_key=True),
    Column("entity", TEXT, primary_key=True),
    Column("columns", DOCUMENT, nullable=False),
    Column("changed_at", UtcDateTime(), nullable=False),
)


class ImportChoices:
    """The choices, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def get(self, user_id: str, entity: str) -> Mapping[str, str]:
        """Return the path that each title was for the last time."""
        query = select(import_choices.c.columns).where(
            import_choices.c.user_id == user_id, import_choices.c.entity == entity
        )
        return self._tx.connection.scalar(query) or {}

    def put(self, user_id: str, entity: str, columns: Mapping[str, str], now: datetime) -> None:
        """Keep what titles are for."""
        row = {"user_id": user_id, "entity": entity, "columns": dict(columns), "changed_at": now}
        insert_or_change(self._tx, import_choices, [row], ("user_id", "entity"), ("columns", "changed_at"))
