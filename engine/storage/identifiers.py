"""Ids of records, and names of tables, columns and indexes."""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

LONGEST_NAME = 63
"""PostgreSQL cuts longer names silently."""

IdSource = Callable[[], str]
"""Gives another id each time that it is called."""


class _Ticks:
    """A clock that never shows the same twice: 4096 ticks in a millisecond."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        """Return a number that is larger than every one before."""
        with self._lock:
            self._last = max(self._last + 1, time.time_ns() // 1_000_000 << 12)
            return self._last


_ticks = _Ticks()


def new_id() -> str:
    """Return a UUID of version 7 (RFC 9562, section 5.7) as text, from the source in use here.

    Ids of one process rise strictly: 48 bits of milliseconds, then 12 bits that count within one.
    """
    return _source.get()()


@contextmanager
def ids_from(source: IdSource) -> Iterator[None]:
    """Take ids from another source meanwhile, in this thread only: what is made from a seed gets the same ids each time."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def version_7(ticks: int, tail: int) -> str:
    """Return the UUID of a tick (4096 of them are a millisecond since 1970) and 62 further bits."""
    head = (ticks >> 12) & (2**48 - 1)
    return str(UUID(int=head << 80 | 7 << 76 | (ticks & 0xFFF) << 64 | 2 << 62 | tail))


def _fresh() -> str:
    return version_7(_ticks.next(), secrets.randbits(62))


_source: ContextVar[IdSource] = ContextVar("ids", default=_fresh)


def table_name(*ids: str) -> str:
    """Return the name of a record table from stable ids: `r_orders__order`, of a sub-table `r_orders__order__lines`.

    Ids that hold the separator themselves get a hash, so that no two tables ever share a name.
    """
    name = "r_" + "__".join(ids)
    ambiguous = any("__" in part or part.endswith("_") for part in ids)
    return fitted(name, "/".join(ids) if ambiguous else "")


def index_name(prefix: str, table: str, columns: tuple[str, ...], *details: str) -> str:
    """Return the name of an index; it says all that the index is, so that another index has another name."""
    what = "/".join((table, *columns, *details))
    return fitted(f"{prefix}_{table}_{'_'.join(column.strip('_') for column in columns)}", what)


def fitted(name: str, distinct_by: str = "") -> str:
    """Return a name of at most 63 characters, made distinct by a hash where it is cut or where it is asked for."""
    if len(name) <= LONGEST_NAME and not distinct_by:
        return name
    digest = hashlib.sha256((distinct_by or name).encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9]}_{digest}"
