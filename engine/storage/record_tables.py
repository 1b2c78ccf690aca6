"""The tables that records of a configuration are kept in, as SQLAlchemy sees them: real, typed columns.

Names come from stable ids, so a renamed field or entity keeps its column and table. What the engine adds itself starts
with an underscore and so never meets a field.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, Table

from engine.definition.model import Entity, Field, Grant, Measure, View
from engine.definition.rows import RowShape, above, every_field, row_shape, row_shapes
from engine.errors import NotFound
from engine.storage.identifiers import table_name
from engine.storage.record_indexes import add_extreme_index, add_header_indexes, add_row_indexes
from engine.storage.record_links import MANY, LinkTable, link_table
from engine.storage.rollup_feeds import Feed, Feeds, kept_fields
from engine.storage.search_layout import Layout, layout
from engine.storage.search_text import SEARCH
from engine.storage.types import TEXT_BY_CODE_POINT, UtcDateTime, column_type

TEXT = TEXT_BY_CODE_POINT

SYSTEM_FIELDS = ("id", "version", "created_at", "created_by", "updated_at", "updated_by", "owner")
DOCUMENT_FIELDS = ("status", "submitted_at", "effective_at")
LEDGER_FIELDS = (
    "stage",
    "entry_kind",
    "source_entity",
    "source_id",
    "source_line",
    "posting",
    "source_round",
    "adjusts",
    "effective_at",
)


@dataclass(frozen=True, slots=True)
class RowTable:
    """Where the rows of one sub-table are, found by its `path` ("lines.items"). `columns` has `id` and the stored fields by name.

    `record_id` is the record, `position` the place in the list, and `parent_id` the row that a row lies in, if it lies in one.
    """

    path: str
    field: Field
    table: Table
    columns: Mapping[str, Column[Any]]
    record_id: Column[Any]
    position: Column[Any]
    parent_id: Column[Any] | None = None
    statements: dict[object, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    """Statements that were built before: building one takes longer than sending it."""

    @property
    def id(self) -> Column[Any]:
        """Return the column of the row's id."""
        return self.columns["id"]

    @property
    def parent_path(self) -> str:
        """Return the path of the sub-table that the rows lie in; empty for those of the record itself."""
        return above(self.path)


