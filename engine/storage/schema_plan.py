"""What has to change in the database for a configuration: worked out first, shown, and only then done.

What is stored now stands in the catalogue (`stored_column`, `stored_index`), by stable ids; so a rename is no change at
all. Nothing is ever dropped: what a configuration no longer has is archived, and comes back with its values.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Index, Table, select

from engine.definition.model import Entity, Field, Text
from engine.definition.rows import row_shape
from engine.problems import Problem
from engine.storage.column_fill import fill_of
from engine.storage.database import Transaction
from engine.storage.derivations import missing
from engine.storage.existing_rows import count_of, duplicate_problem, overflow_problem
from engine.storage.record_checks import Check, checks_of, violations
from engine.storage.record_links import LinkTable
from engine.storage.record_tables import EntityTable, RecordTables, RowTable
from engine.storage.system_tables import stored_checks, stored_columns, stored_indexes
from engine.storage.types import PRECISION, stored_kind

StepKind = Literal[
    "create_table",
    "add_column",
    "archive_column",
    "restore_column",
    "archive_table",
    "restore_table",
    "widen_column",
    "add_index",
    "drop_index",
    "add_check",
    "drop_check",
    "empty_links",
    "fill_tree",
    "fill_links",
    "fill_rollup",
    "fill_totals",
    "fill_search",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stored:
    """One line of the catalogue: a column, or with empty `field_id` a table."""

    table_name: str
    column_name: str
    entity: str
    table_id: str
    field_id: str
    kind: str
    scale: int | None
    archived: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One change. `rows` are touched; `ddl` is what the database is told, for people to read (empty: nothing).

    Its sentence is the text `plan_<kind>` with `params`. `fill` is the value that existing rows get.
    """

    kind: StepKind
    table: str
    column: str = ""
    rows: int = 0
    ddl: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    fill: object = None
    new_scale: int | None = None
    old_scale: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes in the order in which they are made. With a problem that is an error the plan cannot be carried out."""

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def rows(self) -> int:
        """Return how many rows are rewritten."""
        return sum(step.rows for step in self.steps)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A table as the configuration wants it: of an entity, with `rows` of a sub-table, with `link` of links."""

    entity: Entity
    table: Table
    fields: tuple[Field, ...]
    rows: RowTable | None = None
    link: LinkTable | None = None

    @property
    def title(self) -> Text:
        """Return what people call it."""
        if self.link:
            return self.link.field.title
        return self.rows.field.title if self.rows else self.entity.title

    @property
    def ids(self) -> tuple[str, str]:
        """Return the stable ids: module and entity, and the sub-table with those that it lies in."""
        shape = row_shape(self.entity, self.rows.path) if self.rows else None
        inner = self.link.path if self.link else ".".join(one.id for one in shape.chain) if shape else ""
        return f"{self.entity.module}.{self.entity.id}", inner


Finding = Step | Problem
LINKS = "links"
"""How the catalogue calls a table of links. What is archived must not hold on to records: it is emptied, and built anew later."""


def plan_changes(tx: Transaction, tables: RecordTables) -> Plan:
    """Compare the catalogue with what a configuration needs. Reads only; DDL is added by `schema_changes.described`."""
    catalogue = read_catalogue(tx)
    wanted = wanted_tables(tables)
    checks = checks_of(tables, tx.dialect)
    findings: list[Finding] = [*_old_checks(tx, checks)]
    for one in wanted:
        findings += _table(tx, one, catalogue)
    findings += _no_longer(tx, wanted, catalogue)
    findings += _indexes(tx, wanted, catalogue)
    findings += _fills(tx, tables, catalogue)
    findings += _new_checks(tx, checks, catalogue)
    steps = tuple(one for one in findings if isinstance(one, Step))
    return Plan(steps, tuple(one for one in findings if isinstance(one, Problem)))


def read_catalogue(tx: Transaction) -> dict[tuple[str, str], Stored]:
    """Return what is stored, by names of table and column."""
    found = {}
    for row in tx.connection.execute(select(stored_columns)):
        line = dict(row._mapping)
        archived = line.pop("archived_at") is not None
        found[row.table_name, row.column_name] = Stored(**line, archived=archived)
    return found


def wanted_tables(tables: RecordTables) -> tuple[Wanted, ...]:
    """Return every table of a configuration, an entity's before those of its rows, and last those of links."""
    links = (Wanted(link.entity, link.table, (), link=link) for link in tables.links)
    return (*(one for place in tables.all for one in _wanted(place)), *links)


def _wanted(place: EntityTable) -> Iterator[Wanted]:
    yield Wanted(place.entity, place.table, (*place.stored, *place.kept))
    for rows in place.rows.values():
        stored = tuple(child for child in rows.field.fields if child.is_stored)
        yield Wanted(place.entity, rows.table, stored, rows)


def _table(tx: Transaction, wanted: Wanted, catalogue: Mapping[tuple[str, str], Stored]) -> Iterator[Finding]:
    name = wanted.table.name
    known = catalogue.get((name, ""))
    if known is None:
        yield Step("create_table", name, params={"table": wanted.title, "count": len(wanted.fields)})
        return
    rows = count_of(tx, name)
    if known.archived:
        yield Step("restore_table", name, params={"table": wanted.title, "rows": rows})
    for one in wanted.fields:
        yield from _column(tx, wanted, one, catalogue.get((name, one.id)), rows)


