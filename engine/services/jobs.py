"""Work in the background: started by a request, done in slices by a worker, told, cancelled and taken back by its owner.

A slice is one transaction: what it does and how far it came are stored together, so a worker that is killed loses the slice
it was at and nothing else, and the next one begins where the last slice ended.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from engine.definition.model import Text
from engine.errors import Busy, Conflict, FormworkError, NotFound
from engine.problems import Problem, describe, wording
from engine.projection.texts import in_language
from engine.services.accounts import load_actor
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.work import Work, reading, writing
from engine.storage.database import Transaction
from engine.storage.identifiers import new_id
from engine.storage.jobs import ENDS, LEASE, Job, JobItem, Jobs

MOST_ATTEMPTS = 5
"""A slice that was begun so often and never came to an end fails its job."""

BUSY_WAIT = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Slice:
    """What one slice did: rows dealt with, and those of them that failed.

    `cursor` is plain JSON, what the next slice begins from; None says that nothing is left. `result` is added to what the job
    tells at its end; `total` says how many rows there are, once that is known.
    """

    cursor: Mapping[str, Any] | None
    done: int = 0
    failed: int = 0
    items: Sequence[JobItem] = ()
    total: int | None = None
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobKind:
    """One kind of work. `step` does a slice, which should take about a second: on SQLite others wait to write meanwhile.

    A kind that only reads (`reads`) gets a transaction in which nothing can be changed; such a slice may be done twice.
    `undo` names the kind that takes a finished job back; it is given `{"job": id}`.
    """

    name: str
    title: Text
    step: Callable[[Work, Job], Slice]
    reads: bool = False
    undo: str = ""


Kinds = Mapping[str, JobKind]


def add(
    work: Work,
    kind: str,
    subject: str,
    given: Mapping[str, Any],
    *,
    undoes: str | None = None,
    total: int | None = None,
) -> Job:
    """Have a worker do something, as the actor and in the actor's language, once this use case is done."""
    ctx = work.ctx
    job = Job(
        id=new_id(),
        kind=kind,
        subject=subject,
        state="queued",
        owner=ctx.actor.id,
        language=ctx.language,
        given=dict(given),
        created_at=ctx.now,
        due_at=ctx.now,
        undoes=undoes,
        total=total,
    )
    Jobs(work.tx).add(job)
    return job


def finish(work: Work, job: Job, items: Sequence[JobItem], failed: int, result: Mapping[str, Any]) -> None:
    """Keep what became of a job that was done at once, by the use case that added it."""
    now = work.ctx.now
    values = {"state": "done", "done": len(items), "failed": failed, "result": dict(result), "started_at": now}
    Jobs(work.tx).advance(job, values | {"finished_at": now}, items)


def every(installation: Installation, ctx: Context, kinds: Kinds, before: str, limit: int) -> dict[str, Any]:
    """Return the actor's jobs, the newest first; `before` is the id of the last one seen."""
    with reading(installation, ctx) as work:
        found = Jobs(work.tx).page(owner=ctx.actor.id, before=before, limit=limit + 1)
        return {
            "items": [view(work, kinds, one) for one in found[:limit]],
            "next_cursor": found[limit - 1].id if len(found) > limit else None,
        }


def one(installation: Installation, ctx: Context, kinds: Kinds, job_id: str) -> dict[str, Any]:
    """Return a job as it stands. Raises NotFound."""
    with reading(installation, ctx) as work:
        return view(work, kinds, own(work, job_id))


def rows(installation: Installation, ctx: Context, job_id: str, outcome: str, after: int, limit: int) -> dict[str, Any]:
    """Return what became of the rows of a job, all or those with one outcome. Raises NotFound."""
    with reading(installation, ctx) as work:
        own(work, job_id)
        found = Jobs(work.tx).items(job_id, outcome=outcome, after=after, limit=limit + 1)
        shown = [
            {"number": one.number, "outcome": one.outcome, "record_id": one.record_id} | dict(one.details)
            for one in found[:limit]
        ]
        return {"items": shown, "next_cursor": str(found[limit - 1].number) if len(found) > limit else None}


def cancel(installation: Installation, ctx: Context, kinds: Kinds, job_id: str) -> dict[str, Any]:
    """End a job; what its slices did stays done. Raises Conflict `job_is_over`, NotFound."""

    def act(work: Work) -> dict[str, Any]:
        job = own(work, job_id)
        if not Jobs(work.tx).cancel(job.id, ctx.now):
            raise Conflict("job_is_over", {"state": job.state})
        return view(work, kinds, own(work, job_id))

    return writing(installation, ctx, act)


def undo(installation: Installation, ctx: Context, kinds: Kinds, job_id: str) -> dict[str, Any]:
    """Start the job that takes one back. Raises Conflict `job_cannot_be_undone`, NotFound."""

    def act(work: Work) -> dict[str, Any]:
        job = own(work, job_id)
        if not _can_undo(work.tx, kinds, job):
            raise Conflict("job_cannot_be_undone", {"state": job.state})
        made = add(work, kinds[job.kind].undo, job.subject, {"job": job.id}, undoes=job.id)
        return view(work, kinds, made)

    return writing(installation, ctx, act)


