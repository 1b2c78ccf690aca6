"""Writing a list into a file, page by page: what has been written is forgotten, however long the list is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, Literal

from engine.definition.model import Entity, Field
from engine.definition.values.lookups import with_lookups
from engine.projection.texts import in_language
from engine.services.evaluation import environment
from engine.services.exports.columns import ExportColumn, Style, list_columns, row_columns, written
from engine.services.imports.targets import LINK_TITLES
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


class _Sheets:
    """The sheets of one file: one of records, and one for each sub-table where these are apart."""

    def __init__(self, work: Work, export: Export, writer: WorkbookWriter) -> None:
        self._work, self._export, self._writer = work, export, writer
        self._columns = list_columns(work, export.entity, export.paths)
        self._tables = list(export.entity.tables) if export.rows != "none" else []
        access = work.rights.query_access(export.entity)
        self._tables = [one for one in self._tables if access.get(one.name) != "hidden"]
        self._of_rows = {
            one.name: row_columns(work, export.entity, one, full_titles=export.rows == "repeated")
            for one in self._tables
        }
        self._link = [SheetColumn(in_language(LINK_TITLES, work.ctx.language), "number")] if self._tables else []
        self._numbers: dict[str, int] = {}
        self._filled: dict[str, int] = {}
        self._sheet("")

    def write(self, items: Sequence[Item], start: int) -> None:
        """Write one page of records; `start` is how many came before."""
        paths = [column.path for column in self._columns]
        labels = labels_at(self._work, self._export.entity, paths, [item.values for item in items])
        rows = self._rows(items) if self._tables else {}
        for number, (item, said) in enumerate(zip(items, labels, strict=True), start + 1):
            head = [
                written(item.values.get(one.path), one, said.get(one.path, {}), self._export.style)
                for one in self._columns
            ]
            own = rows.get(item.id, {})
            if self._export.rows == "repeated":
                self._repeated(number, head, own)
            else:
                self._put("", [*([number] if self._link else []), *head])
                for table, lines in own.items():
                    for line in lines:
                        self._put(table, [number, *line])

    def finish(self) -> None:
        """Make sheets of sub-tables that have no row, so that every file has the same ones."""
        if self._export.rows == "sheets":
            for table in self._tables:
                if table.name not in self._numbers:
                    self._sheet(table.name)

    def _repeated(self, number: int, head: list[Written], own: Mapping[str, Sequence[Sequence[Written]]]) -> None:
        most = max((len(lines) for lines in own.values()), default=0)
        for place in range(max(most, 1)):
            cells = [*([number] if self._link else []), *head]
            for table in self._tables:
                lines = own.get(table.name, ())
                cells += lines[place] if place < len(lines) else [None] * len(self._of_rows[table.name])
            self._put("", cells)

    def _put(self, table: str, cells: Sequence[Written]) -> None:
        if table not in self._numbers or self._filled[table] >= MOST_ROWS:
            self._sheet(table)
        self._writer.row(self._numbers[table], cells)
        self._filled[table] += 1

    def _sheet(self, table: str) -> None:
        language = self._work.ctx.language
        entity = self._export.entity
        field = entity.field(table) if table else None
        columns = [one.sheet for one in (self._of_rows[table] if table else self._columns)]
        if self._export.rows == "repeated":
            columns += [one.sheet for table_ in self._tables for one in self._of_rows[table_.name]]
        name = in_language(field.title if field else entity.title, language)
        self._numbers[table] = self._writer.sheet(name, [*self._link, *columns])
        self._filled[table] = 0

    def _rows(self, items: Sequence[Item]) -> dict[str, dict[str, list[list[Written]]]]:
        """Return the cells of the rows of records, by record and sub-table: few statements for the whole page."""
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
        for key, record in found.items():
            env = environment(work, references, record.named)
            values = with_lookups(entity, record.values, env)
            shown[key] = {one.name: self._lines(one, values.get(one.name), references) for one in self._tables}
        return shown

    def _lines(self, table: Field, rows: object, references: References) -> list[list[Written]]:
        given = rows if isinstance(rows, (list, tuple)) else ()
        return [
            [
                written(row.get(one.path), one, self._labels(one, row.get(one.path), references), self._export.style)
                for one in self._of_rows[table.name]
            ]
            for row in given
        ]

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
