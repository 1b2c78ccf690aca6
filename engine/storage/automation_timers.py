"""What automations are due by the clock: rows that are taken one at a time, with the work, in one transaction.

Whoever takes a row holds it until the work is committed, so it runs once even with several workers; a worker that is killed
has done nothing, and the row is due as before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, func, select, update

from engine.storage.automation_tables import timers, timers_set
from engine.storage.conflict_free import insert_new, insert_or_change
from engine.storage.database import Transaction

Kind = Literal["schedule", "date", "single"]
"""A schedule, a date of one record, or one record that a schedule has found."""


@dataclass(frozen=True, slots=True)
class Timer:
    """One row. `moment` is the one that it stands for, `fired_for` the last one for which it ran."""

    id: str
    automation: str
    kind: Kind
    record_id: str
    moment: datetime | None
    fired_for: datetime | None = None


class Timers:
    """The timers, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def take_due(self, now: datetime) -> Timer | None:
        """Return one timer that is due and that nobody else is working on, and hold it until the transaction ends."""
        query = select(timers).where(timers.c.due_at <= now).order_by(timers.c.due_at, timers.c.id).limit(1)
        found = self._tx.connection.execute(query.with_for_update(skip_locked=True)).first()
        return _timer(found._mapping) if found else None

    def of_record(self, record_id: str) -> dict[str, Timer]:
        """Return the timers of a record by id."""
        found = self._tx.connection.execute(select(timers).where(timers.c.record_id == record_id))
        return {row.id: _timer(row._mapping) for row in found}

    def all_ids(self, kind: Kind) -> dict[str, str]:
        """Return the automation of every timer of a kind, by the timer's id."""
        found = self._tx.connection.execute(select(timers.c.id, timers.c.automation).where(timers.c.kind == kind))
        return {str(one): str(automation) for one, automation in found}

    def get_many(self, ids: Sequence[str]) -> dict[str, Timer]:
        """Return timers by id."""
        found = self._tx.connection.execute(select(timers).where(timers.c.id.in_(ids))) if ids else ()
        return {row.id: _timer(row._mapping) for row in found}

    def put(self, changed: Iterable[Timer]) -> None:
        """Store timers; each is due at its moment."""
        rows = [_row(one) for one in changed]
        insert_or_change(self._tx, timers, rows, ["id"], ["moment", "due_at", "fired_for"])

    def add(self, added: Iterable[Timer]) -> None:
        """Store those timers that are not there yet."""
        insert_new(self._tx, timers, [_row(one) for one in added], ["id"])

    def try_again(self, timer_id: str, at: datetime) -> None:
        """Let a timer that could not be worked on come again later, for the same moment."""
        self._tx.connection.execute(update(timers).where(timers.c.id == timer_id).values(due_at=at))

    def remove(self, ids: Sequence[str]) -> None:
        """Remove timers."""
        if ids:
            self._tx.connection.execute(delete(timers).where(timers.c.id.in_(ids)))

    def remove_of_record(self, record_id: str) -> None:
        """Remove the timers of a record that is gone."""
        self._tx.connection.execute(delete(timers).where(timers.c.record_id == record_id))

    def next_due(self, automations: Sequence[str]) -> dict[str, datetime]:
        """Return when each of some automations is due next."""
        query = select(timers.c.automation, func.min(timers.c.moment)).where(
            timers.c.automation.in_(automations), timers.c.moment.is_not(None)
        )
        return {str(key): moment for key, moment in self._tx.connection.execute(query.group_by(timers.c.automation))}

    def are_set_for(self, publication: int) -> bool:
        """Say whether the timers of a publication were all set."""
        here = select(timers_set.c.at).where(timers_set.c.publication == publication)
        return self._tx.connection.execute(here).first() is not None

    def note_set(self, publication: int, now: datetime) -> None:
        """Note that the timers of a publication are all set."""
        insert_new(self._tx, timers_set, [{"publication": publication, "at": now}], ["publication"])


def _row(one: Timer) -> dict[str, object]:
    named = {name: getattr(one, name) for name in ("id", "automation", "kind", "record_id", "moment", "fired_for")}
    return named | {"due_at": one.moment}


def _timer(row: object) -> Timer:
    given = dict(row)  # type: ignore[call-overload]  # a row's mapping
    given.pop("due_at")
    return Timer(**given)
