"""Series numbers without gaps: the counter's row is locked until the document that got the number is stored, or nobody is."""

from sqlalchemy import select, text

from engine.storage.database import Transaction
from engine.storage.system_tables import series_counters

_NEXT = text(
    "INSERT INTO series_counter (key, value) VALUES (:key, :start + :more) "
    "ON CONFLICT (key) DO UPDATE SET value = series_counter.value + 1 + :more RETURNING value"
)


def next_number(tx: Transaction, key: str, start: int = 1) -> int:
    """Return the next number of a series, `start` for the first. Raises Busy."""
    return next_numbers(tx, key, 1, start)[0]


def next_numbers(tx: Transaction, key: str, count: int, start: int = 1) -> range:
    """Return the next `count` numbers of a series, in one statement. Raises Busy."""
    last = int(tx.connection.execute(_NEXT, {"key": key, "start": start, "more": count - 1}).scalar_one())
    return range(last - count + 1, last + 1)


def peek_number(tx: Transaction, key: str, start: int = 1) -> int:
    """Return the number that would come next, without taking it."""
    value = tx.connection.scalar(select(series_counters.c.value).where(series_counters.c.key == key))
    return start if value is None else int(value) + 1
