"""Asking for a file of records: a short list at once, a long one in the background; only who asked may fetch it."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, cast

from engine.definition.model import Entity
from engine.definition.rows import every_field
from engine.errors import Conflict, NotFound
from engine.projection.texts import in_language
from engine.services import jobs
from engine.services.context import Context
from engine.services.exports.columns import Style
from engine.services.exports.writing import Export, Rows, write
from engine.services.imports.uploads import MEDIA
from engine.services.installation import Installation
from engine.services.jobs import JobKind, Kinds, Slice, report
from engine.services.listing import asked
from engine.services.work import Work, reading, writing
from engine.services.workbooks import Format
from engine.storage.conditions import And, Leaf
from engine.storage.jobs import Job
from engine.storage.queries import Queries, Query

AT_ONCE = 2000
"""Records that are written while the person waits."""
LARGEST = 4 * 2**30
_TYPES: Mapping[Format, str] = {"xlsx": MEDIA, "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Finished:
    """A file on its way out."""

    content: BinaryIO
    name: str
    type: str
    size: int


def ask(
    installation: Installation, ctx: Context, kinds: Kinds, key: str, given: Mapping[str, Any], address: str
) -> Finished | dict[str, Any]:
    """Return the file of a list, or the job that writes it.

    `given` is what a list takes, with `format`, `rows` and `ids`. Raises Invalid, Forbidden, NotFound.
    """
    told = {**given, "entity": key, "address": address}
    with reading(installation, ctx) as work:
        export = _export(work, told)
        if Queries(work.tx, work.tables).count(key, export.query, at_most=AT_ONCE + 1) <= AT_ONCE:
            target = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed by who sends it
            write(work, export, target, lambda _: None)
            size = target.tell()
            target.seek(0)
            finished = Finished(target, file_name(work, export.entity, export.kind), _TYPES[export.kind], size)
        else:
            finished = None
    if finished is not None:
        _note(installation, ctx, key, told)
        return finished

    def act(work: Work) -> dict[str, Any]:
        return jobs.view(work, kinds, jobs.add(work, KIND.name, key, told))

    return writing(installation, ctx, act)


def fetch(installation: Installation, ctx: Context, job_id: str) -> Finished:
    """Return what a job wrote, to who asked for it. Raises Conflict `export_not_ready`, NotFound."""
    with reading(installation, ctx) as work:
        job = jobs.own(work, job_id)
        if job.kind != KIND.name or job.owner != ctx.actor.id:
            raise NotFound("job", job_id)
        if job.state != "done":
            raise Conflict("export_not_ready", {"state": job.state})
        # Who has lost the right meanwhile does not get the file any more.
        work.require("export", work.entity(job.given["entity"]))
    kind = cast(Format, job.given["format"])
    content = installation.files.open(job.result["place"])
    return Finished(content, job.result["name"], _TYPES[kind], job.result["size"])


def step(work: Work, job: Job) -> Slice:
    """Write the file of a job; the data are seen as they were at one moment."""
    export = _export(work, job.given)
    total = Queries(work.tx, work.tables).count(export.entity.key, export.query, at_most=10_000_000)
    report(work, job, 0, total)
    with tempfile.TemporaryFile() as target:
        count = write(work, export, target, lambda done: report(work, job, done, total))
        target.seek(0)
        chunks: Iterator[bytes] = iter(lambda: target.read(2**20), b"")
        place, size = work.installation.files.save(chunks, LARGEST)
    _note(work.installation, work.ctx, export.entity.key, job.given)
    result = {"place": place, "size": size, "name": file_name(work, export.entity, export.kind), "count": count}
    return Slice(None, count, total=count, result=result)


KIND = JobKind("export", {"zh-CN": "导出", "en": "Export"}, step, reads=True)


def _export(work: Work, given: Mapping[str, Any]) -> Export:
    entity = work.entity(given["entity"])
    work.require("export", entity)
    closed = work.rights.query_access(entity)
    # Rows go out as they are, so of shared records only those whose rows are open.
    inside = [path for path, _ in every_field(entity.tables) if path not in closed] if given["rows"] != "none" else []
    query, paths = asked(work, entity, given, given["filter"], inside)
    ids = tuple(given["ids"])
    if ids:
        chosen = Leaf("id", "in", ids)
        query = _with(query, chosen)
    kind = cast(Format, given["format"])
    rows = cast(Rows, given["rows"])
    style = Style(work.ctx.language, work.timezone, given["address"])
    return Export(
        entity,
        replace(query, also=work.scopes("export", entity)),
        paths,
        kind,
        "repeated" if kind == "csv" and rows == "sheets" else rows,
        style,
    )


def _with(query: Query, chosen: Leaf) -> Query:
    return replace(query, where=And((query.where, chosen)) if query.where is not None else chosen)


def _note(installation: Installation, ctx: Context, key: str, given: Mapping[str, Any]) -> None:
    """Write down who took which records out."""
    told = {name: given[name] for name in ("view", "filter", "q", "fields_", "format", "rows")}

    def act(work: Work) -> dict[str, Any]:
        work.audit("export", "export", key, told)
        return {}

    writing(installation, Context(ctx.actor, ctx.now, ctx.request_id, ctx.language), act)


def file_name(work: Work, entity: Entity, kind: Format) -> str:
    """Return what a file of records is called: by the entity and the day."""
    day = work.ctx.now.astimezone(work.timezone).date().isoformat()
    return f"{in_language(entity.title, work.ctx.language)} {day}.{kind}"
