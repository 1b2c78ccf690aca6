"""Who stands in the team of which record: project roles, read from the sub-tables that entities name as their team."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, CompoundSelect, Select, bindparam, literal, select, union

from engine.storage.database import Transaction
from engine.storage.record_tables import EntityTable, RecordTables
from engine.storage.system_tables import accounts

_HELD = "roles held in teams"


def project_roles(tx: Transaction, tables: RecordTables, user: str) -> frozenset[str]:
    """Return the qualified project roles that a person has in any team; one statement for all entities."""
    if _HELD not in tables.kept:
        tables.kept[_HELD] = _held(tables)
    query = tables.kept[_HELD]
    if query is None:
        return frozenset()
    return frozenset(f"{module}.{role}" for module, role in tx.connection.execute(query, {"user": user}))


def _held(tables: RecordTables) -> CompoundSelect[Any] | None:
    """Return the query of the roles of `user`, put together once for each publication: most requests ask it."""
    queries = [
        select(literal(place.entity.module).label("module"), role).where(member == bindparam("user"))
        for place, member, role in _teams(tables)
    ]
    return union(*queries) if queries else None


def holders(tx: Transaction, tables: RecordTables, entity: str, record_id: str, role: str) -> tuple[str, ...]:
    """Return the active people who have a project role in a record's team, in the order of the team."""
    place = tables.entity(entity)
    team = place.entity.team
    if team is None:
        return ()
    rows = place.rows[team.table]
    query: Select[Any] = (
        select(accounts.c.id)
        .join(rows.table, rows.columns[team.user] == accounts.c.id)
        .where(
            rows.record_id == record_id,
            rows.columns[team.role] == role.rpartition(".")[2],
            accounts.c.active,
        )
        .order_by(rows.position)
    )
    return tuple(dict.fromkeys(tx.connection.scalars(query)))


def _teams(tables: RecordTables) -> Iterator[tuple[EntityTable, Column[Any], Column[Any]]]:
    for place in tables.all:
        team = place.entity.team
        if team is not None:
            columns = place.rows[team.table].columns
            yield place, columns[team.user], columns[team.role]
