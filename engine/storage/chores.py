"""When what has to be done from time to time was done last, so that of several processes one does it."""

from datetime import datetime

from sqlalchemy import Column, Table, select, update

from engine.storage.conflict_free import insert_new
from engine.storage.database import Transaction
from engine.storage.system_tables import TEXT, metadata
from engine.storage.types import UtcDateTime

chores = Table(
    "chore",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("due_at", UtcDateTime(), nullable=False),
)


def is_due(tx: Transaction, name: str, now: datetime) -> bool:
    """Say whether a chore is due; one that was never done is."""
    due = tx.connection.scalar(select(chores.c.due_at).where(chores.c.name == name))
    return due is None or due <= now


def take(tx: Transaction, name: str, now: datetime, due: datetime) -> bool:
    """Take a chore that is due, so that nobody else does until `due`; False when somebody was quicker."""
    insert_new(tx, chores, [{"name": name, "due_at": now}], ["name"])
    mine = update(chores).where(chores.c.name == name, chores.c.due_at <= now).values(due_at=due)
    return bool(tx.connection.execute(mine).rowcount)
