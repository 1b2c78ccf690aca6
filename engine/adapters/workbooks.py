"""The files that tables come in and go out: xlsx and CSV."""

from typing import BinaryIO

from engine.adapters.workbook_grid import write_grid
from engine.adapters.workbook_reader import open_workbook
from engine.adapters.workbook_writer import CsvWriter, XlsxWriter
from engine.services.workbooks import Format, Grid, OpenWorkbook, WorkbookWriter


class FileWorkbooks:
    """Reads and writes both kinds."""

    def open(self, content: BinaryIO, name: str) -> OpenWorkbook:
        """Return what is in a file. Raises Invalid."""
        return open_workbook(content, name)

    def create(self, target: BinaryIO, kind: Format) -> WorkbookWriter:
        """Return a writer of a new file."""
        return XlsxWriter(target) if kind == "xlsx" else CsvWriter(target)

    def grid(self, target: BinaryIO, grid: Grid) -> None:
        """Write a grid as a workbook of its own."""
        writer = XlsxWriter(target, keeps_rows=True)
        write_grid(writer, grid)
        writer.close()
