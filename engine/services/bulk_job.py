"""Bulk requests in the background, and taking them back by what history says of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.definition import values as record_values
from engine.definition.model import Entity, Field
from engine.definition.rows import every_field
from engine.definition.values.differences import reverted
from engine.definition.values.keeping import is_guarded
from engine.definition.values.merging import merge
from engine.errors import Conflict, FormworkError
from engine.problems import Problem
from engine.services.batches import Batch, Wish, as_problems
from engine.services.bulk_operations import Bulk, Operation, Result
from engine.services.deleting import delete_record
from engine.services.jobs import JobKind, Slice, own
from engine.services.recycle_bin import restore_record
from engine.services.versions import state_at
from engine.services.work import Work
from engine.storage.audit import AuditLog
from engine.storage.jobs import Job, JobItem, Jobs
from engine.storage.records import Record

BULK, UNDO = "bulk", "bulk_undo"
STRETCH = 250


def given_of(operation: Operation) -> dict[str, Any]:
    """Return an operation as it waits."""
    names = ("op", "version", "values", "submit", "reason")
    return {name: value for name in names if (value := getattr(operation, name)) not in (None, {}, False, "")}


def as_item(result: Result, language: str) -> JobItem:
    """Return a result as it is kept."""
    told = result.view(language)
    details = {name: told[name] for name in ("status", "version", "problems")}
    return JobItem(result.row, "failed" if result.status == "refused" else "done", result.id or None, details)


def step(work: Work, job: Job) -> Slice:
    """Do the next rows that wait."""
    waiting = Jobs(work.tx).items(job.id, outcome="waiting", limit=STRETCH)
    operations = [Operation(one.number, id=one.record_id or "", **one.details) for one in waiting]
    results = Bulk(work, work.entity(job.subject), job.given["key"]).do(operations)
    return _slice(work, job, results, {"next": waiting[-1].number + 1} if len(waiting) == STRETCH else None)


def undo_step(work: Work, job: Job) -> Slice:
    """Take the next rows of a job back, the last one first."""
    undone = own(work, job.given["job"])
    before = (job.cursor or {}).get("before")
    items = Jobs(work.tx).items(
        undone.id, outcome="done", before=undone.done if before is None else before, limit=STRETCH
    )
    total = undone.done - undone.failed if before is None else None
    results = _Undoing(work, work.entity(undone.subject), undone).back(items)
    return _slice(work, job, results, {"before": items[-1].number} if len(items) == STRETCH else None, total)


def _slice(
    work: Work, job: Job, results: Sequence[Result], cursor: Mapping[str, Any] | None, total: int | None = None
) -> Slice:
    counts = dict(job.result.get("counts", {}))
    for one in results:
        counts[one.status] = counts.get(one.status, 0) + 1
    refused = sum(one.status == "refused" for one in results)
    items = [as_item(one, work.ctx.language) for one in results]
    return Slice(cursor, len(results), refused, items, total, {"counts": counts})


class _Undoing:
    """Takes back what a job did to records of one entity."""

    def __init__(self, work: Work, entity: Entity, undone: Job) -> None:
        self._work = work
        self._entity = entity
        self._undone = undone

    def back(self, items: Sequence[JobItem]) -> list[Result]:
        """Take rows back and return what became of each."""
        changed = [one for one in items if one.details["status"] == "updated"]
        results = {one.row: one for one in self._changed_back(changed)}
        for one in items:
            if one.number not in results:
                results[one.number] = self._alone(one)
        return [results[one.number] for one in items]

    def _changed_back(self, items: Sequence[JobItem]) -> list[Result]:
        if not items:
            return []
        work, entity = self._work, self._entity
        ids = [str(one.record_id) for one in items]
        records = work.records.get_many(entity.key, ids)
        told = AuditLog(work.tx).of_request(self._undone.id, entity.key, ids)
        wishes = [self._wish(one, records.get(str(one.record_id)), told.get(str(one.record_id), {})) for one in items]
        written = Batch(work, entity).write(wishes)
        return [Result(one.place, one.done, one.record_id, one.version, one.problems) for one in written]

    def _wish(self, item: JobItem, record: Record | None, change: Mapping[str, Any]) -> Wish:
        """Return what makes a record what it was; what others changed since stays, and is a refusal where it is the same."""
        key = str(item.record_id)
        if record is None:
            return Wish(item.number, {}, key)
        after = state_at(self._work, self._entity, record, int(item.details["version"]))
        if after is None or _touches_guarded(self._entity.fields, change):
            return Wish(item.number, {}, key, problems=(Problem("cannot_be_taken_back"),))
        before = reverted(self._entity.fields, after, change)
        theirs = record_values.dump(self._entity, record.values)
        merged = merge(self._entity.fields, after, theirs, before)
        problems = tuple(
            Problem("changed_by_another", params={"title": clash.field.title, "place": list(clash.place)})
            for clash in merged.clashes
        )
        return Wish(item.number, merged.values, key, record.version, problems)

    def _alone(self, item: JobItem) -> Result:
        work, entity, key = self._work, self._entity, str(item.record_id)
        try:
            with work.tx.savepoint():
                match item.details["status"]:
                    case "created":
                        delete_record(work, entity, key, int(item.details["version"]))
                        return Result(item.number, "deleted", key)
                    case "deleted":
                        record, _ = restore_record(work, entity, key)
                        return Result(item.number, "created", key, record.version)
                    case "unchanged":
                        return Result(item.number, "unchanged", key)
            raise Conflict("cannot_be_taken_back", {})
        except FormworkError as error:
            work.memo.clear()
            return Result(item.number, "refused", key, 0, as_problems(error))


def _touches_guarded(fields: Sequence[Field], change: Mapping[str, Any]) -> bool:
    """Say whether a change is about what is encrypted: history does not know its values."""
    names = {*change.get("before", {}), *change.get("after", {})}
    if any(is_guarded(field) for field in fields if field.name in names):
        return True
    rows = change.get("rows", {})
    return any(
        any(is_guarded(child) for _, child in every_field(field.fields))
        for field in fields
        if field.is_table and field.name in rows
    )


KINDS = (
    JobKind(BULK, {"zh-CN": "批量操作", "en": "Bulk change"}, step, undo=UNDO),
    JobKind(UNDO, {"zh-CN": "撤销批量操作", "en": "Taking a bulk change back"}, undo_step),
)
