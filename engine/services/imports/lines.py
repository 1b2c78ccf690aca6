"""The records that a file speaks of: rows of one sheet, of several that are linked, or rows that repeat their head."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.definition.rows import above, is_within
from engine.problems import Problem
from engine.services.imports.cells import is_blank, shown
from engine.services.imports.choices import Choices, SheetChoice
from engine.services.imports.targets import LINK, ROW
from engine.services.workbooks import Cell, OpenWorkbook, Row


@dataclass(slots=True)
class Line:
    """One row of a file: sheet and row as a person counts them (rows from 1), its cells by path, and the rows inside it by sub-table."""

    sheet: int
    row: int
    cells: dict[str, Cell]
    columns: dict[str, int]
    tables: dict[str, list["Line"]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def inside(self) -> Iterator["Line"]:
        """Yield the rows inside it at every depth."""
        for rows in self.tables.values():
            for one in rows:
                yield one
                yield from one.inside()


@dataclass(slots=True)
class Entry:
    """One record of a file: its own line, with the lines of its sub-tables inside. `number` counts from 0."""

    number: int
    head: Line
    problems: list[Problem] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        """Yield every row of the file that belongs to the record."""
        seen: set[tuple[int, int]] = set()
        for line in (self.head, *self.head.inside()):
            if (line.sheet, line.row) not in seen:
                seen.add((line.sheet, line.row))
                yield line


Lost = tuple[Line, dict[str, list[Line]], Problem]
"""A row that belongs to nothing, with what is told of it."""


def entries(book: OpenWorkbook, choices: Choices) -> Iterator[Entry]:
    """Yield the records of a file in their order.

    Rows of other sheets whose link leads nowhere come last, each with its problem.
    """
    linked, lost = linked_rows(book, choices)
    main = choices.records
    number = -1
    current: _Growing | None = None
    for line, link, _ in lines_of(book, main):
        rows, head = _split(line, main)
        if current is not None and _continues(current.entry, head, link, main):
            current.add(rows, line)
            continue
        if current is not None:
            yield _with_linked(current.entry, linked, main)
        number += 1
        current = _Growing(Entry(number, Line(line.sheet, line.row, head, line.columns)))
        current.entry.head.cells[LINK] = link
        current.add(rows, line)
    if current is not None:
        yield _with_linked(current.entry, linked, main)
    for link_, tables in linked.items():
        first = next(one for rows in tables.values() for one in rows)
        lost.append((first, tables, Problem("import_link_unknown", params={"link": link_})))
    for number_, (one, tables, problem) in enumerate(lost, number + 1):
        yield Entry(number_, Line(one.sheet, one.row, {}, one.columns, tables), [problem])


class _Growing:
    """A record while rows of the sheet of records come that belong to it, with the last row of each of its sub-tables."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self._last: dict[str, Line] = {}

    def add(self, tables: Mapping[str, dict[str, Cell]], line: Line) -> None:
        """Put what one row of the file says of sub-tables where it belongs."""
        told = {table for table, cells in tables.items() if not all(map(is_blank, cells.values()))}
        for table in sorted(tables, key=lambda one: one.count(".")):
            rows = self._rows(table, line, wanted=table in told)
            inner = any(is_within(one, table) and one != table for one in told)
            if table in told and not (inner and self._goes_on(table, tables[table])):
                self._last[table] = Line(line.sheet, line.row, tables[table], line.columns)
                self._last = {
                    path: one for path, one in self._last.items() if path == table or not is_within(path, table)
                }
                rows.append(self._last[table])

    def _rows(self, table: str, line: Line, *, wanted: bool) -> list[Line]:
        """Return where rows of a sub-table are put; one without rows is noted where what holds it is there, so that it can be emptied."""
        holder = self.entry.head if not above(table) else self._last.get(above(table))
        if holder is None:
            holder = self._holder(above(table), line) if wanted else Line(line.sheet, line.row, {}, {})
        return holder.tables.setdefault(table, [])

    def _goes_on(self, table: str, cells: Mapping[str, Cell]) -> bool:
        """Say whether cells are those of the row above, which has more rows inside it: the same key, or else the same in all."""
        known = self._last.get(table)
        if known is None:
            return False
        key = f"{table}.{ROW}"
        if not is_blank(cells.get(key)):
            return shown(cells[key]) == shown(known.cells.get(key))
        return all(is_blank(cell) or shown(cell) == shown(known.cells.get(path)) for path, cell in cells.items())

    def _holder(self, table: str, line: Line) -> Line:
        """Return the row that rows lie in: the last of its sub-table, a blank one where there is none."""
        if not table:
            return self.entry.head
        if table not in self._last:
            self._last[table] = Line(line.sheet, line.row, {}, line.columns)
            self._holder(above(table), line).tables.setdefault(table, []).append(self._last[table])
        return self._last[table]


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
        if table := above(path):
            tables.setdefault(table, {})[path] = cell
        else:
            head[path] = cell
    return tables, head


