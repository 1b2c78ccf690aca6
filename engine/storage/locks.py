"""Locks on keys that are no rows: the figure that a limit reads, the combination that must stay unique."""

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, text

from engine.storage.database import Transaction

_SHARED = "shared key"


def lock_key(tx: Transaction, key: str) -> None:
    """Wait until nobody else holds `key`, and hold it to the end of the transaction. Raises Busy."""
    lock_keys(tx, (key,))


def lock_keys(tx: Transaction, keys: Iterable[str]) -> None:
    """Hold several keys, taken in one order by everybody, so that no two wait for each other. Raises Busy.

    SQLite has one writer at a time anyway.
    """
    numbers = sorted({_number(key) for key in keys})
    if tx.dialect != "postgresql" or not numbers:
        return
    statement = text(
        "SELECT count(pg_advisory_xact_lock(k)) FROM (SELECT unnest(CAST(:numbers AS bigint[])) AS k ORDER BY 1) AS keys"
    )
    tx.connection.execute(statement, {"numbers": numbers})


def _number(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True)


def share_key(tx: Transaction, key: str) -> None:
    """Wait until nobody holds `key` alone, and keep everybody from doing so to the end of the transaction. Raises Busy."""
    if tx.dialect == "postgresql" and not tx.kept.get((_SHARED, key)):
        tx.connection.execute(text("SELECT pg_advisory_xact_lock_shared(:number)"), {"number": _number(key)})
        tx.kept[_SHARED, key] = True


def sharing(tx: Transaction, keys: Iterable[str]) -> list[ColumnElement[Any]]:
    """Return what shares keys as `share_key` does, for a statement that has something else to say as well.

    What the keys protect has to be read by a later statement: this one sees the moment before it waited.
    """
    if tx.dialect != "postgresql":
        return []
    names = sorted(set(keys))
    tx.kept.update({(_SHARED, key): True for key in names})
    return [func.pg_advisory_xact_lock_shared(_number(key)) for key in names]


def try_key(tx: Transaction, key: str, *, attempts: int, pause: float) -> bool:
    """Hold `key` alone to the end of the transaction, without ever standing in line for it; say whether that came to be.

    Somebody in line would hold up all who come to share the key.
    """
    if tx.dialect != "postgresql":
        return True
    asked = text("SELECT pg_try_advisory_xact_lock(:number)")
    for _ in range(attempts):
        if tx.connection.scalar(asked, {"number": _number(key)}):
            return True
        tx.connection.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": pause})
    return False
