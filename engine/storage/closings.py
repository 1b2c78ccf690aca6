"""Closed periods of ledgers: who closed which one, and that nothing is posted into it, not even at the same moment.

Who posts shares a lock on the ledger's books until the transaction ends; who closes or reopens takes it alone. The closer
never stands in line: one that waited would hold up everybody who posts after it, and two of those could meet in a circle.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Select, Table, delete, func, select

from engine.definition.closing import Closing
from engine.definition.model import Entity
from engine.errors import Busy, Invalid
from engine.problems import Problem
from engine.storage.conflict_free import insert_or_change
from engine.storage.database import Transaction
from engine.storage.locks import share_key, try_key
from engine.storage.record_tables import EntityTable
from engine.storage.references import stable_key
from engine.storage.system_tables import TEXT, accounts, metadata
from engine.storage.types import UtcDateTime

closed_periods = Table(
    "closed_period",
    metadata,
    Column("ledger", TEXT, primary_key=True),
    Column("part", TEXT, primary_key=True),
    Column("through", TEXT, nullable=False),
    Column("closed_by", TEXT, nullable=False),
    Column("closed_at", UtcDateTime(), nullable=False),
)
"""By ledger (its stable name) and part (the id of the record whose books they are, empty for all): the last closed period."""

ATTEMPTS = 40
_PAUSE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Closed:
    """The books of one part: closed up to `through`, by whom and when."""

    part: str
    through: str
    closed_by: str
    name: str
    closed_at: datetime


class Closings:
    """The closed periods of a ledger, within a transaction."""

    def __init__(self, tx: Transaction, place: EntityTable) -> None:
        self._tx = tx
        self._place = place
        self._key = stable_key(place.entity)

    def closed(self, parts: Iterable[str] | None = None) -> dict[str, Closed]:
        """Return what is closed, by part; of all parts where none are named."""
        table = closed_periods
        name = func.coalesce(accounts.c.name, table.c.closed_by)
        found = (
            select(table.c.part, table.c.through, table.c.closed_by, name, table.c.closed_at)
            .select_from(table.outerjoin(accounts, accounts.c.id == table.c.closed_by))
            .where(table.c.ledger == self._key)
        )
        chosen = found if parts is None else found.where(table.c.part.in_(sorted(set(parts))))
        return {row[0]: Closed(*row) for row in self._tx.connection.execute(chosen)}

    def take(self) -> None:
        """Keep everybody from posting until the transaction ends. Raises Busy where somebody keeps posting."""
        if not try_key(self._tx, books_key(self._place.entity), attempts=ATTEMPTS, pause=_PAUSE_SECONDS):
            raise Busy

    def share(self) -> None:
        """Keep everybody from closing until the transaction ends."""
        share_key(self._tx, books_key(self._place.entity))

    def close(self, part: str, through: str, actor: str, now: datetime) -> None:
        """Say that the books of a part are closed up to a period."""
        row = {"ledger": self._key, "part": part, "through": through, "closed_by": actor, "closed_at": now}
        changing = ("through", "closed_by", "closed_at")
        insert_or_change(self._tx, closed_periods, [row], ("ledger", "part"), changing)

    def forget(self, part: str) -> None:
        """Say that nothing of a part is closed."""
        table = closed_periods
        self._tx.connection.execute(delete(table).where(table.c.ledger == self._key, table.c.part == part))

    def pending(self, closing: Closing, part: str, until: date) -> int:
        """Return how many reserved entries of a part have a day up to one."""
        columns = self._place.columns
        query: Select[Any] = select(func.count()).where(columns["stage"] == "reserved", columns[closing.day] <= until)
        query = query.where(columns[closing.by] == part) if closing.by else query
        return int(self._tx.connection.scalar(query) or 0)

    def reserved(self, closing: Closing, source: str) -> list[tuple[date | None, str]]:
        """Return day and part of the reserved entries of a document."""
        columns = self._place.columns
        part = [columns[closing.by]] if closing.by else []
        query = select(columns[closing.day], *part).where(
            columns["source_id"] == source, columns["stage"] == "reserved"
        )
        return [(row[0], str(row[1]) if part else "") for row in self._tx.connection.execute(query.distinct())]


def books_key(ledger: Entity) -> str:
    """Return the key of a ledger's books, which who posts shares and who closes takes alone."""
    return f"closing|{stable_key(ledger)}"


def guard(tx: Transaction, place: EntityTable, places: Sequence[tuple[date | None, str]]) -> None:
    """Refuse to post into closed periods; what is open stays open until the transaction ends. Raises Invalid."""
    closing = place.entity.closing
    if closing is None or not places:
        return
    Closings(tx, place).share()
    refuse(tx, place, places)


def refuse(tx: Transaction, place: EntityTable, places: Sequence[tuple[date | None, str]]) -> None:
    """Refuse what is in closed periods; the books are shared already. Raises Invalid."""
    closing = place.entity.closing
    if closing is not None:
        closed = Closings(tx, place).closed(part for _, part in places)
        if found := list(refusals(place.entity, closing, places, closed)):
            raise Invalid(found)


def refusals(
    ledger: Entity, closing: Closing, places: Iterable[tuple[date | None, str]], closed: Mapping[str, Closed]
) -> Iterator[Problem]:
    """Yield a finding for each closed period that something would be posted into."""
    seen: set[tuple[str, str]] = set()
    for day, part in places:
        books, period = closed.get(part), closing.name_of(day) if day is not None else ""
        if books is not None and period and period <= books.through and (period, part) not in seen:
            seen.add((period, part))
            yield Problem("period_closed", params=told(ledger, closing, books, period))


def told(ledger: Entity, closing: Closing, books: Closed, period: str) -> dict[str, object]:
    """Return what a finding says of a closed period."""
    first = closing.first_of(closing.after(books.through))
    return {
        "ledger": ledger.title,
        "period": period,
        "part": books.part,
        "by": books.name,
        "at": books.closed_at.date().isoformat(),
        "open_from": first.isoformat(),
    }


def moved(tx: Transaction, place: EntityTable, entries: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Return reverse entries as they may be posted: those of closed periods in the next open one, where the ledger says so.

    `entries` have values by field name. Raises Invalid where it does not.
    """
    closing = place.entity.closing
    if closing is None or not entries:
        return entries
    parts = [(one[closing.day], str(one[closing.by]) if closing.by else "") for one in entries]
    if closing.reversal == "refuse":
        guard(tx, place, parts)
        return entries
    books = Closings(tx, place)
    books.share()
    closed = books.closed(part for _, part in parts)
    return [_opened(closing, one, day, closed.get(part)) for one, (day, part) in zip(entries, parts, strict=True)]


def _opened(closing: Closing, entry: Mapping[str, Any], day: date | None, books: Closed | None) -> Mapping[str, Any]:
    if day is None or books is None or closing.name_of(day) > books.through:
        return entry
    period = closing.after(books.through)
    named = {closing.period: period} if closing.period else {}
    return {**entry, closing.day: closing.first_of(period), **named}
