"""Records: read, write, lock. One statement for the record and one for each of its sub-tables."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine.errors import NotFound, Stale
from engine.storage.bundles import update_later
from engine.storage.database import Transaction
from engine.storage.identifiers import new_id
from engine.storage.limits import note_written
from engine.storage.links import held_by_links
from engine.storage.not_unique import refused
from engine.storage.prepared import fields_by_ids, record_by_id
from engine.storage.record_rows import RowsLater, read_rows, write_changes, write_rows
from engine.storage.record_tables import LEDGER_FIELDS, SYSTEM_FIELDS, EntityTable, RecordTables, system_fields
from engine.storage.rollup_changes import is_kept, unfed
from engine.storage.rollup_writing import read_whole, refresh
from engine.storage.rollups import Written, following, is_followed, together
from engine.storage.row_changes import RowChanges
from engine.storage.search_text import SEARCH, search_text, searched_fields


@dataclass(frozen=True, slots=True)
class Record:
    """One stored record.

    `values` holds every stored field by name (blank: None); a sub-table is a list of mappings, each with `id`. `entry` holds
    what the engine keeps on an entry of a ledger (stage, entry_kind, source_id ...).
    """

    entity: str
    id: str
    version: int
    values: Mapping[str, object]
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str
    owner: str | None
    status: str = ""
    submitted_at: datetime | None = None
    effective_at: datetime | None = None
    entry: Mapping[str, object] = field(default_factory=dict)

    @property
    def system(self) -> dict[str, object]:
        """Return the system fields by the names that formulas use."""
        named = {name: getattr(self, name) for name in (*SYSTEM_FIELDS, "status", "submitted_at", "effective_at")}
        return named | dict(self.entry)

    @property
    def named(self) -> dict[str, object]:
        """Return the record as formulas see it: its own fields, and the system's under names that it does not use itself."""
        return {**self.system, **self.values}


