"""Starting an import and coming back to it: the check, the import, what they found, and the workbook of bad rows."""

import io
from collections.abc import Mapping
from typing import Any

from engine.definition.model import Entity
from engine.errors import NotFound
from engine.services import jobs
from engine.services.batches import depends_on_others
from engine.services.context import Context
from engine.services.imports.choices import Choices, check_choices, read_choices
from engine.services.imports.error_workbook import write_errors
from engine.services.imports.running import CHECK, COMMIT, REHEARSAL, hand_over
from engine.services.imports.targets import targets
from engine.services.imports.uploads import load, look, own_file, remember, titles_in
from engine.services.installation import Installation
from engine.services.jobs import Kinds
from engine.services.work import Work, reading, writing
from engine.services.workbooks import OpenWorkbook
from engine.storage.jobs import Job

_NAMES = frozenset({CHECK.name, REHEARSAL.name, COMMIT.name})


def start(
    installation: Installation, ctx: Context, kinds: Kinds, key: str, given: Mapping[str, Any], *, commits: bool
) -> dict[str, Any]:
    """Have a file checked, or imported, in the background and return the job.

    What the columns are for is remembered for the next file. Raises Invalid with every mistake of the choices.
    """

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        work.require("import", entity)
        choices = read_choices(given)
        book = load(work, own_file(work, key, given["file"]))
        check_choices(work, entity, choices, targets(work, entity), book.sheets)
        remember(work, entity, _titles(book, choices))
        told = {"entity": key, "file": given["file"], "choices": choices.to_json()}
        made = jobs.add(work, _kind(work, entity, choices, commits=commits), key, told)
        if installation.settings.embedded_worker:
            hand_over(made.id, book, choices)
        return jobs.view(work, kinds, made)

    return writing(installation, ctx, act)


def resume(installation: Installation, ctx: Context, kinds: Kinds, key: str, job_id: str) -> dict[str, Any]:
    """Return a check or an import with its file and choices, for who comes back to it. Raises NotFound."""
    with reading(installation, ctx) as work:
        job = _own(work, key, job_id)
        entity = work.entity(key)
        file = own_file(work, key, job.given["file"])
        asked = [
            {"sheet": one["sheet"], "header": one["header"], "table": one["table"]}
            for one in job.given["choices"]["sheets"]
        ]
        shown = {"job": jobs.view(work, kinds, job), "choices": job.given["choices"]}
        return shown | {"source": look(work, entity, file, asked)}


def error_workbook(installation: Installation, ctx: Context, key: str, job_id: str) -> tuple[io.BytesIO, str]:
    """Return the rows that were refused, with their reasons, as a workbook that can be imported again; and its name."""
    with reading(installation, ctx) as work:
        job = _own(work, key, job_id)
        file = own_file(work, key, job.given["file"])
        target = io.BytesIO()
        write_errors(work, job, load(work, file), read_choices(job.given["choices"]), target)
        target.seek(0)
        stem = file.name.rpartition(".")[0] or file.name
        return target, f"{stem} - {'错误' if ctx.language == 'zh-CN' else 'errors'}.xlsx"


def _own(work: Work, key: str, job_id: str) -> Job:
    job = jobs.own(work, job_id)
    if job.kind not in _NAMES or job.subject != key:
        raise NotFound("job", job_id)
    return job


def _kind(work: Work, entity: Entity, choices: Choices, *, commits: bool) -> str:
    if commits:
        return COMMIT.name
    everywhere = all(
        scope.kind in {"all", "own", "shared"}
        for action in ("create", "update")
        for scope in work.scopes(action, entity)
    )
    # What can only be known once records are stored is found out by storing them, and taking that back.
    needs_storing = choices.submit or depends_on_others(work, entity) or not everywhere
    return REHEARSAL.name if needs_storing else CHECK.name


def _titles(book: OpenWorkbook, choices: Choices) -> dict[str, str]:
    found: dict[str, str] = {}
    for sheet in choices.sheets:
        titles = titles_in(book, sheet.sheet, sheet.header)
        found |= {titles[one.column]: one.field for one in sheet.columns if one.column < len(titles)}
    return found
