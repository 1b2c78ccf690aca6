"""Ports of tables in files: what a workbook or a text file says, and one that is written row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import BinaryIO, Literal, Protocol, TypeAlias

from engine.errors import Invalid
from engine.problems import Problem


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a value that can be used: an error (`#DIV/0!`), or a formula that nobody has worked out (`=`)."""

    text: str


Cell: TypeAlias = str | Decimal | bool | date | datetime | time | timedelta | Broken | None
"""What stands in a cell; a blank one is None. A number has at most 15 digits, as a spreadsheet keeps them."""

Row: TypeAlias = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """One sheet of a workbook: its name, and how many rows and columns have something in them."""

    name: str
    rows: int
    columns: int


class OpenWorkbook(Protocol):
    """A file that has been read so far as to know its sheets."""

    @property
    def sheets(self) -> tuple[SheetInfo, ...]:
        """Return the sheets in their order; a text file has one."""
        ...

    @property
    def is_text(self) -> bool:
        """Say whether the cells are all text, as in a CSV file."""
        ...

    def rows(self, sheet: int) -> Iterator[Row]:
        """Yield every row of a sheet from the first, blank ones too. Raises Invalid where the file is damaged."""
        ...


class WorkbookReader(Protocol):
    """Reads tables out of files that anybody may have sent."""

    def open(self, content: BinaryIO, name: str) -> OpenWorkbook:
        """Return what is in a file. Raises Invalid: not a table, locked by a password, too large to be true."""
        ...


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to an address."""

    text: str
    address: str


Written: TypeAlias = str | int | Decimal | bool | date | datetime | time | Link | None
"""What is written into a cell. Moments are written as they are on the wall, without zone."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a sheet that is written.

    `scale` counts the digits of a number after the point, `width` the characters that fit; `options` are what may be chosen;
    `note` is shown beside the header.
    """

    title: str
    kind: Literal["text", "number", "percent", "date", "datetime", "time"] = "text"
    scale: int = 0
    width: int = 14
    options: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A head in the upper lines of a grid: where it begins (from 0), and over how many lines and columns it reaches."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line below the heads; its `level` says how deep it is inside groups, a `strong` one is a total."""

    cells: tuple[Written, ...]
    level: int = 0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet that is no list: `height` lines of heads, then lines in groups; the columns in `strong` are totals."""

    name: str
    heads: tuple[HeadCell, ...]
    height: int
    columns: tuple[SheetColumn, ...]
    lines: tuple[GridLine, ...]
    strong: frozenset[int] = frozenset()


class WorkbookWriter(Protocol):
    """Writes one workbook, row by row, without keeping the rows."""

    def sheet(self, name: str, columns: Sequence[SheetColumn]) -> int:
        """Begin a sheet with its header and return its number."""
        ...

    def row(self, sheet: int, cells: Sequence[Written], notes: Sequence[int] = ()) -> None:
        """Write the next row of a sheet; the cells at `notes` are marked."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


Format = Literal["xlsx", "csv"]


class Workbooks(Protocol):
    """Reads and writes tables in files."""

    def open(self, content: BinaryIO, name: str) -> OpenWorkbook:
        """Read as a WorkbookReader."""
        ...

    def create(self, target: BinaryIO, kind: Format) -> WorkbookWriter:
        """Return a writer of a new file."""
        ...

    def grid(self, target: BinaryIO, grid: Grid) -> None:
        """Write a grid as a workbook of its own."""
        ...


class NullWorkbooks:
    """Reads and writes nothing: an installation without spreadsheets."""

    def open(self, content: BinaryIO, name: str) -> OpenWorkbook:
        """Refuse."""
        raise Invalid([Problem("not_a_workbook", "/file", {"name": name})])

    def create(self, target: BinaryIO, kind: Format) -> WorkbookWriter:
        """Refuse."""
        raise Invalid([Problem("not_a_workbook", "/file", {"name": kind})])

    def grid(self, target: BinaryIO, grid: Grid) -> None:
        """Refuse."""
        raise Invalid([Problem("not_a_workbook", "/file", {"name": grid.name})])