class Records:
    """The records of a configuration, within a transaction."""

    def __init__(self, tx: Transaction, tables: RecordTables) -> None:
        self._tx = tx
        self._tables = tables

    def insert(
        self,
        entity_key: str,
        values: Mapping[str, object],
        *,
        actor: str,
        now: datetime,
        record_id: str | None = None,
        owner: str | None = None,
        status: str = "draft",
    ) -> Record:
        """Store a new record with its rows and return it; rows without id get one.

        `status` matters to documents only. Raises Invalid with `not_unique`.
        """
        place = self._tables.entity(entity_key)
        system = {"id": record_id or new_id(), "version": 1, "owner": owner or actor, "status": status}
        system |= {"created_at": now, "created_by": actor, "updated_at": now, "updated_by": actor}
        stored = {field.name: values.get(field.name) for field in place.stored} | unfed(place)
        system[SEARCH] = search_text(place.entity, stored)
        row = {place.columns[name].name: value for name, value in (system | stored).items() if name in place.columns}
        written = Written("id", (str(system["id"]),), is_new=True, values={str(system["id"]): stored})
        with following(self._tx, self._tables, place, written):
            with refused(place):
                self._tx.connection.execute(insert(place.table), row)
            rows = write_rows(self._tx, place, {str(system["id"]): values})[str(system["id"])]
            written.whole[str(system["id"])] = stored | rows
        return _record(place, system | {"submitted_at": None, "effective_at": None} | stored, rows)

    def put_back(
        self,
        entity_key: str,
        record_id: str,
        values: Mapping[str, object],
        system: Mapping[str, object],
        *,
        actor: str,
        now: datetime,
    ) -> None:
        """Store a record that was deleted, with the ids, the number and the rows that it had. Raises Invalid with `not_unique`.

        `system` is what it had of `created_at`, `created_by`, `owner`, `status` and the like; `version` is the new one.
        """
        place = self._tables.entity(entity_key)
        named = {field.name: values.get(field.name) for field in place.stored} | unfed(place)
        named |= {**system, "id": record_id, "updated_at": now, "updated_by": actor}
        named[SEARCH] = search_text(place.entity, named)
        row = {place.columns[name].name: value for name, value in named.items() if name in place.columns}
        written = Written("id", (record_id,), is_new=True, values={record_id: named})
        with following(self._tx, self._tables, place, written):
            with refused(place):
                self._tx.connection.execute(insert(place.table), row)
            write_rows(self._tx, place, {record_id: values})
            refresh(self._tx, self._tables, place, read_whole(self._tx, place, (record_id,)))

    def get(self, entity_key: str, record_id: str, *, lock: bool = False, rows_later: bool = False) -> Record | None:
        """Return a record with its rows. With `lock` nobody else may change it until the transaction ends.

        With `rows_later` each sub-table is read when it is first asked for, within this transaction.
        """
        place = self._tables.entity(entity_key)
        found = self._tx.connection.execute(record_by_id(place, lock=lock), {"record_id": record_id}).first()
        if found is None:
            return None
        named = _named(place, found)
        if rows_later:
            record = _record(place, named, {})
            return replace(record, values=RowsLater(self._tx, place, record_id, record.values))
        return _record(place, named, read_rows(self._tx, place, [record_id])[record_id])

    def need(self, entity_key: str, record_id: str, *, lock: bool = False, rows_later: bool = False) -> Record:
        """Return a record as `get` does. Raises NotFound."""
        found = self.get(entity_key, record_id, lock=lock, rows_later=rows_later)
        if found is None:
            raise NotFound(entity_key, record_id)
        return found

    def get_many(self, entity_key: str, ids: Sequence[str]) -> dict[str, Record]:
        """Return whole records by id: one statement, and one for each sub-table."""
        place = self._tables.entity(entity_key)
        found = self._tx.connection.execute(select(*place.columns.values()).where(place.id.in_(ids))).all()
        named = {str(values["id"]): values for values in (_named(place, row) for row in found)}
        rows = read_rows(self._tx, place, tuple(named)) if named else {}
        return {key: _record(place, values, rows[key]) for key, values in named.items()}

    def many(self, entity_key: str, ids: Iterable[str], fields: Sequence[str]) -> dict[str, dict[str, object]]:
        """Return some fields (system ones too) of many records by id, in one statement: for showing references."""
        wanted = tuple(dict.fromkeys(ids))
        place = self._tables.entity(entity_key)
        if not wanted:
            return {}
        names = tuple(name for name in fields if name in place.columns)
        found = self._tx.connection.execute(fields_by_ids(place, names), {"ids": wanted})
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in found}

    def exists(self, entity_key: str, record_id: str) -> bool:
        """Say whether there is such a record."""
        place = self._tables.entity(entity_key)
        return self._tx.connection.execute(select(place.id).where(place.id == record_id)).first() is not None

    def update(
        self,
        entity_key: str,
        record_id: str,
        expected_version: int,
        values: Mapping[str, object],
        rows: Mapping[str, RowChanges],
        *,
        actor: str,
        now: datetime,
        system: Mapping[str, object] | None = None,
        whole: Mapping[str, object] | None = None,
    ) -> int:
        """Write changed fields and rows and return the new version.

        `system` may change `status`, `owner`, `submitted_at`, `effective_at` in the same statement. `whole` is the record as it
        will be, with its rows: where it is known, it need not be read to be indexed. Raises Stale when somebody was quicker,
        NotFound, and Invalid with `not_unique`.
        """
        place = self._tables.entity(entity_key)
        given = {name: value for name, value in values.items() if not is_kept(place.entity, name)}
        changed = {**given, **(system or {}), "version": expected_version + 1, "updated_at": now, "updated_by": actor}
        changed |= self._renamed(place, record_id, values)
        row = {place.columns[name].name: value for name, value in changed.items() if name in place.columns}
        statement = update(place.table).where(place.id == record_id, place.columns["version"] == expected_version)
        known = {} if whole is None else {record_id: whole}
        written = Written("id", (record_id,), frozenset(changed), frozenset(rows), {record_id: given}, known)
        with following(self._tx, self._tables, place, written):
            with refused(place):
                touched = self._tx.connection.execute(statement.values(row)).rowcount
            if not touched:
                self._refuse(place, record_id, expected_version)
            write_changes(self._tx, place, record_id, rows)
        return expected_version + 1

    def set_status(
        self,
        entity_key: str,
        record_id: str,
        expected_version: int,
        status: str,
        *,
        actor: str,
        now: datetime,
        **moments: datetime | None,
    ) -> int:
        """Change the status of a document that this transaction has locked, and `submitted_at` / `effective_at` where given.

        Returns the new version.
        """
        system = {"status": status, **moments}
        place, version = self._tables.entity(entity_key), expected_version + 1
        changed = {**system, "version": version, "updated_at": now, "updated_by": actor}
        if not is_followed(self._tx, self._tables, place, Written("id", (record_id,), frozenset(changed))):
            given = {place.columns[name].name: value for name, value in changed.items() if name in place.columns}
            found = {place.id.name: record_id, place.columns["version"].name: expected_version}
            update_later(self._tx.connection, place.table, given, found)
            note_written(self._tx, self._tables, entity_key)
            return version
        return self.update(entity_key, record_id, expected_version, {}, {}, actor=actor, now=now, system=system)

    def delete(self, entity_key: str, record_id: str, expected_version: int) -> None:
        """Remove a record and its rows. Raises Stale or NotFound."""
        place = self._tables.entity(entity_key)
        statement = delete(place.table).where(place.id == record_id, place.columns["version"] == expected_version)
        with following(self._tx, self._tables, place, Written("id", (record_id,), is_gone=True)):
            try:
                touched = self._tx.connection.execute(statement).rowcount
            except IntegrityError as error:
                raise held_by_links(place, self._tables, error) from error
            if not touched:
                self._refuse(place, record_id, expected_version)

    def together(self) -> AbstractContextManager[None]:
        """Give a block in which many records are written: roll-ups are worked out once, at its end."""
        return together(self._tx, self._tables)

    def _renamed(self, place: EntityTable, record_id: str, values: Mapping[str, object]) -> dict[str, object]:
        """Return the new text for searching when what it is made of changes."""
        names = searched_fields(place.entity)
        if not set(names) & set(values):
            return {}
        others = [name for name in names if name not in values]
        kept = self.many(place.entity.key, [record_id], others).get(record_id, {}) if others else {}
        return {SEARCH: search_text(place.entity, {**kept, **values})}

    def _refuse(self, place: EntityTable, record_id: str, given: int) -> None:
        current = self._tx.connection.scalar(select(place.columns["version"]).where(place.id == record_id))
        if current is None:
            raise NotFound(place.entity.key, record_id)
        raise Stale(given, current)


def _named(place: EntityTable, row: Row[Any]) -> dict[str, Any]:
    return dict(zip(place.columns, row, strict=True))


def _record(place: EntityTable, named: Mapping[str, Any], rows: Mapping[str, list[dict[str, object]]]) -> Record:
    values = {field.name: named[field.name] for field in place.stored} | dict(rows)
    names = [name for name in system_fields(place.entity) if name not in LEDGER_FIELDS or name == "effective_at"]
    system: dict[str, Any] = {name: named.get(name) for name in names}
    is_entry = place.entity.kind == "ledger"
    entry = {name: named.get(name) for name in LEDGER_FIELDS} if is_entry else {}
    return Record(entity=place.entity.key, values=values, entry=entry, **system)
