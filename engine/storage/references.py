"""Who refers to a record: asked before it is deleted, blanked when it goes, and pointing again when it comes back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, func, literal, select, union_all, update

from engine.definition.model import Entity, Field
from engine.definition.rows import row_shape
from engine.storage.database import Transaction
from engine.storage.record_tables import EntityTable, RecordTables, RowTable
from engine.storage.rollups import Written, following


@dataclass(frozen=True, slots=True)
class Use:
    """So many records (or rows) of an entity hold a record in the field at `path`."""

    entity: str
    path: str
    on_delete: Literal["restrict", "nullify", "cascade"]
    count: int


@dataclass(frozen=True, slots=True)
class Turned:
    """One field that was blanked, or points again: of a record, or of a row of the sub-table at the path `table`.

    `stable` is what the field is called as long as it lives; `version` is the record's new one.
    """

    entity: str
    field: Field
    table: str
    stable: str
    record_id: str
    row_id: str | None
    version: int


@dataclass(frozen=True, slots=True)
class _Link:
    place: EntityTable
    rows: RowTable | None
    field: Field
    column: Column[Any]

    @property
    def path(self) -> str:
        return f"{self.rows.path}.{self.field.name}" if self.rows else self.field.name

    @property
    def stable(self) -> str:
        """Return what the field is called as long as it lives, by the ids of the sub-tables that it lies in."""
        shape = row_shape(self.place.entity, self.rows.path) if self.rows else None
        return ".".join([*(table.id for table in (shape.chain if shape else ())), self.field.id])


def uses_of(tx: Transaction, tables: RecordTables, entity_key: str, record_id: str) -> tuple[Use, ...]:
    """Return where a record is referred to, in one statement."""
    links = tuple(_links(tables, entity_key))
    queries = [
        select(literal(number).label("number"), func.count())
        .select_from(link.column.table)
        .where(link.column == record_id)
        for number, link in enumerate(links)
    ]
    if not queries:
        return ()
    found = [(links[number], count) for number, count in tx.connection.execute(union_all(*queries)) if count]
    return tuple(Use(link.place.entity.key, link.path, link.field.on_delete, count) for link, count in found)


def clear_uses(
    tx: Transaction, tables: RecordTables, entity_key: str, record_id: str, *, actor: str, now: datetime
) -> tuple[Turned, ...]:
    """Blank every field with `on_delete: nullify` that holds the record; their records get a new version."""
    return tuple(
        turned
        for link in _links(tables, entity_key)
        if link.field.on_delete == "nullify"
        for turned in _turn(tx, tables, link, link.column == record_id, None, actor, now)
    )


def point_again(
    tx: Transaction,
    tables: RecordTables,
    links: Iterable[Mapping[str, Any]],
    record_id: str,
    *,
    actor: str,
    now: datetime,
) -> tuple[Turned, ...]:
    """Let blanked fields point at a record that came back, where they are still there and still blank.

    A link has `entity` and `field` (`module.id` and the ids of table and field), `record` and `row`.
    """
    wanted: dict[tuple[str, str], list[str]] = {}
    for one in links:
        wanted.setdefault((one["entity"], one["field"]), []).append(one["row"] or one["record"])
    found: list[Turned] = []
    for place in tables.all:
        for link in _pointing(place):
            ids = wanted.get((stable_key(place.entity), link.stable))
            if ids:
                own = (link.rows.columns if link.rows else place.columns)["id"]
                found += _turn(tx, tables, link, own.in_(ids) & link.column.is_(None), record_id, actor, now)
    return tuple(found)


def stable_key(entity: Entity) -> str:
    """Return what an entity is called as long as it lives, whatever it is renamed to."""
    return f"{entity.module}.{entity.id}"


def _turn(
    tx: Transaction,
    tables: RecordTables,
    link: _Link,
    where: ColumnElement[bool],
    value: str | None,
    actor: str,
    now: datetime,
) -> Iterator[Turned]:
    own = link.place.id if link.rows is None else link.rows.record_id
    owners = sorted(set(tx.connection.scalars(select(own).where(where))))
    if not owners:
        return
    tree = {key: {link.field.name: value} for key in owners} if link.field.type == "tree_parent" else {}
    names = frozenset({link.field.name} if link.rows is None else ())
    written = Written("id", owners, names, frozenset({link.rows.path} if link.rows else ()), tree)
    with following(tx, tables, link.place, written):
        found = list(_turned(tx, link, where, value, actor, now))
    yield from found


def _turned(
    tx: Transaction, link: _Link, where: ColumnElement[bool], value: str | None, actor: str, now: datetime
) -> Iterator[Turned]:
    key, header = link.place.entity.key, link.place.columns
    stamped: dict[Any, Any] = {header["version"]: header["version"] + 1}
    stamped |= {header["updated_at"]: now, header["updated_by"]: actor}
    changed = update(link.place.table).returning(link.place.id, header["version"])
    if link.rows is None:
        for found in tx.connection.execute(changed.where(where).values({link.column: value, **stamped})):
            yield Turned(key, link.field, "", link.stable, found[0], None, found[1])
        return
    rows = link.rows
    turned = update(rows.table).where(where).values({link.column: value})
    at: Sequence[Any] = tx.connection.execute(turned.returning(rows.id, rows.record_id)).all()
    owners = {row[1] for row in at}
    if owners:
        stamp = changed.where(link.place.id.in_(owners)).values(stamped)
        versions = {found[0]: found[1] for found in tx.connection.execute(stamp)}
        yield from (Turned(key, link.field, rows.path, link.stable, row[1], row[0], versions[row[1]]) for row in at)


def _links(tables: RecordTables, entity_key: str) -> Iterator[_Link]:
    for place in tables.all:
        yield from (link for link in _pointing(place) if _leads_to(place.entity, link.field, entity_key))


def _pointing(place: EntityTable) -> Iterator[_Link]:
    for field in place.stored:
        yield _Link(place, None, field, place.columns[field.name])
    for rows in place.rows.values():
        for field in rows.field.fields:
            if field.is_stored:
                yield _Link(place, rows, field, rows.columns[field.name])


def _leads_to(owner: Entity, field: Field, entity_key: str) -> bool:
    return field.to == entity_key or (field.type == "tree_parent" and owner.key == entity_key)
