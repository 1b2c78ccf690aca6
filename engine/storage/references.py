"""Who refers to a record: asked before it is deleted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Column, Table, func, literal, select, union_all, update

from engine.definition.model import Entity, Field
from engine.storage.database import Transaction
from engine.storage.record_tables import RecordTables


@dataclass(frozen=True, slots=True)
class Use:
    """So many records (or rows) of an entity hold a record in the field at `path`."""

    entity: str
    path: str
    on_delete: Literal["restrict", "nullify", "cascade"]
    count: int


@dataclass(frozen=True, slots=True)
class _Link:
    entity: Entity
    path: str
    field: Field
    table: Table
    column: Column[Any]


def uses_of(tx: Transaction, tables: RecordTables, entity_key: str, record_id: str) -> tuple[Use, ...]:
    """Return where a record is referred to, in one statement."""
    links = tuple(_links(tables, entity_key))
    queries = [
        select(literal(number).label("number"), func.count()).select_from(link.table).where(link.column == record_id)
        for number, link in enumerate(links)
    ]
    if not queries:
        return ()
    found = [(links[number], count) for number, count in tx.connection.execute(union_all(*queries)) if count]
    return tuple(Use(link.entity.key, link.path, link.field.on_delete, count) for link, count in found)


def clear_uses(tx: Transaction, tables: RecordTables, entity_key: str, record_id: str) -> None:
    """Blank every field with `on_delete: nullify` that holds the record."""
    for link in _links(tables, entity_key):
        if link.field.on_delete == "nullify":
            tx.connection.execute(update(link.table).where(link.column == record_id).values({link.column: None}))


def _links(tables: RecordTables, entity_key: str) -> Iterator[_Link]:
    for place in tables.all:
        for field in place.stored:
            if _leads_to(place.entity, field, entity_key):
                yield _Link(place.entity, field.name, field, place.table, place.columns[field.name])
        for name, rows in place.rows.items():
            for field in rows.field.fields:
                if field.is_stored and _leads_to(place.entity, field, entity_key):
                    yield _Link(place.entity, f"{name}.{field.name}", field, rows.table, rows.columns[field.name])


def _leads_to(owner: Entity, field: Field, entity_key: str) -> bool:
    return field.to == entity_key or (field.type == "tree_parent" and owner.key == entity_key)
