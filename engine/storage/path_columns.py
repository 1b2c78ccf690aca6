"""Paths to columns: `total`, `item.name`, `owner.department.name`, joining what lies behind a reference once each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Field
from engine.errors import Invalid
from engine.problems import Problem
from engine.storage.record_tables import EntityTable, RecordTables, RowTable
from engine.storage.system_tables import accounts, departments

USER, DEPARTMENT = "system.user", "system.department"

PEOPLE_FIELDS = frozenset({"owner", "created_by", "updated_by"})
BUILT_IN: Mapping[str, Mapping[str, Column[Any]]] = {
    USER: {
        "id": accounts.c.id,
        "name": accounts.c.name,
        "login": accounts.c.login,
        "department": accounts.c.department_id,
        "superior": accounts.c.superior_id,
    },
    DEPARTMENT: {
        "id": departments.c.id,
        "name": departments.c.name,
        "code": departments.c.code,
        "parent": departments.c.parent_id,
        "head": departments.c.head_id,
    },
}
_BUILT_IN_LINKS = {
    (USER, "department"): DEPARTMENT,
    (USER, "superior"): USER,
    (DEPARTMENT, "parent"): DEPARTMENT,
    (DEPARTMENT, "head"): USER,
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Somewhere on a path: a table (or an alias of one) with its columns by field name."""

    shape: str
    source: FromClause
    columns: Mapping[str, Column[Any]]
    fields: Mapping[str, Field]

    def has(self, name: str) -> bool:
        """Say whether a name is one of the place's own."""
        return name in self.fields or name in self.columns


class PathColumns:
    """The columns that paths from a record (or with `rows` from a row of the sub-table at that path) lead to.

    `source` is what to select from; ask for it after the last path. Raises Invalid `unknown_path`.
    """

    def __init__(
        self, tables: RecordTables, entity_key: str, rows: str = "", *, source: FromClause | None = None
    ) -> None:
        self._tables = tables
        self.place = tables.entity(entity_key)
        self._record = self._kept(("record", entity_key), lambda: _record_place(self.place, self.place.table))
        # Rows by the path of their sub-table, the innermost first: a bare name is looked for in this order.
        self._around: dict[str, _Place] = {}
        self.rows = rows
        self._joined: dict[str, _Place] = {}
        # A query within a query must not speak of the aliases of the outer one.
        self._is_inner = source is not None
        self.source: FromClause = self.place.table if source is None else source
        if rows:
            self._enter(self._row_table(rows), is_whole=source is None)

    @property
    def tables(self) -> RecordTables:
        """Return the tables that the paths go through."""
        return self._tables

    def column(self, path: str) -> ColumnElement[Any]:
        """Return the column at the end of a path."""
        return self._resolve(path)[0]

    def field(self, path: str) -> Field | None:
        """Return the field at the end of a path, None for a system or built-in one."""
        return self._resolve(path)[1]

    def _enter(self, table: RowTable, *, is_whole: bool) -> None:
        """Make the rows around a row known, and select from them; a query within a query has the record outside."""
        if is_whole:
            self.source = table.table.join(self.place.table, table.record_id == self.place.id)
        while True:
            self._around[table.path] = _row_place(f"{self.place.entity.key}/{table.path}", table)
            if table.parent_id is None:
                return
            parent = self._row_table(table.parent_path)
            self.source = self.source.join(parent.table, table.parent_id == parent.id)
            table = parent

    def _row_table(self, name: str) -> RowTable:
        found = self.place.rows.get(name)
        if found is None:
            raise unknown(name)
        return found

    def _resolve(self, path: str) -> tuple[ColumnElement[Any], Field | None]:
        table, names = self._split(path)
        for around, place in self._around.items():
            if around == table or (not table and place.has(names[0])):
                return self._follow(place, names, around, path)
        return self._follow(self._record, names, "record", path)

    def _split(self, path: str) -> tuple[str, list[str]]:
        """Return the rows that a path names (from the record, or as they are called from here), and what it asks of them."""
        names = path.split(".")
        for around in self._around:
            called = around.split(".")
            # From a row of `lines.items` both `lines.items.item` and `items.item` lead to it.
            for start in range(len(called)):
                tail = called[start:]
                if names[: len(tail)] == tail and len(names) > len(tail):
                    return around, names[len(tail) :]
        return "", names

    def _follow(
        self, place: _Place, names: list[str], trail: str, whole: str
    ) -> tuple[ColumnElement[Any], Field | None]:
        name, *rest = names
        field = place.fields.get(name)
        if field is not None and field.lookup:
            way = [*field.lookup.split("."), *rest]
            # What a row looks up may be pointed at by a row around it, or by the record.
            return self._follow(place, way, trail, whole) if place.has(way[0]) else self._resolve(".".join(way))
        column = place.columns.get(name)
        if column is None:
            raise unknown(whole)
        if not rest:
            return column, field
        target = _target(place, name, field)
        if not target:
            raise unknown(whole)
        return self._follow(self._join(f"{trail}.{name}", target, column), rest, f"{trail}.{name}", whole)

    def _join(self, trail: str, target: str, column: ColumnElement[Any]) -> _Place:
        known = self._joined.get(trail)
        if known is None:
            number = sum(one.shape == target for one in self._joined.values())
            key = ("alias", target, number)
            known = self._alias(target) if self._is_inner else self._kept(key, lambda: self._alias(target))
            self._joined[trail] = known
            self.source = self.source.outerjoin(known.source, known.columns["id"] == column)
        return known

    def _kept(self, key: object, make: Callable[[], _Place]) -> _Place:
        found: _Place | None = self._tables.kept.get(key)
        if found is None:
            found = self._tables.kept[key] = make()
        return found

    def _alias(self, target: str) -> _Place:
        if target in BUILT_IN:
            original = BUILT_IN[target]["id"].table
            alias = original.alias()
            columns = {name: alias.c[column.name] for name, column in BUILT_IN[target].items()}
            return _Place(target, alias, columns, {})
        place = self._tables.entity(target)
        return _record_place(place, place.table.alias())


def unknown(path: str) -> Invalid:
    """Return the refusal of a path that leads nowhere."""
    return Invalid([Problem("unknown_path", params={"path": path})])


def _record_place(place: EntityTable, source: Any) -> _Place:
    columns = {name: source.c[column.name] for name, column in place.columns.items()}
    return _Place(place.entity.key, source, columns, {field.name: field for field in place.entity.fields})


def _row_place(shape: str, table: RowTable) -> _Place:
    return _Place(shape, table.table, table.columns, {field.name: field for field in table.field.fields})


def _target(place: _Place, name: str, field: Field | None) -> str:
    if field is None:
        built_in = _BUILT_IN_LINKS.get((place.shape, name), "")
        return built_in or (USER if name in PEOPLE_FIELDS and place.shape not in BUILT_IN else "")
    kind = FIELD_TYPES[field.type]
    # A list of ids has no one record behind it that could be joined.
    return "" if kind.json_type == "array" else kind.target(place.shape.partition("/")[0], field) or field.to
