"""Series numbers without gaps: the counter's row is locked until the document that got the number is stored, or nobody is."""

from sqlalchemy import select, text

from engine.storage.database import Transaction
from engine.storage.system_tables import series_counters

_NEXT = text(
    "INSERT INTO series_counter (key, value) VALUES (:key, :start) "
    "ON CONFLICT (key) DO UPDATE SET value = series_counter.value + 1 RETURNING value"
)


def next_number(tx: Transaction, key: str, start: int = 1) -> int:
    """Return the next number of a series, `start` for the first. Raises Busy."""
    return int(tx.connection.execute(_NEXT, {"key": key, "start": start}).scalar_one())


def peek_number(tx: Transaction, key: str, start: int = 1) -> int:
    """Return the number that would come next, without taking it."""
    value = tx.connection.scalar(select(series_counters.c.value).where(series_counters.c.key == key))
    return start if value is None else int(value) + 1
