"""An entity from a file: fields, form and table proposed, and kept in the draft of a module on request."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Any, BinaryIO

from engine.definition import check_documents
from engine.errors import Conflict, Invalid, NotFound
from engine.problems import Problem
from engine.services import drafts
from engine.services.accounts import require_admin
from engine.services.context import Context
from engine.services.imports.cells import is_blank, shown
from engine.services.imports.guessing import Guess, documents, free_name, guesses
from engine.services.installation import Installation
from engine.services.publications import with_draft
from engine.services.wording import problem_view
from engine.services.workbooks import OpenWorkbook, Workbooks
from engine.storage.head import number_in_force
from engine.storage.publications import Publications

LOOKED_AT = 2000
"""Rows from which types are guessed."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file could be: the documents by path, and how each column was understood. `header` counts from 1."""

    name: str
    header: int
    documents: dict[str, dict[str, Any]]
    columns: list[Guess]


def propose(
    workbooks: Workbooks, content: BinaryIO, file: str, module: str, *, name: str = "", title: str = ""
) -> Proposal:
    """Return what the first sheet of a file could be. Raises Invalid for what is no table or has no titles."""
    book = workbooks.open(content, file)
    info = book.sheets[0] if book.sheets else None
    header, titles = _titles(book)
    if info is None or not any(titles):
        raise Invalid([Problem("import_no_header", "/file", {"row": 1})])
    rows = [row for row in islice(book.rows(0), header, header + LOOKED_AT) if not all(map(is_blank, row))]
    stem = PurePath(file).stem
    said = title or (info.name if not info.name.lower().startswith(("sheet", "csv", "工作表")) else stem)
    chosen = name or free_name(said)
    found = guesses(titles, rows)
    return Proposal(chosen, header, documents(module, chosen, said, found), found)


def draft(
    installation: Installation,
    ctx: Context,
    module: str,
    file: str,
    chunks: Iterator[bytes],
    *,
    name: str = "",
    title: str = "",
    keep: bool = False,
) -> dict[str, Any]:
    """Return the proposal for a file, and keep it in the draft with `keep`. For administrators.

    Raises NotFound for an unknown module, Conflict `entity_exists` when the name is taken, Invalid, TooLarge.
    """
    require_admin(ctx, "update", "draft")
    place, _ = installation.files.save(chunks, installation.settings.max_upload)
    with installation.files.open(place) as content:
        found = propose(installation.workbooks, content, file, module, name=name, title=title)
    with installation.database.reading() as tx:
        number = number_in_force(tx, writing=False) or 0
        known = with_draft(tx, dict(Publications(tx).get(number).documents) if number else {})
    if f"{module}/module.json" not in known:
        raise NotFound("module", module)
    if taken := [path for path in found.documents if path in known]:
        raise Conflict("entity_exists", {"name": found.name, "path": taken[0]})
    problems = [one for one in check_documents({**known, **found.documents}) if one.file in found.documents]
    if keep:
        for path, document in found.documents.items():
            drafts.put(installation, ctx, path, document)
    return {
        "name": found.name,
        "entity": f"{module}.{found.name}",
        "header": found.header,
        "kept": keep,
        "documents": found.documents,
        "problems": [problem_view(one, ctx.language) for one in problems],
        "columns": [
            {"column": one.column, "title": one.title, "name": one.name, "type": one.type}
            | {"required": one.required, "unique": one.unique}
            for one in found.columns
        ],
    }


def _titles(book: OpenWorkbook) -> tuple[int, list[str]]:
    """Return the first row that has most texts of the first ten, counted from 1, and what it says."""
    rows = [list(row) for row in islice(book.rows(0), 10)] if book.sheets else []
    texts = [sum(isinstance(cell, str) and not is_blank(cell) for cell in _distinct(row)) for row in rows]
    if not texts or not max(texts):
        return 0, []
    header = texts.index(max(texts))
    return header + 1, [shown(cell).strip() for cell in rows[header]]


def _distinct(row: list[Any]) -> list[Any]:
    """Return the cells of a row without repetition: a merged title says the same in all of its cells."""
    return list(dict.fromkeys(row))