def _with_linked(entry: Entry, linked: dict[str, dict[str, list[Line]]], main: SheetChoice) -> Entry:
    link = entry.head.cells.pop(LINK, None)
    if main.link is not None and not is_blank(link):
        for table, rows in linked.pop(shown(link).strip(), {}).items():
            entry.head.tables.setdefault(table, []).extend(rows)
    return entry


def linked_rows(book: OpenWorkbook, choices: Choices) -> tuple[dict[str, dict[str, list[Line]]], list[Lost]]:
    """Return the rows of the sheets of sub-tables by the record that they say they belong to, and those of inner ones that lie nowhere.

    Rows of inner sub-tables lie in the rows that they name by key.
    """
    found: dict[str, dict[str, list[Line]]] = {}
    keyed: dict[str, dict[str, Line]] = {}
    lost: list[Lost] = []
    for sheet in sorted((one for one in choices.sheets if one.table), key=lambda one: one.table.count(".")):
        outer, keys = above(sheet.table), keyed.setdefault(sheet.table, {})
        for line, link, key in lines_of(book, sheet):
            text = shown(link).strip()
            if not outer:
                found.setdefault(text, {}).setdefault(sheet.table, []).append(line)
            elif text in keyed.get(outer, {}):
                keyed[outer][text].tables.setdefault(sheet.table, []).append(line)
            else:
                lost.append((line, {sheet.table: [line]}, Problem("import_row_unknown", params={"link": text})))
            if not is_blank(key) and (same := keys.setdefault(shown(key).strip(), line)) is not line:
                line.problems.append(Problem("import_row_key_twice", params={"key": shown(key), "row": same.row}))
    return found, lost


def lines_of(book: OpenWorkbook, sheet: SheetChoice) -> Iterator[tuple[Line, Cell, Cell]]:
    """Yield the rows below the header that have something in a column that is read, with their link and their key."""
    asides = {LINK, f"{sheet.table}.{ROW}"} if sheet.table else {LINK}
    columns = {one.field: one.column for one in sheet.columns if one.field not in asides}
    for number, row in enumerate(book.rows(sheet.sheet), 1):
        if number <= sheet.header:
            continue
        cells = {path: cell_at(row, column) for path, column in columns.items()}
        key = cell_at(row, sheet.key) if sheet.key is not None else None
        if is_blank(key) and all(is_blank(cell) for cell in cells.values()):
            continue
        link = cell_at(row, sheet.link) if sheet.link is not None else None
        yield Line(sheet.sheet, number, cells, columns), link, key


def cell_at(row: Row, column: int) -> Cell:
    """Return the cell of a column, blank where the row is shorter."""
    return row[column] if column < len(row) else None


def headers(rows: Sequence[Row], header: int) -> list[str]:
    """Return the titles that stand in a row, counted from 1."""
    return [shown(cell).strip() for cell in rows[header - 1]] if 0 < header <= len(rows) else []
