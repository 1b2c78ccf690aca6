"""The workbook of what was refused: the original cells, the reasons and the row they had; mended, it is imported again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, BinaryIO

from engine.services.imports.cells import shown
from engine.services.imports.choices import Choices
from engine.services.imports.findings import column_letters, reasons
from engine.services.imports.lines import headers
from engine.services.work import Work
from engine.services.workbooks import Broken, Cell, OpenWorkbook, Row, SheetColumn, Written
from engine.storage.jobs import Job, Jobs

TITLES: Mapping[str, tuple[str, str]] = {"zh-CN": ("错误原因", "原行号"), "en": ("What is wrong", "Original row")}
_PAGE = 1000
_LONGEST = 2000


def write_errors(work: Work, job: Job, book: OpenWorkbook, choices: Choices, target: BinaryIO) -> None:
    """Write the refused records of a job into a new workbook, sheet by sheet as they were."""
    wanted, told, marked = _refused(work, job, book)
    writer = work.installation.workbooks.create(target, "xlsx")
    why, where = TITLES.get(work.ctx.language, TITLES["en"])
    for sheet in choices.sheets:
        info = book.sheets[sheet.sheet]
        rows = wanted.get(sheet.sheet, set())
        number = -1
        for place, row in enumerate(book.rows(sheet.sheet), 1):
            if place == sheet.header:
                titles = headers([row], 1)
                columns = [SheetColumn(title) for title in titles]
                number = writer.sheet(info.name, [*columns, SheetColumn(why, width=60), SheetColumn(where, "number")])
            elif place in rows and number >= 0:
                cells = _cells(row, len(columns))
                reason = "; ".join(told.get((info.name, place), ()))[:_LONGEST]
                bad = marked.get((info.name, place), set())
                notes = [at for at in range(len(columns)) if column_letters(at) in bad]
                writer.row(number, [*cells, reason, place], notes)
    writer.close()


def _refused(
    work: Work, job: Job, book: OpenWorkbook
) -> tuple[dict[int, set[int]], dict[tuple[str, int], list[str]], dict[tuple[str, int], set[str]]]:
    """Return the rows to write by sheet, and the reasons and the columns at fault by sheet and row."""
    wanted: dict[int, set[int]] = {}
    told: dict[tuple[str, int], list[str]] = {}
    marked: dict[tuple[str, int], set[str]] = {}
    after = -1
    while found := Jobs(work.tx).items(job.id, outcome="failed", after=after, limit=_PAGE):
        after = found[-1].number
        for item in found:
            _note(item.details, wanted, told, marked)
    return wanted, told, marked


def _note(
    details: Mapping[str, Any],
    wanted: dict[int, set[int]],
    told: dict[tuple[str, int], list[str]],
    marked: dict[tuple[str, int], set[str]],
) -> None:
    for sheet, row in details["rows"]:
        wanted.setdefault(sheet, set()).add(row)
    for place, column, words in reasons(details):
        if words not in told.setdefault(place, []):
            told[place].append(words)
        marked.setdefault(place, set()).add(column)


def _cells(row: Row, width: int) -> list[Written]:
    return [_written(cell) for cell in [*row, *([None] * (width - len(row)))][:width]]


def _written(cell: Cell) -> Written:
    # A time that runs longer than a day, and a cell in error, are written as they are seen.
    return shown(cell) if isinstance(cell, (Broken, timedelta)) else cell
