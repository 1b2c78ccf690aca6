"""Who refers to a record: asked before it is deleted, blanked when it goes, and pointing again when it comes back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Select, bindparam, cast, literal, null, select, union_all, update

from engine.definition.model import Entity, Field
from engine.definition.rows import row_shape
from engine.storage.database import Transaction
from engine.storage.record_links import MANY
from engine.storage.record_tables import EntityTable, RecordTables, RowTable
from engine.storage.rollups import Written, following

MOST = 10_000
"""No more holders of one field are looked at."""


@dataclass(frozen=True, slots=True)
class Use:
    """Records (or rows) of an entity that hold a record in the field at `path`: the record's id, and the row's."""

    entity: str
    path: str
    on_delete: Literal["restrict", "nullify", "cascade"]
    holders: tuple[tuple[str, str | None], ...]

    @property
    def count(self) -> int:
        """Return how many hold it."""
        return len(self.holders)


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
    before: object = None
    after: object = None


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
    def owner(self) -> Column[Any]:
        """Return the column of the record's id."""
        return self.rows.record_id if self.rows else self.place.id

    @property
    def id(self) -> Column[Any]:
        """Return the column of the id of what holds the value: the record, or the row."""
        return self.rows.id if self.rows else self.place.id

    def holds(self, tables: RecordTables, entity_key: str, record_id: str) -> ColumnElement[bool]:
        """Return the condition under which the field points at a record."""
        if self.field.type == "dynamic_reference":
            return self.column == {"entity": entity_key, "id": record_id}
        if self.field.type == MANY:
            table = next(one.table for one in tables.links_of(self.place.entity.key) if one.path == self.path)
            return self.id.in_(select(table.c["_holder_id"]).where(table.c["_target_id"] == record_id))
        return self.column == record_id

    @property
    def stable(self) -> str:
        """Return what the field is called as long as it lives, by the ids of the sub-tables that it lies in."""
        shape = row_shape(self.place.entity, self.rows.path) if self.rows else None
        return ".".join([*(table.id for table in (shape.chain if shape else ())), self.field.id])


def uses_of(tx: Transaction, tables: RecordTables, entity_key: str, record_id: str) -> tuple[Use, ...]:
    """Return where a record is referred to, in one statement: at most MOST records and rows of each field."""
    links = tuple(_links(tables, entity_key))
    queries = [_holders(number, link, tables, entity_key, record_id) for number, link in enumerate(links)]
    if not queries:
        return ()
    found: dict[int, list[tuple[str, str | None]]] = {}
    for number, record, row in tx.connection.execute(union_all(*queries)):
        found.setdefault(number, []).append((record, row))
    return tuple(
        Use(links[number].place.entity.key, links[number].path, links[number].field.on_delete, tuple(sorted(holders)))
        for number, holders in sorted(found.items())
    )


def pointed_at(tx: Transaction, tables: RecordTables, entity_key: str, ids: Sequence[str]) -> frozenset[str]:
    """Return those of some records that any field of any record points at: a statement for each field."""
    found: set[str] = set()
    for link in _links(tables, entity_key):
        column: Column[Any] = link.column
        wanted: list[object] = list(ids)
        if link.field.type == MANY:
            table = next(one.table for one in tables.links_of(link.place.entity.key) if one.path == link.path)
            column = table.c["_target_id"]
        elif link.field.type == "dynamic_reference":
            wanted = [{"entity": entity_key, "id": key} for key in ids]
        values = tx.connection.scalars(select(column).where(column.in_(wanted)).distinct())
        found |= {value["id"] if isinstance(value, Mapping) else value for value in values}
    return frozenset(found)


def _holders(number: int, link: _Link, tables: RecordTables, entity_key: str, record_id: str) -> Select[Any]:
    row: ColumnElement[Any] = link.rows.id if link.rows else cast(null(), link.place.id.type)
    query = select(literal(number).label("number"), link.owner.label("record"), row.label("row"))
    return select(query.where(link.holds(tables, entity_key, record_id)).limit(MOST + 1).subquery())


def clear_uses(
    tx: Transaction, tables: RecordTables, entity_key: str, record_id: str, *, actor: str, now: datetime
) -> tuple[Turned, ...]:
    """Blank every field with `on_delete: nullify` that holds the record; their records get a new version."""
    return tuple(
        turned
        for link in _links(tables, entity_key)
        if link.field.on_delete == "nullify"
        for turned in _turn(
            tx, tables, link, link.holds(tables, entity_key, record_id), _Without(record_id), actor, now
        )
    )


def point_again(
    tx: Transaction,
    tables: RecordTables,
    links: Iterable[Mapping[str, Any]],
    entity_key: str,
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
                where = own.in_(ids) if link.field.type == MANY else own.in_(ids) & link.column.is_(None)
                found += _turn(tx, tables, link, where, _With(entity_key, record_id), actor, now)
    return tuple(found)


def stable_key(entity: Entity) -> str:
    """Return what an entity is called as long as it lives, whatever it is renamed to."""
    return f"{entity.module}.{entity.id}"


@dataclass(frozen=True, slots=True)
class _Without:
    """Turns a value into one that does not point at a record any more."""

    record_id: str

    def __call__(self, field: Field, value: Any) -> Any:
        left = [one for one in value or () if one != self.record_id] if field.type == MANY else None
        return left or None


@dataclass(frozen=True, slots=True)
class _With:
    """Turns a value into one that points at a record again."""

    entity: str
    record_id: str

    def __call__(self, field: Field, value: Any) -> Any:
        if field.type == MANY:
            return list(dict.fromkeys((*(value or ()), self.record_id)))
        return {"entity": self.entity, "id": self.record_id} if field.type == "dynamic_reference" else self.record_id


def _turn(
    tx: Transaction,
    tables: RecordTables,
    link: _Link,
    where: ColumnElement[bool],
    turn: _Without | _With,
    actor: str,
    now: datetime,
) -> Iterator[Turned]:
    """Change the values of one field where a condition holds; the records that hold them get a new version."""
    found = tx.connection.execute(select(link.owner, link.id, link.column).where(where)).all()
    if not found:
        return
    owners = sorted({row[0] for row in found})
    after = {row[1]: turn(link.field, row[2]) for row in found}
    tree = {key: {link.field.name: value} for key, value in after.items()} if link.field.type == "tree_parent" else {}
    names = frozenset({link.field.name} if link.rows is None else ())
    written = Written("id", owners, names, frozenset({link.rows.path} if link.rows else ()), tree)
    header = link.place.columns
    with following(tx, tables, link.place, written):
        table = link.place.table if link.rows is None else link.rows.table
        changed = (
            update(table)
            .where(link.id == bindparam("holder"))
            .values({link.column: bindparam("value", type_=link.column.type)})
        )
        tx.connection.execute(changed, [{"holder": key, "value": value} for key, value in after.items()])
        stamped: dict[Any, Any] = {header["version"]: header["version"] + 1}
        stamped |= {header["updated_at"]: now, header["updated_by"]: actor}
        stamp = update(link.place.table).where(link.place.id.in_(owners)).values(stamped)
        versions = {row[0]: row[1] for row in tx.connection.execute(stamp.returning(link.place.id, header["version"]))}
    path = link.rows.path if link.rows else ""
    for owner, holder, before in found:
        row_id = holder if link.rows else None
        yield Turned(
            link.place.entity.key, link.field, path, link.stable, owner, row_id, versions[owner], before, after[holder]
        )


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
    if field.type == "dynamic_reference":
        return entity_key in {key for _, key in field.targets}
    return field.to == entity_key or (field.type == "tree_parent" and owner.key == entity_key)
