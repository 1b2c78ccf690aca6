"""What people gave to others: one record to a person, a role, or a department with all below it, until it is taken back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)

from engine.errors import Stale
from engine.projection.shares import Given, ShareLevel
from engine.storage.accounts import MAX_DEPTH
from engine.storage.database import Transaction
from engine.storage.system_tables import TEXT, accounts, departments, metadata, role_holders
from engine.storage.types import UtcDateTime

_SEPARATOR = "\n"

ReceiverKind = Literal["user", "role", "department"]

shares = Table(
    "share",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("entity", TEXT, nullable=False),
    Column("record_id", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("receiver", TEXT, nullable=False),
    Column("level", TEXT, nullable=False),
    Column("fields", TEXT, nullable=False),
    Column("note", TEXT, nullable=False),
    Column("expires_at", UtcDateTime()),
    Column("given_by", TEXT, nullable=False),
    Column("given_at", UtcDateTime(), nullable=False),
    Column("revoked_by", TEXT),
    Column("revoked_at", UtcDateTime()),
    Column("version", Integer, nullable=False),
    Index("ix_share_record", "record_id"),
    Index(
        "ix_share_receiver",
        "kind",
        "receiver",
        postgresql_where=text("revoked_at IS NULL"),
        sqlite_where=text("revoked_at IS NULL"),
    ),
)
"""`entity` is the stable key. `fields` are those that were open to who gave it, by ids, as JSON text that is alike where the terms are."""


@dataclass(frozen=True, slots=True)
class Share:
    """One share. `kind` says whose id `receiver` is; one that has ended by itself keeps `revoked_at` blank."""

    id: str
    entity: str
    record_id: str
    kind: ReceiverKind
    receiver: str
    level: ShareLevel
    fields: str
    note: str
    expires_at: datetime | None
    given_by: str
    given_at: datetime
    revoked_by: str | None = None
    revoked_at: datetime | None = None
    version: int = 1


def something_for_account() -> ColumnElement[bool]:
    """Return whether something may be shared with the person of an account: a question that needs no statement of its own.

    Departments are not told apart here, nor are shares that have ended by themselves.
    """
    table = shares.c
    roles = select(role_holders.c.role).where(role_holders.c.user_id == accounts.c.id).correlate(accounts)
    mine = or_(
        and_(table.kind == "user", table.receiver == accounts.c.id),
        and_(table.kind == "role", table.receiver.in_(roles)),
        and_(table.kind == "department", accounts.c.department_id.is_not(None)),
    )
    return select(literal(1)).select_from(shares).where(table.revoked_at.is_(None), mine).exists()


class Shares:
    """The shares, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def add(self, share: Share) -> None:
        """Keep a new share."""
        self._connection.execute(insert(shares).values(asdict(share)))

    def get(self, record_id: str, share_id: str) -> Share | None:
        """Return a share of a record."""
        found = self._read(select(shares).where(shares.c.id == share_id, shares.c.record_id == record_id))
        return found[0] if found else None

    def many(self, ids: Collection[str]) -> tuple[Share, ...]:
        """Return shares by their ids."""
        return self._read(select(shares).where(shares.c.id.in_(ids))) if ids else ()

    def of_record(self, record_id: str, now: datetime) -> tuple[Share, ...]:
        """Return the shares of a record that are in force, the latest first."""
        query = select(shares).where(shares.c.record_id == record_id, _in_force(now))
        return self._read(query.order_by(shares.c.id.desc()))

    def given_to(
        self, user: str, roles: Collection[str], department: str | None, now: datetime
    ) -> Mapping[str, Sequence[Given]]:
        """Return what is shared with a person, by entity, put together where the terms are alike; in one statement."""
        asked = {"user": user, "roles": list(roles), "department": department, "now": now}
        found: dict[str, list[Given]] = {}
        for entity, level, fields, held, shared in self._connection.execute(_GIVEN, asked):
            given = Given(level, fields, frozenset(held.split(_SEPARATOR)), tuple(shared.split(_SEPARATOR)))
            found.setdefault(entity, []).append(given)
        return found

    def revoke(self, share_id: str, expected: int, by: str, now: datetime) -> None:
        """End a share that nobody changed meanwhile. Raises Stale."""
        here = (shares.c.id == share_id, shares.c.version == expected, shares.c.revoked_at.is_(None))
        ended = {"revoked_by": by, "revoked_at": now, "version": expected + 1}
        if not self._connection.execute(update(shares).where(*here).values(ended)).rowcount:
            raise Stale(expected, expected + 1)

    def forget(self, record_ids: Collection[str]) -> None:
        """Forget what was shared of records that are gone for good."""
        self._connection.execute(delete(shares).where(shares.c.record_id.in_(record_ids)))

    def _read(self, query: Select[Any]) -> tuple[Share, ...]:
        return tuple(Share(**row._mapping) for row in self._connection.execute(query))


def _in_force(now: object) -> ColumnElement[bool]:
    ends = or_(shares.c.expires_at.is_(None), shares.c.expires_at > now)
    return and_(shares.c.revoked_at.is_(None), ends)


def _chain(department: ColumnElement[str | None]) -> Select[Any]:
    """Return the query of a department and all above it: what is given to one of them is given to those below."""
    start = select(departments.c.id, departments.c.parent_id, literal(0).label("height"))
    up = start.where(departments.c.id == department).cte("above", recursive=True)
    above = select(departments.c.id, departments.c.parent_id, up.c.height + 1)
    above = above.join(up, departments.c.id == up.c.parent_id).where(up.c.height < MAX_DEPTH)
    return select(up.union_all(above).c.id)


def _given() -> Select[Any]:
    table = shares.c
    terms = (table.entity, table.level, table.fields)
    records, ids = (func.aggregate_strings(one, _SEPARATOR) for one in (table.record_id, table.id))
    mine = or_(
        and_(table.kind == "user", table.receiver == bindparam("user", type_=TEXT)),
        and_(table.kind == "role", table.receiver.in_(bindparam("roles", type_=TEXT, expanding=True))),
        and_(table.kind == "department", table.receiver.in_(_chain(bindparam("department", type_=TEXT)))),
    )
    now = bindparam("now", type_=UtcDateTime())
    return select(*terms, records, ids).where(_in_force(now), mine).group_by(*terms)


# Putting the statement together takes longer than sending it.
_GIVEN = _given()
