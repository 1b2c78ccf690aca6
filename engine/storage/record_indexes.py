"""Indexes of record tables: references, declared ones, uniqueness, and the order in which views show records."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Index, Table, not_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.storage.identifiers import index_name
from engine.storage.sealed import hash_of, is_sealed

Columns = Mapping[str, Column[Any]]

DEAD_STATUSES = ("rejected", "withdrawn", "void")
"""Documents that do not count any more: every other one is live."""


class Downward(ColumnElement[Any]):
    """A column of an index, largest first and blanks last. SQLite has blanks last anyway and refuses to hear it said."""

    inherit_cache = True

    def __init__(self, column: Column[Any]) -> None:
        self.column = column


@compiles(Downward)
def _downward(element: Downward, compiler: SQLCompiler, **options: Any) -> str:
    suffix = " DESC" if compiler.dialect.name == "sqlite" else " DESC NULLS LAST"
    return compiler.process(element.column, **options) + suffix


def add_header_indexes(entity: Entity, table: Table, columns: Columns, sorts: tuple[str, ...]) -> None:
    """Attach to the table of an entity every index that its definition and its views ask for."""
    add_field_indexes(entity.fields, table, columns)
    for unique in entity.unique:
        if all(name in columns for name in unique.fields):
            _add_unique(entity, table, tuple(columns[name] for name in unique.fields))
    for field in entity.fields:
        if field.unique and field.is_stored and field.type != "series":
            _add_unique(entity, table, (columns[field.name],))
    for names in entity.indexes:
        if all(name in columns for name in names):
            _add(table, tuple(columns[name] for name in names))
    for sort in sorts:
        _add_sort(table, columns, sort)
    if entity.kind == "document":
        _add(table, (columns["status"], columns["id"]))
    if entity.kind == "ledger":
        _add_ledger_indexes(table, columns)
    _add(table, (columns["owner"], columns["id"]))


def add_row_indexes(field: Field, table: Table, columns: Columns) -> None:
    """Attach to the table of a sub-table its indexes."""
    _add(table, (table.c["_record_id"], table.c["_position"]))
    if "_parent_id" in table.c:
        _add(table, (table.c["_parent_id"],))
    add_field_indexes(field.fields, table, columns)


def add_field_indexes(fields: tuple[Field, ...], table: Table, columns: Columns) -> None:
    """Attach the indexes that single fields ask for. A series number is never given twice, not even to a dead document."""
    for field in fields:
        if not field.is_stored:
            continue
        if field.type == "series":
            _add(table, (columns[field.name],), unique=True)
        elif field.index or FIELD_TYPES[field.type].column(field).kind == "reference":
            _add(table, (columns[field.name],))


def add_extreme_index(table: Table, columns: Columns, via: str, value: str) -> None:
    """Attach the index in which the least and the greatest value of what points at a record stand at its ends."""
    if via in columns and via != "id":
        _add(table, (columns[via], columns[value]))


def _add_unique(entity: Entity, table: Table, columns: tuple[Column[Any], ...]) -> None:
    live = not_(table.c["_status"].in_(DEAD_STATUSES)) if entity.kind == "document" else None
    _add(table, columns, unique=True, where=live)


def _add_sort(table: Table, columns: Columns, sort: str) -> None:
    column = columns.get(sort.removeprefix("-"))
    if column is None:
        return
    if sort.startswith("-"):
        name = index_name("ix", table.name, (column.name, "_id"), "downward")
        if not _is_there(table, name):
            Index(name, Downward(column), columns["id"].desc())
    else:
        _add(table, (column, columns["id"]))


def _add_ledger_indexes(table: Table, columns: Columns) -> None:
    key = ("source_id", "posting", "source_line", "source_round", "entry_kind")
    _add(table, tuple(columns[name] for name in key), unique=True)
    _add(table, (columns["stage"], columns["id"]))


def _add(
    table: Table, columns: tuple[Column[Any], ...], *, unique: bool = False, where: ColumnElement[bool] | None = None
) -> None:
    # What is encrypted is found, and kept unique, by its keyed hash.
    parts = tuple(hash_of(column) if is_sealed(column) else column for column in columns)
    details = ("unique" if unique else "plain", "live" if where is not None else "all")
    name = index_name("uq" if unique else "ix", table.name, tuple(column.name for column in columns), *details)
    if _is_there(table, name):
        return
    if where is None:
        Index(name, *parts, unique=unique, _table=table)
    else:
        Index(name, *parts, unique=unique, _table=table, sqlite_where=where, postgresql_where=where)


def _is_there(table: Table, name: str) -> bool:
    # Two declarations may ask for the same index; its name says all that it is.
    return any(index.name == name for index in table.indexes)
