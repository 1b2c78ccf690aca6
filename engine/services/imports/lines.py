"""The records that a file speaks of: rows of one sheet, of several that are linked, or rows that repeat their head."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.problems import Problem
from engine.services.imports.cells import is_blank, shown
from engine.services.imports.choices import Choices, SheetChoice
from engine.services.imports.targets import LINK
from engine.services.workbooks import Cell, OpenWorkbook, Row


@dataclass(slots=True)
class Line:
    """One row of a file: sheet and row as a person counts them (rows from 1), and its cells by path."""

    sheet: int
    row: int
    cells: dict[str, Cell]
    columns: dict[str, int]


@dataclass(slots=True)
class Entry:
    """One record of a file: its own line, and the lines of its sub-tables. `number` counts from 0."""

    number: int
    head: Line
    tables: dict[str, list[Line]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        """Yield every row of the file that belongs to the record."""
        seen: set[tuple[int, int]] = set()
        for line in (self.head, *(one for rows in self.tables.values() for one in rows)):
            if (line.sheet, line.row) not in seen:
                seen.add((line.sheet, line.row))
                yield line


def entries(book: OpenWorkbook, choices: Choices) -> Iterator[Entry]:
    """Yield the records of a file in their order.

    Rows of other sheets whose link leads to no record come last, each with its problem.
    """
    linked = _linked(book, choices)
    main = choices.records
    number = -1
    current: Entry | None = None
    for line, link in _lines(book, main):
        rows, head = _split(line, main)
        if current is not None and _continues(current, head, link, main):
            _add_rows(current, rows, line)
            continue
        if current is not None:
            yield _with_linked(current, linked, main)
        number += 1
        current = Entry(number, Line(line.sheet, line.row, head, line.columns))
        current.head.cells[LINK] = link
        _add_rows(current, rows, line)
    if current is not None:
        yield _with_linked(current, linked, main)
    for link, tables in linked.items():
        number += 1
        lost = next(one for rows in tables.values() for one in rows)
        entry = Entry(number, Line(lost.sheet, lost.row, {}, lost.columns), tables)
        entry.problems.append(Problem("import_link_unknown", params={"link": link}))
        yield entry


def _continues(current: Entry, head: Mapping[str, Cell], link: Cell, main: SheetChoice) -> bool:
    """Say whether a row only brings more rows of the record above: the same link, or no head of its own."""
    if not any("." in one.field for one in main.columns):
        return False
    if main.link is not None and not is_blank(link):
        return shown(link) == shown(current.head.cells.get(LINK))
    return all(is_blank(cell) for path, cell in head.items() if path != LINK)


def _split(line: Line, main: SheetChoice) -> tuple[dict[str, dict[str, Cell]], dict[str, Cell]]:
    tables: dict[str, dict[str, Cell]] = {}
    head: dict[str, Cell] = {}
    for path, cell in line.cells.items():
        table, _, name = path.partition(".")
        if name:
            tables.setdefault(table, {})[path] = cell
        else:
            head[path] = cell
    return tables, head


def _add_rows(entry: Entry, tables: Mapping[str, dict[str, Cell]], line: Line) -> None:
    for table, cells in tables.items():
        rows = entry.tables.setdefault(table, [])
        if any(not is_blank(cell) for cell in cells.values()):
            rows.append(Line(line.sheet, line.row, cells, line.columns))


def _with_linked(entry: Entry, linked: dict[str, dict[str, list[Line]]], main: SheetChoice) -> Entry:
    link = entry.head.cells.pop(LINK, None)
    if main.link is not None and not is_blank(link):
        for table, rows in linked.pop(shown(link).strip(), {}).items():
            entry.tables.setdefault(table, []).extend(rows)
    return entry


def _linked(book: OpenWorkbook, choices: Choices) -> dict[str, dict[str, list[Line]]]:
    """Return the rows of the sheets of sub-tables, by what they say they belong to."""
    found: dict[str, dict[str, list[Line]]] = {}
    for sheet in choices.sheets:
        if sheet.table:
            for line, link in _lines(book, sheet):
                found.setdefault(shown(link).strip(), {}).setdefault(sheet.table, []).append(line)
    return found


def _lines(book: OpenWorkbook, sheet: SheetChoice) -> Iterator[tuple[Line, Cell]]:
    """Yield the rows below the header that have something in a column that is read, with their link."""
    columns = {one.field: one.column for one in sheet.columns if one.field != LINK}
    for number, row in enumerate(book.rows(sheet.sheet), 1):
        if number <= sheet.header:
            continue
        cells = {path: cell_at(row, column) for path, column in columns.items()}
        if all(is_blank(cell) for cell in cells.values()):
            continue
        link = cell_at(row, sheet.link) if sheet.link is not None else None
        yield Line(sheet.sheet, number, cells, columns), link


def cell_at(row: Row, column: int) -> Cell:
    """Return the cell of a column, blank where the row is shorter."""
    return row[column] if column < len(row) else None


def headers(rows: Sequence[Row], header: int) -> list[str]:
    """Return the titles that stand in a row, counted from 1."""
    return [shown(cell).strip() for cell in rows[header - 1]] if 0 < header <= len(rows) else []