def _column(tx: Transaction, wanted: Wanted, one: Field, known: Stored | None, rows: int) -> Iterator[Finding]:
    params = {"table": wanted.title, "field": one.title, "rows": rows}
    name = wanted.table.name
    if known is None:
        fill = fill_of(one)
        yield Step("add_column", name, one.id, rows if fill is not None else 0, params=params, fill=fill)
        if one.required and fill is None and rows and not one.formula:
            yield Problem("required_on_existing_rows", params=params, severity="warning")
        return
    if known.archived:
        yield Step("restore_column", name, one.id, params=params)
    kind = stored_kind(one)
    if (known.kind, known.scale) == (kind.kind, kind.scale):
        return
    old_scale = 0 if known.kind == "integer" else known.scale
    if kind.kind != "decimal" or kind.scale is None or old_scale is None or kind.scale < old_scale:
        yield Problem("column_kind_changed", params=params | {"before": _told(known), "after": _told(kind)})
        return
    yield Step("widen_column", name, one.id, rows, params=params, new_scale=kind.scale, old_scale=old_scale)
    yield from overflow_problem(tx, name, one, kind.scale - old_scale, params)


def _told(kind: Any) -> str:
    return kind.kind if kind.scale is None else f"{kind.kind}({PRECISION}, {kind.scale})"


def _no_longer(
    tx: Transaction, wanted: Iterable[Wanted], catalogue: Mapping[tuple[str, str], Stored]
) -> Iterator[Finding]:
    tables = {one.table.name: {field.id for field in one.fields} for one in wanted}
    for (table, column), known in catalogue.items():
        if known.archived or (table in tables and (not column or column in tables[table])):
            continue
        params = {"table": known.table_id or known.entity, "field": known.field_id, "rows": count_of(tx, table)}
        if not column and known.kind == LINKS:
            yield Step("empty_links", table, params=params)
        if not column:
            yield Step("archive_table", table, params=params)
        elif table in tables:
            yield Step("archive_column", table, column, params=params)


def _indexes(
    tx: Transaction, wanted: Iterable[Wanted], catalogue: Mapping[tuple[str, str], Stored]
) -> Iterator[Finding]:
    there = {row.name: row.table_name for row in tx.connection.execute(select(stored_indexes))}
    needed = {str(index.name): (one, index) for one in wanted for index in one.table.indexes}
    for name, table in there.items():
        if name not in needed:
            yield Step("drop_index", table, name, params={"index": name})
    for name, (one, index) in needed.items():
        if name not in there and (one.table.name, "") in catalogue:
            yield from _new_index(tx, one, index, catalogue)


def _new_index(
    tx: Transaction, wanted: Wanted, index: Index, catalogue: Mapping[tuple[str, str], Stored]
) -> Iterator[Finding]:
    name = wanted.table.name
    rows = count_of(tx, name)
    yield Step("add_index", name, str(index.name), params={"table": wanted.title, "index": index.name, "rows": rows})
    if index.unique and all(
        column.name.startswith("_") or (name, column.name) in catalogue for column in index.columns
    ):
        yield from duplicate_problem(tx, wanted.entity, index)


def _fills(tx: Transaction, tables: RecordTables, catalogue: Mapping[tuple[str, str], Stored]) -> Iterator[Finding]:
    """Work out for records that are there what a new definition keeps of others."""
    for one in missing(tx, tables):
        name = one.place.table.name
        if (name, "") in catalogue:
            rows = count_of(tx, name)
            params = {"table": one.place.entity.title, "field": one.title, "rows": rows}
            yield Step(one.kind, name, one.name, rows, params=params)


def _old_checks(tx: Transaction, checks: Mapping[str, Check]) -> Iterator[Finding]:
    """Take away first what is not wanted any more: it would stand in the way of what is done to the rows."""
    for row in tx.connection.execute(select(stored_checks).order_by(stored_checks.c.name)):
        if row.name not in checks:
            yield Step("drop_check", row.table_name, row.name, params={"check": row.name})


def _new_checks(
    tx: Transaction, checks: Mapping[str, Check], catalogue: Mapping[tuple[str, str], Stored]
) -> Iterator[Finding]:
    there = set(tx.connection.scalars(select(stored_checks.c.name)))
    for name, check in checks.items():
        if name in there:
            continue
        table, entity = check.table.name, check.entity
        known = all((table, column.name) in catalogue for column in check.columns)
        rows = count_of(tx, table) if (table, "") in catalogue else 0
        told = {"table": entity.title, "rule": check.rule.name, "rows": rows}
        yield Step("add_check", table, name, params=told)
        broken = violations(tx, check) if rows and known else 0
        if broken:
            at = f"/rules/{[one.name for one in entity.rules].index(check.rule.name)}"
            file = f"{entity.module}/entities/{entity.name}.json"
            yield Problem("check_violated", at, told | {"count": broken}, file=file)
