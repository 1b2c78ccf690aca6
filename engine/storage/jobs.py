"""Work in the background: kept until it is done, taken by one worker at a time, and never forgotten by one that died."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, insert, select, update

from engine.storage.conflict_free import insert_or_change
from engine.storage.database import Transaction
from engine.storage.job_tables import job_items, jobs

State = Literal["queued", "running", "done", "failed", "cancelled"]
Document = Mapping[str, Any]

ENDS = frozenset({"done", "failed", "cancelled"})
LEASE = timedelta(minutes=1)
"""How long a slice may take: then its worker counts as dead, and the slice is begun anew."""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work as it stands. `cursor` is where the next slice begins, None before the first."""

    id: str
    kind: str
    subject: str
    state: State
    owner: str
    language: str
    given: Document
    created_at: datetime
    due_at: datetime
    cursor: Document | None = None
    total: int | None = None
    done: int = 0
    failed: int = 0
    result: Document = field(default_factory=dict)
    error: Document | None = None
    undoes: str | None = None
    turn: int = 0
    attempts: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class JobItem:
    """What became of one row: `number` counts from 0, `details` are plain JSON."""

    number: int
    outcome: str
    record_id: str | None
    details: Document


class Jobs:
    """The jobs, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._connection = tx.connection

    def add(self, job: Job) -> None:
        """Keep a new job until a worker takes it."""
        self._connection.execute(insert(jobs).values(asdict(job)))

    def get(self, job_id: str) -> Job | None:
        """Return a job by id."""
        found = self._connection.execute(select(jobs).where(jobs.c.id == job_id)).first()
        return Job(**found._mapping) if found else None

    def page(self, *, owner: str = "", before: str = "", limit: int = 50) -> tuple[Job, ...]:
        """Return jobs, the newest first; `before` is the id of the last one seen."""
        query = select(jobs).order_by(jobs.c.id.desc()).limit(limit)
        query = query.where(jobs.c.owner == owner) if owner else query
        query = query.where(jobs.c.id < before) if before else query
        return tuple(Job(**row._mapping) for row in self._connection.execute(query))

    def undone_by(self, job_id: str) -> tuple[Job, ...]:
        """Return the jobs that take a job back."""
        return tuple(
            Job(**row._mapping) for row in self._connection.execute(select(jobs).where(jobs.c.undoes == job_id))
        )

    def take(self, now: datetime) -> Job | None:
        """Begin a slice of the job that has waited longest, None when nothing is due.

        It is the taker's for `LEASE`; then another one may take it.
        """
        due = (jobs.c.finished_at.is_(None), jobs.c.due_at <= now)
        query = select(jobs.c.id).where(*due).order_by(jobs.c.due_at, jobs.c.id).limit(1)
        job_id = self._connection.scalar(query.with_for_update(skip_locked=True))
        if job_id is None:
            return None
        begun = {"state": "running", "turn": jobs.c.turn + 1, "attempts": jobs.c.attempts + 1, "due_at": now + LEASE}
        self._connection.execute(update(jobs).where(jobs.c.id == job_id).values(begun))
        started = update(jobs).where(jobs.c.id == job_id, jobs.c.started_at.is_(None))
        self._connection.execute(started.values(started_at=now))
        return self.get(job_id)

    def advance(self, job: Job, values: Mapping[str, object], items: Sequence[JobItem] = ()) -> bool:
        """Write the end of a slice; False when the slice is not the taker's any more (cancelled, or begun by another)."""
        mine = (jobs.c.id == job.id, jobs.c.turn == job.turn, jobs.c.finished_at.is_(None))
        if not self._connection.execute(update(jobs).where(*mine).values(**values)).rowcount:
            return False
        rows = [_row(job.id, one) for one in items]
        insert_or_change(self._tx, job_items, rows, ("job_id", "number"), ("outcome", "record_id", "details"))
        return True

    def cancel(self, job_id: str, now: datetime) -> bool:
        """End a job before its time; False when it has come to its end already."""
        open_job = update(jobs).where(jobs.c.id == job_id, jobs.c.finished_at.is_(None))
        return bool(self._connection.execute(open_job.values(state="cancelled", finished_at=now)).rowcount)

    def plan(self, job_id: str, items: Sequence[JobItem]) -> None:
        """Keep rows that wait for a job; what becomes of them is written over them."""
        if items:
            self._connection.execute(insert(job_items), [_row(job_id, one) for one in items])

    def items(
        self, job_id: str, *, outcome: str = "", after: int = -1, before: int | None = None, limit: int = 200
    ) -> tuple[JobItem, ...]:
        """Return what became of rows after a number in their order, or of those before a number, the last first."""
        number = job_items.c.number
        query = select(*(job_items.c[name] for name in _ITEM)).where(job_items.c.job_id == job_id)
        query = query.where(job_items.c.outcome == outcome) if outcome else query
        way = query.where(number > after).order_by(number)
        if before is not None:
            way = query.where(number < before).order_by(number.desc())
        found = self._connection.execute(way.limit(limit))
        return tuple(JobItem(**row._mapping) for row in found)

    def places(self, *, ended_before: datetime | None = None) -> frozenset[str]:
        """Return the places in the file store at which jobs keep what they wrote: all, or those that ended before a moment."""
        place = jobs.c.result["place"].as_string()
        query = select(place).where(place.is_not(None))
        query = query.where(jobs.c.finished_at < ended_before) if ended_before else query
        return frozenset(self._connection.scalars(query))

    def forget_before(self, moment: datetime) -> int:
        """Remove jobs, with their rows, that ended before a moment; return how many."""
        return self._connection.execute(delete(jobs).where(jobs.c.finished_at < moment)).rowcount


_ITEM = ("number", "outcome", "record_id", "details")


def _row(job_id: str, item: JobItem) -> dict[str, object]:
    """Return the columns of an item: what happened stays as it is, where `asdict` would copy all that is in it."""
    return {"job_id": job_id, **{name: getattr(item, name) for name in _ITEM}}