@dataclass(frozen=True, slots=True)
class EntityTable:
    """Where the records of one entity are. `columns` has the stored fields and the system fields by name.

    `rows` has the sub-tables of every depth by path, each after the one that it lies in.
    """

    entity: Entity
    table: Table
    columns: Mapping[str, Column[Any]]
    rows: Mapping[str, RowTable]
    statements: dict[object, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    """As of a RowTable."""

    @property
    def id(self) -> Column[Any]:
        """Return the column of the record's id."""
        return self.columns["id"]

    @property
    def stored(self) -> tuple[Field, ...]:
        """Return the fields that have a column."""
        return self.entity.once(
            (__name__, "stored"), lambda one: tuple(field for field in one.fields if field.is_stored)
        )

    @property
    def kept(self) -> tuple[Field, ...]:
        """Return the columns that roll-ups need beside their own, as fields that nobody sees."""
        return tuple(kept for field in self.entity.fields for kept in kept_fields(field))


class RecordTables:
    """All record tables of a configuration. Build it once for a publication and keep it: it never changes."""

    def __init__(
        self,
        entities: Iterable[Entity],
        views: Iterable[View] = (),
        measures: Iterable[Measure] = (),
        grants: Iterable[Grant] = (),
    ) -> None:
        self.metadata = MetaData()
        # What others made of these tables and will need again, by a key of theirs: making it takes longer than using it.
        self.kept: dict[object, Any] = {}
        shown, known, given = tuple(views), tuple(entities), tuple(grants)
        self.layouts: Mapping[str, Layout] = {entity.key: layout(entity, given) for entity in known}
        self.feeds = Feeds(known)
        self._tables: Mapping[str, EntityTable] = {
            entity.key: _entity_table(self.metadata, entity, _sorts(entity, shown)) for entity in known
        }
        for feed in self.feeds.all:
            _add_extreme_index(self._tables[feed.source], feed)
        self.measures = tuple(measures)
        self.links: tuple[LinkTable, ...] = tuple(self._link_tables())

    def __contains__(self, key: object) -> bool:
        return key in self._tables

    def entity(self, key: str) -> EntityTable:
        """Return the tables of an entity by its qualified name. Raises NotFound."""
        found = self._tables.get(key)
        if found is None:
            raise NotFound("entity", key)
        return found

    @property
    def all(self) -> tuple[EntityTable, ...]:
        """Return the tables of every entity."""
        return tuple(self._tables.values())

    def links_of(self, entity: str) -> tuple[LinkTable, ...]:
        """Return the links that records of an entity, and their rows, hold."""
        return tuple(link for link in self.links if link.entity.key == entity)

    def links_to(self, entity: str) -> tuple[LinkTable, ...]:
        """Return the links that lead to records of an entity."""
        return tuple(link for link in self.links if link.field.to == entity)

    def _link_tables(self) -> Iterator[LinkTable]:
        for place in self._tables.values():
            for path, field in every_field(place.entity.fields):
                target = self._tables.get(field.to)
                if field.type == MANY and field.is_stored and target is not None:
                    table = above(path)
                    holder = place.rows[table].table if table else place.table
                    shape = row_shape(place.entity, table) if table else None
                    ids = tuple(one.id for one in shape.chain) if shape else ()
                    yield link_table(self.metadata, place.entity, path, ids, field, holder, target.table)


def system_fields(entity: Entity) -> tuple[str, ...]:
    """Return the names of the values that the engine itself keeps on every record of an entity."""
    extra = {"document": DOCUMENT_FIELDS, "ledger": LEDGER_FIELDS, "master": ()}[entity.kind]
    return (*SYSTEM_FIELDS, *extra)


def _sorts(entity: Entity, views: tuple[View, ...]) -> tuple[str, ...]:
    return tuple(view.sort[0] for view in views if view.entity == entity.key and view.sort)


def _entity_table(metadata: MetaData, entity: Entity, sorts: tuple[str, ...]) -> EntityTable:
    columns = {name: _system_column(name, entity) for name in system_fields(entity)}
    columns |= {field.name: Column(field.id, column_type(field)) for field in entity.fields if field.is_stored}
    kept = (one for field in entity.fields for one in kept_fields(field))
    columns |= {field.name: Column(field.id, column_type(field)) for field in kept}
    columns |= {SEARCH: Column("_search", TEXT)}
    table = Table(table_name(entity.module, entity.id), metadata, *columns.values())
    add_header_indexes(entity, table, columns, sorts)
    rows: dict[str, RowTable] = {}
    for shape in row_shapes(entity):
        rows[shape.path] = _row_table(metadata, entity, shape, table, rows.get(shape.parent))
    return EntityTable(entity, table, columns, rows)


def _row_table(metadata: MetaData, entity: Entity, shape: RowShape, header: Table, parent: RowTable | None) -> RowTable:
    field, key = shape.table, Column("_id", TEXT, primary_key=True)
    record = Column("_record_id", TEXT, ForeignKey(header.c["_id"], ondelete="CASCADE"), nullable=False)
    place = Column("_position", Integer, nullable=False)
    holder = (
        Column("_parent_id", TEXT, ForeignKey(parent.table.c["_id"], ondelete="CASCADE"), nullable=False)
        if parent
        else None
    )
    own = (key, record, place) if holder is None else (key, record, holder, place)
    stored = {child.name: Column(child.id, column_type(child)) for child in field.fields if child.is_stored}
    ids = (one.id for one in shape.chain)
    table = Table(table_name(entity.module, entity.id, *ids), metadata, *own, *stored.values())
    add_row_indexes(field, table, stored)
    return RowTable(shape.path, field, table, {"id": key} | stored, record, place, holder)


def _add_extreme_index(source: EntityTable, feed: Feed) -> None:
    """Let the least or greatest value of a record's own be found when the one that was it leaves."""
    rollup = feed.rollup
    place: EntityTable | RowTable = source.rows[feed.rows] if feed.rows else source
    if rollup.aggregate in {"min", "max"} and rollup.value is not None and rollup.value.text in place.columns:
        add_extreme_index(place.table, place.columns, rollup.via, rollup.value.text)


def _system_column(name: str, entity: Entity) -> Column[Any]:
    if name == "id":
        return Column("_id", TEXT, primary_key=True)
    if name in {"version", "source_round"}:
        return Column(f"_{name}", BigInteger, nullable=False)
    if name.endswith("_at"):
        return Column(f"_{name}", UtcDateTime(), nullable=name not in {"created_at", "updated_at"})
    optional = name == "adjusts" or (entity.kind == "ledger" and name == "owner")
    return Column(f"_{name}", TEXT, nullable=optional)
