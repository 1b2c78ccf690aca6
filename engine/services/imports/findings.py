"""What is told of each record of a file: every problem with its row, column, cell, value and reason."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.definition.model import Text
from engine.problems import Problem, describe
from engine.projection.texts import in_language
from engine.services.batches import Written
from engine.services.imports.cells import shown
from engine.services.imports.lines import Entry, Line
from engine.services.imports.targets import Target
from engine.services.workbooks import SheetInfo
from engine.storage.jobs import JobItem

LONGEST_VALUE = 200


class Findings:
    """Writes down what became of entries, in one language."""

    def __init__(self, known: Mapping[str, Target], sheets: Sequence[SheetInfo], language: str) -> None:
        self._known = known
        self._sheets = sheets
        self._language = language

    def item(self, entry: Entry, written: Written, more: Sequence[Problem] = ()) -> JobItem:
        """Return what is kept of one record."""
        problems = (*written.problems, *more)
        outcome = "failed" if written.done == "refused" else written.done
        told = [self._told(entry, problem) for problem in problems]
        details = {
            "sheet": self._sheets[entry.head.sheet].name,
            "row": entry.head.row,
            "findings": told,
            "rows": [[line.sheet, line.row] for line in entry.lines()] if outcome == "failed" else [],
        }
        return JobItem(entry.number, outcome, written.record_id or None, details)

    def _told(self, entry: Entry, problem: Problem) -> dict[str, Any]:
        line, path = _place(entry, problem.pointer)
        column = line.columns.get(path)
        cell = line.cells.get(path)
        text = describe(problem, self._language)
        target = self._known.get(path)
        letter = column_letters(column) if column is not None else ""
        return {
            "sheet": self._sheets[line.sheet].name,
            "row": line.row,
            "column": letter,
            "cell": f"{letter}{line.row}" if letter else "",
            "field": path,
            "title": self._title(target.field.title) if target else "",
            "value": shown(cell)[:LONGEST_VALUE],
            "code": problem.code,
            "severity": problem.severity,
            "reason": text.text,
            "remedy": text.remedy,
        }

    def _title(self, title: Text) -> str:
        return in_language(title, self._language)


def _place(entry: Entry, pointer: str) -> tuple[Line, str]:
    """Return the row that a JSON Pointer into the record means, and the path of the field."""
    parts = [part for part in pointer.split("/") if part]
    line, path = entry.head, ""
    while len(parts) >= 2 and parts[1].isdecimal():
        path = f"{path}.{parts[0]}" if path else parts[0]
        rows = line.tables.get(path, [])
        line = rows[int(parts[1])] if int(parts[1]) < len(rows) else line
        parts = parts[2:]
    return line, ".".join(part for part in (path, *parts[:1]) if part)


def reasons(details: Mapping[str, Any]) -> Iterator[tuple[tuple[str, int], str, str]]:
    """Yield sheet and row, the column's letters and the words of every finding that blocks."""
    for one in details["findings"]:
        if one["severity"] == "error":
            words = f"{one['cell'] or one['title']}: {one['reason']}" if one["cell"] or one["title"] else one["reason"]
            yield (one["sheet"], one["row"]), one["column"], words


def column_letters(number: int) -> str:
    """Return the letters of a column, counted from 0: A, B ... Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
