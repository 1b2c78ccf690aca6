"""Imports at work: the check that changes nothing, and the import itself, both in the background."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from engine.definition.model import Entity
from engine.services.batches import Batch, Written, depends_on_others
from engine.services.imports.choices import Choices, check_choices, read_choices
from engine.services.imports.findings import Findings
from engine.services.imports.lines import Entry, entries
from engine.services.imports.targets import targets
from engine.services.imports.uploads import load, own_file
from engine.services.imports.wishes import Reader
from engine.services.jobs import JobKind, Slice, report
from engine.services.work import Work
from engine.services.workbooks import OpenWorkbook
from engine.storage.jobs import Job, JobItem

STRETCH = 500
"""Records that are read and judged together."""
IN_A_SLICE = 1000
"""Records that are stored in one transaction where good rows are stored without the bad ones."""


class Run:
    """One import at work within a transaction. Raises Invalid for choices that do not fit any more, Forbidden."""

    def __init__(self, work: Work, job: Job, *, stores: bool, book: OpenWorkbook | None = None) -> None:
        self.work, self.job = work, job
        self.entity: Entity = work.entity(job.given["entity"])
        work.require("import", self.entity)
        self.choices: Choices = read_choices(job.given["choices"])
        self._known = targets(work, self.entity)
        self.book = book or _opened(work, job, self.entity)
        check_choices(work, self.entity, self.choices, self._known, self.book.sheets)
        self._reader = Reader(work, self.entity, self.choices, self._known)
        self._batch = Batch(work, self.entity, stores=stores, submits=self.choices.submit)
        self._findings = Findings(self._known, self.book.sheets, work.ctx.language)
        self._points_at_itself = depends_on_others(work, self.entity)
        info = self.book.sheets[self.choices.records.sheet]
        self.total = max(info.rows - self.choices.records.header, 0)

    def entries(self) -> Iterator[Entry]:
        """Yield the records of the file."""
        return entries(self.book, self.choices)

    def write(self, stretch: Sequence[Entry]) -> list[tuple[JobItem, Written]]:
        """Write, or only judge, some records and return what became of each."""
        size = 1 if self._points_at_itself else len(stretch)
        found = []
        for start in range(0, len(stretch), size or 1):
            part = stretch[start : start + size]
            written = self._batch.write(self._reader.wishes(part))
            found += [(self._item(entry, one), one) for entry, one in zip(part, written, strict=True)]
            if self._points_at_itself:
                self._reader.forget(self.entity.key)
        return found

    def _item(self, entry: Entry, written: Written) -> JobItem:
        compared = self._reader.compared(entry, written.values) if written.values is not None else ()
        return self._findings.item(entry, written, [problem for _, problem in compared])


def check(work: Work, job: Job) -> Slice:
    """Judge every record of a file in one look at the data; nothing is written."""
    return _whole(Run(work, job, stores=False), keep_good=False)


def rehearse(work: Work, job: Job) -> Slice:
    """Judge records that depend on each other: they are written, and all is taken back."""
    with work.tx.trial():
        found = _whole(Run(work, job, stores=True), keep_good=False)
    work.memo.clear()
    return found


def commit(work: Work, job: Job) -> Slice:
    """Write the records of a file: all of them at once or none, or slice by slice those that are good."""
    choices = read_choices(job.given["choices"])
    return _all_or_nothing(work, job) if choices.all_or_nothing else _good_ones(work, job)


def _all_or_nothing(work: Work, job: Job) -> Slice:
    with work.tx.trial() as keep:
        found = _whole(Run(work, job, stores=True), keep_good=True)
        if not found.failed:
            keep()
    if not found.failed:
        return found
    work.memo.clear()
    failed = [item for item in found.items if item.outcome == "failed"]
    result = {"created": 0, "updated": 0, "unchanged": 0, "refused": len(failed), "written": False}
    return Slice(None, found.done, len(failed), failed, found.total, result)


def _whole(run: Run, *, keep_good: bool) -> Slice:
    """Go through a whole file and return everything that was found."""
    items: list[JobItem] = []
    counts = {"created": 0, "updated": 0, "unchanged": 0, "refused": 0}
    done = 0
    source = run.entries()
    while stretch := list(islice(source, STRETCH)):
        for item, written in run.write(stretch):
            counts[written.done] += 1
            if keep_good or item.details["findings"]:
                items.append(item)
        done += len(stretch)
        report(run.work, run.job, done, max(run.total, done))
    return Slice(None, done, counts["refused"], items, done, counts | {"written": keep_good})


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that is being imported slice by slice: the number of the next record, and the records from there on."""

    next: int
    book: OpenWorkbook
    source: Iterator[Entry]


_OPEN: "OrderedDict[str, _Opened]" = OrderedDict()
"""By job: so that no slice reads the file again from its beginning."""
_MOST_OPEN = 4


def hand_over(job_id: str, book: OpenWorkbook, choices: Choices) -> None:
    """Keep a file that has just been read for the job that is about to read it, in this process."""
    _keep(job_id, _Opened(0, book, entries(book, choices)))


def _keep(job_id: str, opened: _Opened) -> None:
    _OPEN[job_id] = opened
    while len(_OPEN) > _MOST_OPEN:
        _OPEN.popitem(last=False)


def _opened(work: Work, job: Job, entity: Entity) -> OpenWorkbook:
    file = own_file(work, entity.key, job.given["file"])
    known = _OPEN.pop(job.id, None)
    return known.book if known is not None else load(work, file)


def _good_ones(work: Work, job: Job) -> Slice:
    start = int((job.cursor or {"next": 0})["next"])
    known = _OPEN.pop(job.id, None)
    # After a slice that was not stored the file is read again.
    known = known if known is not None and known.next == start else None
    run = Run(work, job, stores=True, book=known.book if known else None)
    source = known.source if known else islice(run.entries(), start, None)
    items: list[JobItem] = []
    counts = {name: int(job.result.get(name, 0)) for name in ("created", "updated", "unchanged", "refused")}
    stretch = list(islice(source, IN_A_SLICE))
    for item, written in run.write(stretch):
        counts[written.done] += 1
        items.append(item)
    done = start + len(stretch)
    is_over = len(stretch) < IN_A_SLICE
    if not is_over:
        _keep(job.id, _Opened(done, run.book, source))
    failed = sum(item.outcome == "failed" for item in items)
    cursor = None if is_over else {"next": done}
    return Slice(
        cursor, len(stretch), failed, items, done if is_over else max(run.total, done), counts | {"written": True}
    )


def _title(zh: str, en: str) -> dict[str, Any]:
    return {"zh-CN": zh, "en": en}


CHECK = JobKind("import_check", _title("检查导入文件", "Check of a file"), check, reads=True)
REHEARSAL = JobKind("import_rehearsal", _title("检查导入文件", "Check of a file"), rehearse)
COMMIT = JobKind("import", _title("导入", "Import"), commit)
KINDS = (CHECK, REHEARSAL, COMMIT)
