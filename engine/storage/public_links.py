"""Links by which people without an account fill a form: their tokens as digests only, their limits, and how often they were used."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, Table, case, insert, or_, select, update

from engine.storage.database import Transaction
from engine.storage.system_tables import TEXT, metadata
from engine.storage.types import UtcDateTime

public_links = Table(
    "public_link",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("form", TEXT, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("token_digest", TEXT, nullable=False, unique=True),
    Column("password_hash", TEXT, nullable=False),
    Column("expires_at", UtcDateTime()),
    Column("most", Integer),
    Column("most_a_day", Integer),
    Column("puzzle", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("day", Date),
    Column("answers_of_day", Integer, nullable=False),
    Column("created_by", TEXT, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
)

Link = Mapping[str, Any]


class PublicLinks:
    """The links, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def every(self) -> list[Link]:
        """Return all links, the newest first."""
        query = select(public_links).order_by(public_links.c.created_at.desc(), public_links.c.id)
        return [dict(row) for row in self._tx.connection.execute(query).mappings()]

    def get(self, link_id: str) -> Link | None:
        """Return a link by its id."""
        return self._one(public_links.c.id, link_id)

    def by_digest(self, digest: str) -> Link | None:
        """Return a link by the digest of its token."""
        return self._one(public_links.c.token_digest, digest)

    def add(self, link: Link) -> None:
        """Keep a new link."""
        self._tx.connection.execute(insert(public_links).values(**link, answers=0, answers_of_day=0))

    def change(self, link_id: str, values: Mapping[str, Any]) -> None:
        """Change a link."""
        self._tx.connection.execute(update(public_links).where(public_links.c.id == link_id).values(**values))

    def take(self, link_id: str, now: datetime, today: date) -> bool:
        """Count an answer, and say whether the link still had one to give: of two for the last place one gets it."""
        link = public_links.c
        fresh = or_(link.day.is_(None), link.day != today)
        query = (
            update(public_links)
            .where(link.id == link_id, link.active.is_(True))
            .where(or_(link.expires_at.is_(None), link.expires_at > now))
            .where(or_(link.most.is_(None), link.answers < link.most))
            .where(or_(link.most_a_day.is_(None), fresh, link.answers_of_day < link.most_a_day))
            .values(
                answers=link.answers + 1,
                answers_of_day=case((fresh, 1), else_=link.answers_of_day + 1),
                day=today,
            )
        )
        return self._tx.connection.execute(query).rowcount == 1

    def _one(self, column: Column[str], value: str) -> Link | None:
        row = self._tx.connection.execute(select(public_links).where(column == value)).mappings().first()
        return dict(row) if row else None
