"""Tables into files: xlsx written row by row through XlsxWriter, and CSV that a spreadsheet opens as what it is."""

import csv
import io
import re
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from engine.services.workbooks import Link, SheetColumn, Written

EXACT_DIGITS = 15
"""A spreadsheet keeps so many digits of a number; a longer one is written as text, so that none is lost."""
FIRST_YEAR = 1901
"""Before it a spreadsheet counts days wrongly, or not at all: such a day is written as text."""
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
Look = tuple[str, object]
"""A property of how a cell looks, as XlsxWriter names it."""
_MARKED: tuple[Look, ...] = (("bg_color", "#FDE7E9"),)
_IN_A_LIST = 255
"""Characters that a drop-down list may have where it is written into the sheet itself."""
_DROP_DOWN_ROWS = 5000


class XlsxWriter:
    """A workbook whose rows leave memory as soon as the next one comes, unless it `keeps_rows`."""

    def __init__(self, target: BinaryIO, *, keeps_rows: bool = False) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="formwork-export-")
        options = {"constant_memory": not keeps_rows, "tmpdir": self._folder.name, "strings_to_formulas": False}
        options |= {"strings_to_urls": False, "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}
        self._book = xlsxwriter.Workbook(target, options)
        self._sheets: list[Any] = []
        self._next: list[int] = []
        self._formats: dict[tuple[object, ...], Any] = {}
        self._columns: list[Sequence[SheetColumn]] = []
        self._lists = 0

    def sheet(self, name: str, columns: Sequence[SheetColumn]) -> int:
        """Begin a sheet with its header, which stays in sight."""
        sheet = self._book.add_worksheet(self._sheet_name(name))
        head = self._book.add_format({"bold": True, "bg_color": "#EEF2F7", "border": 1, "text_wrap": True})
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width, self.look((), column))
            sheet.write_string(0, number, column.title, head)
            if column.note:
                sheet.write_comment(0, number, column.note, {"x_scale": 2})
            if column.options:
                self._drop_down(sheet, number, column)
        sheet.freeze_panes(1, 0)
        self._sheets.append(sheet)
        self._columns.append(columns)
        self._next.append(1)
        return len(self._sheets) - 1

    def row(self, sheet: int, cells: Sequence[Written], notes: Sequence[int] = ()) -> None:
        """Write the next row; the cells at `notes` stand out."""
        number, columns = self._next[sheet], self._columns[sheet]
        for place, cell in enumerate(cells):
            column = columns[place] if place < len(columns) else SheetColumn("")
            self.cell(self._sheets[sheet], number, place, cell, column, _MARKED if place in notes else ())
        self._next[sheet] = number + 1

    def close(self) -> None:
        """Finish the file."""
        self._book.close()
        self._folder.cleanup()

    def bare_sheet(self, name: str) -> Any:
        """Begin a sheet without a header of its own."""
        sheet = self._book.add_worksheet(self._sheet_name(name))
        self._sheets.append(sheet)
        return sheet

    def cell(
        self, sheet: Any, row: int, place: int, cell: Written, column: SheetColumn, look: Sequence[Look] = ()
    ) -> None:
        """Write one cell as what it is; no text becomes a formula."""
        if cell is None or cell == "":
            if look:
                sheet.write_blank(row, place, None, self.look(look, column))
        elif isinstance(cell, Link):
            sheet.write_url(row, place, cell.address, None, cell.text[:255])
        elif isinstance(cell, bool):
            sheet.write_boolean(row, place, cell)
        elif isinstance(cell, (int, Decimal)) and _is_exact(Decimal(cell)):
            sheet.write_number(row, place, float(cell), self.look(look, column))
        elif isinstance(cell, time) or (isinstance(cell, date) and cell.year >= FIRST_YEAR):
            sheet.write_datetime(row, place, cell, self.look(look, column))
        else:
            text = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
            # A quoted cell stays text also after somebody has edited it.
            quoted = (("quote_prefix", True),) if _DANGEROUS.match(text) else ()
            sheet.write_string(row, place, text[:32767], self.look((*look, *quoted)))

    def look(self, look: Sequence[Look], column: SheetColumn | None = None) -> Any:
        """Return how cells of a column look, with what is particular of some of them."""
        column = column or SheetColumn("")
        shape = {"number": _digits("#,##0", column.scale), "percent": _digits("0", column.scale) + "%"}
        shape |= {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm:ss", "time": "hh:mm:ss", "text": ""}
        key = (shape[column.kind], *look)
        if key not in self._formats:
            told: dict[str, object] = {"num_format": shape[column.kind]} if shape[column.kind] else {}
            self._formats[key] = self._book.add_format(told | dict(look))
        return self._formats[key]

    def _drop_down(self, sheet: Any, number: int, column: SheetColumn) -> None:
        source: object = list(column.options)
        if len(",".join(column.options)) > _IN_A_LIST or any("," in one for one in column.options):
            source = self._list(column.options)
        rule = {"validate": "list", "source": source, "error_type": "warning", "ignore_blank": True}
        sheet.data_validation(1, number, _DROP_DOWN_ROWS, number, rule)

    def _list(self, options: Sequence[str]) -> str:
        """Write a long list of choices into a hidden sheet of its own and return where."""
        self._lists += 1
        name = f"_options{self._lists}"
        sheet = self._book.add_worksheet(name)
        sheet.hide()
        for row, option in enumerate(options):
            sheet.write_string(row, 0, option)
        return f"={name}!{xl_range_abs(0, 0, len(options) - 1, 0)}"

    def _sheet_name(self, name: str) -> str:
        """Return a name that Excel takes: short, without its own signs, and not there yet."""
        bare = re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '")[:28] or "Sheet"
        taken = {one.get_name().lower() for one in self._sheets}
        number, found = 1, bare
        while found.lower() in taken:
            number += 1
            found = f"{bare} {number}"
        return found


class CsvWriter:
    """UTF-8 with a mark at the beginning, by which Excel knows the encoding; one sheet only."""

    def __init__(self, target: BinaryIO) -> None:
        self._stream = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
        self._rows = csv.writer(self._stream)
        self._has_sheet = False

    def sheet(self, name: str, columns: Sequence[SheetColumn]) -> int:
        """Begin the only sheet. Raises ValueError for a second one."""
        if self._has_sheet:
            raise ValueError("a CSV file has one sheet")
        self._has_sheet = True
        self._rows.writerow([defused(column.title) for column in columns])
        return 0

    def row(self, sheet: int, cells: Sequence[Written], notes: Sequence[int] = ()) -> None:
        """Write the next row."""
        self._rows.writerow([_plain(cell) for cell in cells])

    def close(self) -> None:
        """Finish the file and leave it open for who gave it."""
        self._stream.flush()
        self._stream.detach()


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; reading it as CSV gives the same text back."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def _plain(cell: Written) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case Decimal():
            return f"{cell:f}"
        case int():
            return str(cell)
        case Link():
            return defused(cell.address)
        case datetime():
            return cell.isoformat(" ", "seconds")
        case date() | time():
            return cell.isoformat()
    return defused(cell)


def _is_exact(number: Decimal) -> bool:
    return len(number.normalize().as_tuple().digits) <= EXACT_DIGITS and abs(number.adjusted()) < 300


def _digits(whole: str, scale: int) -> str:
    return f"{whole}.{'0' * scale}" if scale else whole