def own(work: Work, job_id: str) -> Job:
    """Return a job of the actor's; administrators have all. Raises NotFound."""
    job = Jobs(work.tx).get(job_id)
    if job is None or not (job.owner == work.ctx.actor.id or work.ctx.actor.is_admin):
        raise NotFound("job", job_id)
    return job


def view(work: Work, kinds: Kinds, job: Job) -> dict[str, Any]:
    """Return a job as it travels."""
    language = work.ctx.language
    kind = kinds.get(job.kind)
    names = ("id", "kind", "subject", "state", "owner", "total", "done", "failed", "undoes")
    moments = {name: getattr(job, name) for name in ("created_at", "started_at", "finished_at")}
    can = {"cancel": job.state not in ENDS, "undo": _can_undo(work.tx, kinds, job)}
    shown = {name: getattr(job, name) for name in names}
    shown |= {name: moment.isoformat() if moment else None for name, moment in moments.items()}
    return shown | {
        "title": in_language(kind.title, language) if kind else job.kind,
        "result": dict(job.result),
        "error": _error(job, language),
        "actions": [name for name, possible in can.items() if possible],
    }


def run_due(installation: Installation, kinds: Kinds) -> bool:
    """Do one slice of the job that has waited longest; False when nothing is due."""
    now = installation.clock.now()
    with installation.database.writing() as tx:
        job = Jobs(tx).take(now)
    if job is None:
        return False
    try:
        _do(installation, kinds, job, now)
    except Busy:
        _end(installation, job, {"due_at": now + BUSY_WAIT, "attempts": job.attempts - 1})
    except FormworkError as error:
        _fail(installation, job, error)
    return True


def report(work: Work, job: Job, done: int, total: int | None) -> None:
    """Tell in the middle of a long slice how far it is, and keep the slice from counting as dead.

    It is stored at once, beside the slice's own transaction. Where there is only one writer, a slice that writes tells
    nothing until its end; nobody can take it away from there meanwhile. Raises Conflict `job_is_over` for a cancelled job.
    """
    installation = work.installation
    if work.tx.dialect == "sqlite" and work.tx.writes:
        return
    values = {"done": done, "total": total, "due_at": installation.clock.now() + LEASE}
    with installation.database.writing() as tx:
        if not Jobs(tx).advance(job, values):
            raise Conflict("job_is_over", {"state": "cancelled"})


def _do(installation: Installation, kinds: Kinds, job: Job, now: datetime) -> None:
    kind = kinds.get(job.kind)
    actor = load_actor(installation, job.owner)
    if kind is None or actor is None or job.attempts > MOST_ATTEMPTS:
        raise Conflict("job_broken", {"attempts": job.attempts - 1})
    ctx = Context(actor, now, job.id, job.language, via=job.kind)
    if kind.reads:
        with reading(installation, ctx) as work:
            done = kind.step(work, job)
        _end(installation, job, _progress(job, done, now), done.items)
        return

    def act(work: Work) -> dict[str, Any]:
        done = kind.step(work, job)
        if not Jobs(work.tx).advance(job, _progress(job, done, now), done.items):
            raise Conflict("job_is_over", {"state": "cancelled"})
        return {}

    writing(installation, ctx, act)


def _progress(job: Job, done: Slice, now: datetime) -> dict[str, object]:
    values: dict[str, object] = {"done": job.done + done.done, "failed": job.failed + done.failed}
    values |= {"cursor": done.cursor, "result": {**job.result, **done.result}, "attempts": 0, "due_at": now}
    if done.total is not None:
        values["total"] = done.total
    return values | ({"state": "done", "finished_at": now} if done.cursor is None else {})


def _fail(installation: Installation, job: Job, error: FormworkError) -> None:
    found = [{"code": one.code, "pointer": one.pointer, "params": dict(one.params)} for one in error.problems[:100]]
    told = {"code": error.code, "params": dict(error.params), "problems": found}
    ended = {"state": "failed", "error": told, "finished_at": installation.clock.now()}
    _end(installation, job, ended)


def _end(installation: Installation, job: Job, values: Mapping[str, object], items: Sequence[JobItem] = ()) -> None:
    with installation.database.writing() as tx:
        Jobs(tx).advance(job, values, items)


def _can_undo(tx: Transaction, kinds: Kinds, job: Job) -> bool:
    kind = kinds.get(job.kind)
    if kind is None or not kind.undo or job.state not in ENDS or job.done <= job.failed:
        return False
    return all(other.state in ENDS - {"done"} for other in Jobs(tx).undone_by(job.id))


def _error(job: Job, language: str) -> dict[str, Any] | None:
    if job.error is None:
        return None
    text = wording(job.error["code"], job.error["params"], language)
    found = [Problem(one["code"], one["pointer"], one["params"]) for one in job.error["problems"]]
    problems = [
        {"code": one.code, "pointer": one.pointer, "params": dict(one.params), "detail": describe(one, language).text}
        for one in found
    ]
    return {"code": job.error["code"], "title": text.text, "detail": text.remedy, "problems": problems}
