"""The tables of links: of every field that points at several records, which records these are, with foreign keys both ways.

The list itself stands in the record, in its order; a link table says the same so that the database can refuse what leads
nowhere, and find from a record what points at it. It follows from the lists and can be built from them at any time.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table

from engine.definition.model import Entity, Field
from engine.storage.identifiers import index_name, table_name
from engine.storage.types import TEXT_BY_CODE_POINT

TEXT = TEXT_BY_CODE_POINT
MANY = "references"
"""The field type that has such a table."""


@dataclass(frozen=True, slots=True)
class LinkTable:
    """The links of one field at `path`; `holder` is the table that has the list in `column`, of the record or of rows."""

    entity: Entity
    path: str
    field: Field
    table: Table
    holder: Table
    column: Column[Any]

    @property
    def in_rows(self) -> bool:
        """Say whether rows hold the lists."""
        return "." in self.path


def link_table(
    metadata: MetaData, entity: Entity, path: str, ids: tuple[str, ...], field: Field, holder: Table, target: Table
) -> LinkTable:
    """Return the table of links from the rows of `holder` to those of `target`; `ids` are the stable ids on the path."""
    name = table_name(entity.module, entity.id, *ids, field.id)
    table = Table(
        name,
        metadata,
        Column("_holder_id", TEXT, ForeignKey(holder.c["_id"], ondelete="CASCADE"), primary_key=True),
        Column("_target_id", TEXT, ForeignKey(target.c["_id"]), primary_key=True),
        Column("_record_id", TEXT, nullable=False),
        Column("_position", Integer, nullable=False),
    )
    Index(index_name("ix", name, ("_target_id",)), table.c["_target_id"])
    Index(index_name("ix", name, ("_record_id",)), table.c["_record_id"])
    return LinkTable(entity, path, field, table, holder, holder.c[field.id])
