"""Writing a list into a file, page by page: what has been written is forgotten, however long the list is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, Literal

from engine.definition.model import Entity, Field
from engine.definition.rows import row_shapes, rows_of
from engine.definition.values.lookups import with_lookups
from engine.projection.hidden import is_hidden
from engine.projection.texts import in_language
from engine.services.evaluation import environment
from engine.services.exports.columns import ExportColumn, Style, list_columns, row_columns, written
from engine.services.imports.targets import LINK_TITLES, ROW, ROW_TITLES, sheet_title, title_of
from engine.services.listing import labels_at
from engine.services.references import References, ids_in, is_pointing, pointing
from engine.services.references import target as shape_of
from engine.services.showing import Masked, as_open
from engine.services.work import Work
from engine.services.workbooks import Format, SheetColumn, WorkbookWriter, Written
from engine.storage.queries import Item, Queries, Query

PAGE = 1000
MOST_ROWS = 1_000_000
"""Rows of one sheet; a spreadsheet has room for 1,048,576."""

Rows = Literal["none", "sheets", "repeated"]
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Export:
    """What is written: which records, which columns, in which kind of file, and what becomes of the rows of sub-tables."""

    entity: Entity
    query: Query
    paths: tuple[str, ...]
    kind: Format
    rows: Rows
    style: Style


def write(work: Work, export: Export, target: BinaryIO, told: Told) -> int:
    """Write all records into a file and return how many; `told` hears from time to time how far it is."""
    writer = work.installation.workbooks.create(target, export.kind)
    sheets = _Sheets(work, export, writer)
    count = 0
    for items in _pages(work, export):
        sheets.write(items, count)
        count += len(items)
        told(count)
    sheets.finish()
    writer.close()
    return count


@dataclass(slots=True)
class _Line:
    """One row of a sub-table as it is written: its key, its cells, and the rows inside it."""

    key: int
    cells: list[Written]
    inner: "dict[str, list[_Line]]"


class _Sheets:
    """The sheets of one file: one of records, and one for each sub-table where these are apart."""

    def __init__(self, work: Work, export: Export, writer: WorkbookWriter) -> None:
        self._work, self._export, self._writer = work, export, writer
        self._columns = list_columns(work, export.entity, export.paths)
        access = work.rights.query_access(export.entity)
        shapes = row_shapes(export.entity) if export.rows != "none" else ()
        self._shapes = {one.path: one for one in shapes if not is_hidden(one.path, access)}
        self._of_rows = {
            path: row_columns(work, export.entity, one, full_titles=export.rows == "repeated")
            for path, one in self._shapes.items()
        }
        self._link = [SheetColumn(in_language(LINK_TITLES, work.ctx.language), "number")] if self._shapes else []
        self._keys = dict.fromkeys((one.parent for one in self._shapes.values() if one.parent), 0)
        self._numbers: dict[str, int] = {}
        self._filled: dict[str, int] = {}
        self._sheet("")

    def write(self, items: Sequence[Item], start: int) -> None:
        """Write one page of records; `start` is how many came before."""
        paths = [column.path for column in self._columns]
        labels = labels_at(self._work, self._export.entity, paths, [item.values for item in items])
        rows = self._rows(items) if self._shapes else {}
        for number, (item, said) in enumerate(zip(items, labels, strict=True), start + 1):
            head = [
                written(item.values.get(one.path), one, said.get(one.path, {}), self._export.style)
                for one in self._columns
            ]
            own = rows.get(item.id, {})
            if self._export.rows == "repeated":
                for cells in self._beside("", own) or [[]]:
                    self._put("", [*([number] if self._link else []), *head, *cells])
            else:
                self._put("", [*([number] if self._link else []), *head])
                self._apart(number, own)

    def finish(self) -> None:
        """Make sheets of sub-tables that have no row, so that every file has the same ones."""
        if self._export.rows == "sheets":
            for path in self._shapes:
                if path not in self._numbers:
                    self._sheet(path)

    def _apart(self, link: int, tables: Mapping[str, Sequence[_Line]]) -> None:
        """Write rows on the sheets of their sub-tables: the key of what they lie in, their own where there are rows inside them."""
        for path, lines in tables.items():
            for line in lines:
                self._put(path, [link, *([line.key] if path in self._keys else []), *line.cells])
                self._apart(line.key, line.inner)

    def _beside(self, outer: str, tables: Mapping[str, Sequence[_Line]]) -> list[list[Written]]:
        """Return the lines of the sub-tables in one row, side by side."""
        blocks = [(path, self._block(path, tables.get(path, ()))) for path in self._inside(outer)]
        most = max((len(block) for _, block in blocks), default=0)
        return [
            [cell for path, block in blocks for cell in (block[at] if at < len(block) else [None] * self._width(path))]
            for at in range(most)
        ]

    def _block(self, path: str, lines: Sequence[_Line]) -> list[list[Written]]:
        """Return the lines of a sub-table; the key of a row stands beside everything inside it, its values once."""
        found: list[list[Written]] = []
        rest = sum(self._width(one) for one in self._inside(path))
        for line in lines:
            key: list[Written] = [line.key] if path in self._keys else []
            inner = self._beside(path, line.inner) or [[None] * rest]
            found.append([*key, *line.cells, *inner[0]])
            found += [[*key, *([None] * len(line.cells)), *more] for more in inner[1:]]
        return found

    def _inside(self, outer: str) -> list[str]:
        return [path for path, one in self._shapes.items() if one.parent == outer]

    def _width(self, path: str) -> int:
        own = len(self._of_rows[path]) + (path in self._keys)
        return own + sum(self._width(one) for one in self._inside(path))

    def _put(self, table: str, cells: Sequence[Written]) -> None:
        if table not in self._numbers or self._filled[table] >= MOST_ROWS:
            self._sheet(table)
        self._writer.row(self._numbers[table], cells)
        self._filled[table] += 1

    def _sheet(self, table: str) -> None:
        language = self._work.ctx.language
        columns = self._titles(table) if table else [one.sheet for one in self._columns]
        if self._export.rows == "repeated":
            # Each sub-table stands after the one that it lies in, as their lines do.
            columns += [one for path in self._shapes for one in self._titles(path)]
        name = sheet_title(self._shapes[table], language) if table else in_language(self._export.entity.title, language)
        self._numbers[table] = self._writer.sheet(name, [*self._link, *columns])
        self._filled[table] = 0

    def _titles(self, path: str) -> list[SheetColumn]:
        full = self._shapes[path] if self._export.rows == "repeated" else None
        key = SheetColumn(title_of(Field("", ROW, ROW_TITLES, "text"), full, self._work.ctx.language), "number")
        return [*([key] if path in self._keys else []), *(one.sheet for one in self._of_rows[path])]

    def _rows(self, items: Sequence[Item]) -> dict[str, dict[str, list[_Line]]]:
        """Return the rows of records, by record and sub-table: few statements for the whole page."""
        work, entity = self._work, self._export.entity
        found = work.records.get_many(entity.key, [item.id for item in items])
        references = References(work)
        wanted: dict[str, list[str]] = {}
        for record in found.values():
            for _, field, _, key in pointing(entity, record.values):
                wanted.setdefault(shape_of(entity, field), []).append(key)
        for shape, keys in wanted.items():
            references.prefetch(shape, keys)
        shown = {}
        # In the order of the list, so that keys count up from row to row.
        for item in items:
            if item.id in found:
                env = environment(work, references, found[item.id].named)
                shown[item.id] = self._lines("", with_lookups(entity, found[item.id].values, env), references)
        return shown

    def _lines(self, outer: str, holder: Mapping[str, object], references: References) -> dict[str, list[_Line]]:
        """Return the rows inside one, or inside a record, by sub-table."""
        found: dict[str, list[_Line]] = {}
        for path in self._inside(outer):
            found[path] = []
            for row in rows_of(holder.get(self._shapes[path].table.name)):
                key = self._next_key(path)
                cells = [
                    written(
                        row.get(one.path), one, self._labels(one, row.get(one.path), references), self._export.style
                    )
                    for one in self._of_rows[path]
                ]
                found[path].append(_Line(key, cells, self._lines(path, row, references)))
        return found

    def _next_key(self, path: str) -> int:
        if path in self._keys:
            self._keys[path] += 1
        return self._keys.get(path, 0)

    def _labels(self, column: ExportColumn, value: object, references: References) -> Mapping[str, str]:
        if not is_pointing(column.field):
            return {}
        shape = shape_of(self._export.entity, column.field)
        return {key: references.label(shape, key) for key in ids_in(value)}


def _pages(work: Work, export: Export) -> Iterator[tuple[Item, ...]]:
    query = replace(export.query, limit=PAGE, fields=export.paths)
    while True:
        page = Queries(work.tx, work.tables).page(export.entity.key, query)
        if page.items:
            items = as_open(work, export.entity, page.items)
            yield tuple(
                replace(one, values={path: _blank(value) for path, value in one.values.items()}) for one in items
            )
        if page.next_cursor is None:
            return
        query = replace(query, after=page.next_cursor)


def _blank(value: object) -> object:
    """Return a value for a file, which has none where the record shows it masked."""
    return None if isinstance(value, Masked) else value
