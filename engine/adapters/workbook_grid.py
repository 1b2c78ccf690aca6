"""A grid as a sheet: merged heads that stay in sight, lines that open and close in groups, totals that stand out."""

from typing import Any

from engine.adapters.workbook_writer import Look, XlsxWriter
from engine.services.workbooks import Grid, HeadCell, SheetColumn

_HEAD = (("bold", True), ("bg_color", "#EEF2F7"), ("border", 1), ("align", "center"), ("valign", "vcenter"))
_CORNER = (("bold", True), ("bg_color", "#EEF2F7"), ("border", 1), ("text_wrap", True), ("valign", "vcenter"))
_STRONG = (("bold", True), ("bg_color", "#F6F8FA"))
_DEEPEST = 7
"""Levels that a spreadsheet can open and close."""


def write_grid(writer: XlsxWriter, grid: Grid) -> None:
    """Write a grid as a sheet of its own. The writer must keep what has been written: heads are merged over several lines."""
    sheet = writer.bare_sheet(grid.name)
    for place, column in enumerate(grid.columns):
        sheet.set_column(place, place, column.width)
    for head in grid.heads:
        _head(writer, sheet, head)
    sheet.outline_settings(True, False, True, False)
    for number, line in enumerate(grid.lines, grid.height):
        if line.level:
            sheet.set_row(number, None, None, {"level": min(line.level, _DEEPEST)})
        for place, cell in enumerate(line.cells):
            look: tuple[Look, ...] = _STRONG if line.strong or place in grid.strong else ()
            look += (("indent", line.level),) if place == 0 and line.level else ()
            writer.cell(sheet, number, place, cell, grid.columns[place], look)
    sheet.freeze_panes(grid.height, 1)


def _head(writer: XlsxWriter, sheet: Any, head: HeadCell) -> None:
    look = _HEAD if head.column else _CORNER
    if head.rows > 1 or head.columns > 1:
        last_row, last_column = head.row + head.rows - 1, head.column + head.columns - 1
        sheet.merge_range(head.row, head.column, last_row, last_column, "", writer.look(look))
    writer.cell(sheet, head.row, head.column, head.text, SheetColumn(""), look)
