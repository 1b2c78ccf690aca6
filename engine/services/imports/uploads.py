"""A file on its way in: kept for who brought it, looked at, and what its columns are for."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePath
from typing import Any

from engine.definition.model import Entity
from engine.definition.rows import RowShape, row_shapes
from engine.errors import Invalid, NotFound
from engine.problems import Problem
from engine.projection.texts import in_language
from engine.services.context import Context
from engine.services.imports.cells import is_blank, shown
from engine.services.imports.lines import headers
from engine.services.imports.pointers import pointer_of
from engine.services.imports.targets import (
    LINK,
    LINK_TITLES,
    Target,
    normal,
    proposed,
    sheet_names,
    targets,
)
from engine.services.installation import Installation
from engine.services.work import Work, reading, writing
from engine.services.workbooks import OpenWorkbook, Row, SheetInfo
from engine.storage.files import Files, StoredFile
from engine.storage.identifiers import new_id
from engine.storage.import_choices import ImportChoices

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LOOKED_AT, SHOWN = 20, 6
"""Rows in which a header is looked for, and rows that are shown below it."""


def keep(installation: Installation, ctx: Context, key: str, name: str, chunks: Iterator[bytes]) -> dict[str, Any]:
    """Keep a file of records and return what it offers.

    Raises Invalid for what is no table, TooLarge, Forbidden, NotFound.
    """
    with reading(installation, ctx) as work:
        work.require("import", work.entity(key))
    clean = PurePath(name.replace("\\", "/")).name[-200:] or "file"
    place, size = installation.files.save(chunks, installation.settings.max_upload)
    with installation.files.open(place) as content:
        book = installation.workbooks.open(content, clean)
    stored = StoredFile(new_id(), clean, MEDIA, size, place, place, ctx.actor.id, ctx.now, key, None, "")

    def act(work: Work) -> dict[str, Any]:
        Files(work.tx).add(stored)
        return look(work, work.entity(key), stored, [], book)

    return writing(installation, ctx, act)


def preview(
    installation: Installation, ctx: Context, key: str, file_id: str, sheets: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what a file offers when its titles stand in other rows, or its sheets are for other sub-tables."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        work.require("import", entity)
        return look(work, entity, own_file(work, key, file_id), sheets)


def look(
    work: Work,
    entity: Entity,
    file: StoredFile,
    asked: Sequence[Mapping[str, Any]],
    book: OpenWorkbook | None = None,
) -> dict[str, Any]:
    """Return sheets with their titles, some rows and a proposal, and where columns may go."""
    known = targets(work, entity)
    remembered = ImportChoices(work.tx).get(work.ctx.actor.id, entity.key)
    wanted = {int(one["sheet"]): one for one in asked}
    book = book or load(work, file)
    sheets = [
        _sheet(entity, book, number, info, wanted.get(number, {}), known, remembered)
        for number, info in enumerate(book.sheets)
    ]
    language = work.ctx.language
    return {
        "file": file.id,
        "name": file.name,
        "size": file.size,
        "sheets": sheets,
        "targets": [_target(entity, one) for one in known.values()]
        + [{"path": LINK, "title": in_language(LINK_TITLES, language), "table": "", "type": "", "use": "link"}],
        "tables": [{"name": one.path, "title": _table_title(one, language)} for one in row_shapes(entity)],
        "keys": [list(key) for key in keys(entity, known)],
        "can": [action for action in ("create", "update", "submit") if work.rights.may(action, entity.key)],
    }


def keys(entity: Entity, known: Mapping[str, Target]) -> list[tuple[str, ...]]:
    """Return the fields, alone or together, by which a record can be found: what is unique first."""
    single = [(one.name,) for one in entity.fields if one.unique or one.type == "series"]
    found = [*(one.fields for one in entity.unique if not one.each), *single, (entity.display,)]
    usable = [key for key in found if all(path in known and not known[path].table for path in key)]
    return list(dict.fromkeys(usable))


def remember(work: Work, entity: Entity, titles: Mapping[str, str]) -> None:
    """Keep for the actor which title was for which path."""
    choices = ImportChoices(work.tx)
    kept = {
        **choices.get(work.ctx.actor.id, entity.key),
        **{normal(title): path for title, path in titles.items() if normal(title)},
    }
    choices.put(work.ctx.actor.id, entity.key, dict(list(kept.items())[-1000:]), work.ctx.now)


def own_file(work: Work, key: str, file_id: str) -> StoredFile:
    """Return a file that the actor brought for an entity. Raises NotFound."""
    found = Files(work.tx).get(file_id)
    if found is None or found.uploaded_by != work.ctx.actor.id or found.entity != key or found.record_id:
        raise NotFound("file", file_id)
    return found


def load(work: Work, file: StoredFile) -> OpenWorkbook:
    """Return what is in a file. Raises Invalid, NotFound."""
    with work.installation.files.open(file.place) as content:
        return work.installation.workbooks.open(content, file.name)


def titles_in(book: OpenWorkbook, sheet: int, header: int) -> list[str]:
    """Return the titles that stand in a row of a sheet. Raises Invalid where the file ends before."""
    rows = list(islice(book.rows(sheet), header))
    if len(rows) < header:
        raise Invalid([Problem("import_no_header", "/header", {"row": header})])
    return headers(rows, header)


def _sheet(
    entity: Entity,
    book: OpenWorkbook,
    number: int,
    info: SheetInfo,
    asked: Mapping[str, Any],
    known: Mapping[str, Target],
    remembered: Mapping[str, str],
) -> dict[str, Any]:
    rows = list(islice(book.rows(number), max(LOOKED_AT, int(asked.get("header") or 1)) + SHOWN))
    table = asked.get("table")
    if table is None:
        table = _table_of(entity, info, number)
    header = int(asked.get("header") or 0) or _header_row(rows, known, remembered, table)
    titles = headers(rows, header)
    width = max((len(row) for row in rows), default=0)
    titles += [""] * (width - len(titles))
    return {
        "sheet": number,
        "name": info.name,
        "rows": max(info.rows - header, 0),
        "header": header,
        "table": table,
        "titles": titles,
        "sample": [[shown(cell)[:80] for cell in row] for row in rows[header : header + SHOWN]],
        "columns": [
            {"column": place, "field": path} for place, path in enumerate(proposed(titles, known, remembered, table))
        ],
    }


def _table_of(entity: Entity, info: SheetInfo, number: int) -> str:
    """Return the sub-table that a sheet is named for; the first sheet has the records."""
    name = normal(info.name)
    named = [one for one in row_shapes(entity) if name in sheet_names(one)]
    # A title of its own may be that of another sub-table too; the longest way that fits a name is meant.
    return (
        min(named, key=lambda one: (name in map(normal, one.table.title.values()), len(one.chain))).path
        if number and named
        else ""
    )


def _table_title(shape: RowShape, language: str) -> str:
    return " / ".join(in_language(one.title, language) for one in shape.chain)


def _header_row(rows: list[Row], known: Mapping[str, Target], remembered: Mapping[str, str], table: str) -> int:
    """Return the row, from 1, whose cells are most likely titles: most known ones, else the first with two texts."""
    scores = []
    for number, row in enumerate(rows[:LOOKED_AT], 1):
        titles = [shown(cell).strip() for cell in row]
        scores.append((sum(bool(path) for path in proposed(titles, known, remembered, table)), -number))
    best = max(scores, default=(0, -1))
    if best[0]:
        return -best[1]
    texts = (sum(isinstance(cell, str) and not is_blank(cell) for cell in row) for row in rows[:LOOKED_AT])
    return next((number for number, count in enumerate(texts, 1) if count >= 2), 1)


def _target(entity: Entity, one: Target) -> dict[str, Any]:
    pointer = pointer_of(entity, one.field, "")
    shown_: dict[str, Any] = {"path": one.path, "title": one.title, "table": one.table, "type": one.field.type}
    shown_ |= {"use": one.use, "required": one.field.required, "to": pointer.shape if pointer else ""}
    return shown_
