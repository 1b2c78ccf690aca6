"""Tables from files: xlsx through calamine, text with commas, tabs or semicolons in UTF-8, UTF-16 or GB 18030."""

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, BinaryIO, cast

import python_calamine

from engine.adapters.workbook_package import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Package, look_through
from engine.errors import Invalid
from engine.problems import Problem
from engine.services.workbooks import Broken, Cell, OpenWorkbook, Row, SheetInfo

_TEXT_ENDINGS = (".csv", ".txt", ".tsv")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")
_LONGEST_CELL = 100_000
_IN_MEMORY = 2**20


def open_workbook(content: BinaryIO, name: str) -> OpenWorkbook:
    """Return what is in a file, told apart by its beginning and its ending."""
    if not content.seekable():
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as aside:
            shutil.copyfileobj(content, aside)
            aside.seek(0)
            return open_workbook(cast(BinaryIO, aside), name)
    head = content.read(4)
    content.seek(0)
    is_text = name.lower().endswith(_TEXT_ENDINGS) and not head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    return TextTable(content.read(), name) if is_text else Workbook(content, name)


class Workbook:
    """An xlsx workbook. Cells of a merged area all say what its first one says."""

    is_text = False

    def __init__(self, content: BinaryIO, name: str) -> None:
        self._name = name
        self._package = look_through(content, name)
        content.seek(0)
        try:
            self._book = python_calamine.CalamineWorkbook.from_filelike(content)
            kinds = python_calamine.SheetTypeEnum.WorkSheet
            names = [one.name for one in self._book.sheets_metadata if one.typ == kinds]
            self._sheets = [self._book.get_sheet_by_name(one) for one in names]
        except (python_calamine.CalamineError, ValueError, OSError) as error:
            raise Invalid([Problem("workbook_damaged", "/file", {"name": name})]) from error
        self._broken = _by_sheet(self._package, len(self._sheets))

    @property
    def sheets(self) -> tuple[SheetInfo, ...]:
        """Return the sheets."""
        ends = ((one.name, one.end or (-1, -1)) for one in self._sheets)
        return tuple(SheetInfo(name, end[0] + 1, end[1] + 1) for name, end in ends)

    def rows(self, sheet: int) -> Iterator[Row]:
        """Yield every row from the first."""
        found = self._sheets[sheet]
        broken = self._broken.get(sheet, {})
        merged = _merged(found)
        kept: dict[tuple[int, int], Cell] = {}
        # Blank rows above the first cell come along, blank columns before it do not.
        before: list[Cell] = [None] * (found.start[1] if found.start else 0)
        for number, raw in enumerate(found.iter_rows()):
            row = [*before, *(_cell(one) for one in raw)]
            for column in range(len(row)):
                if (number, column) in broken and row[column] is None:
                    row[column] = Broken(broken[number, column])
                if (number, column) in merged:
                    origin = merged[number, column]
                    if origin == (number, column):
                        kept[origin] = row[column]
                    elif row[column] is None:
                        row[column] = kept.get(origin)
            yield row


class TextTable:
    """A text file: one sheet, all of it text."""

    is_text = True

    def __init__(self, content: bytes, name: str) -> None:
        self._text = _decoded(content, name)
        self._name = name
        rows, columns = 0, 0
        for row in self._parsed():
            rows, columns = rows + 1, max(columns, len(row))
            if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
                told = {"rows": rows, "columns": columns, "most_rows": MOST_ROWS, "most_columns": MOST_COLUMNS}
                raise Invalid([Problem("sheet_too_large", "/file", {"name": name, **told})])
        self._info = SheetInfo("CSV", rows, columns)

    @property
    def sheets(self) -> tuple[SheetInfo, ...]:
        """Return the only sheet."""
        return (self._info,)

    def rows(self, sheet: int) -> Iterator[Row]:
        """Yield every row; the apostrophe that keeps a text from being a formula is taken away."""
        for row in self._parsed():
            yield [(cell[1:] if _DEFUSED.match(cell) else cell) or None for cell in row]

    def _parsed(self) -> Iterator[list[str]]:
        stream = io.StringIO(self._text, newline="")
        reader = csv.reader(stream, delimiter=_delimiter(self._text))
        try:
            yield from reader
        except csv.Error as error:
            told = {"name": self._name, "line": reader.line_num}
            raise Invalid([Problem("csv_malformed", "/file", told)]) from error


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Invalid([Problem("encoding_unknown", "/file", {"name": name})])


def _delimiter(text: str) -> str:
    """Return what stands between the cells of the first line."""
    line = re.sub(r'"[^"]*"', "", text[:10_000].partition("\n")[0])
    return max(",\t;", key=line.count) if any(mark in line for mark in ",\t;") else ","


def _by_sheet(package: Package, count: int) -> Mapping[int, Mapping[tuple[int, int], str]]:
    # Parts are numbered in the order of the sheets by everybody who writes workbooks; where they are not, nothing is told.
    numbered = {f"xl/worksheets/sheet{number + 1}.xml": number for number in range(count)}
    return {numbered[part]: cells for part, cells in package.broken.items() if part in numbered and cells}


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for start, end in sheet.merged_cell_ranges or ():
        if (end[0] - start[0] + 1) * (end[1] - start[1] + 1) > _LONGEST_CELL:
            continue
        for row in range(start[0], end[0] + 1):
            for column in range(start[1], end[1] + 1):
                found[row, column] = start
        if len(found) > MOST_CELLS // 10:
            break
    return found


def _cell(raw: Any) -> Cell:
    match raw:
        case "" | None:
            return None
        case bool() | datetime() | date() | time() | timedelta():
            return raw
        case str():
            return raw
        case int() | float():
            # A spreadsheet keeps 15 digits; the binary form has noise behind them.
            return Decimal(f"{raw:.15g}")
    return str(raw)
