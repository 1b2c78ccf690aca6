"""Forms that somebody began and has not saved: raw, for their author alone, apart from all records."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Integer, Table, delete, select

from engine.storage.conflict_free import insert_or_change
from engine.storage.database import Transaction
from engine.storage.sealed_documents import SealedDocument
from engine.storage.system_tables import TEXT, metadata
from engine.storage.types import UtcDateTime

NEW = ""
"""Stands for the record of a form that would create one."""

unfinished_forms = Table(
    "unfinished_form",
    metadata,
    Column("author", TEXT, primary_key=True),
    Column("entity", TEXT, primary_key=True),
    Column("record_id", TEXT, primary_key=True),
    Column("content", SealedDocument(), nullable=False),
    Column("version", Integer),
    Column("publication", Integer, nullable=False),
    Column("saved_at", UtcDateTime(), nullable=False),
    Index("ix_unfinished_form_record", "record_id"),
    Index("ix_unfinished_form_saved_at", "saved_at"),
)
"""`entity` is the entity's stable key. `content` is sealed: it may hold what is encrypted where it is stored."""

_KEY = ("author", "entity", "record_id")
_CONTENT = ("content", "version", "publication", "saved_at")


@dataclass(frozen=True, slots=True)
class Begun:
    """That a form was begun: on which version of the record (None: a new one), in which publication, typed last when."""

    author: str
    entity: str
    record_id: str
    version: int | None
    publication: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Unfinished(Begun):
    """The same with what was typed: any JSON object."""

    content: dict[str, Any]


class UnfinishedForms:
    """The unfinished forms of one author, within a transaction."""

    def __init__(self, tx: Transaction, author: str) -> None:
        self._tx = tx
        self._author = author

    def keep(self, one: Unfinished) -> None:
        """Keep a form in the place of what was kept of it before."""
        insert_or_change(self._tx, unfinished_forms, [asdict(one)], _KEY, _CONTENT)

    def get(self, entity: str, record_id: str) -> Unfinished | None:
        """Return what is kept of a form. Raises KeyMissing."""
        table = unfinished_forms.c
        here = (table.author == self._author, table.entity == entity, table.record_id == record_id)
        found = self._tx.connection.execute(select(unfinished_forms).where(*here)).first()
        return Unfinished(**found._mapping) if found else None

    def every(self, limit: int) -> tuple[Begun, ...]:
        """Return which forms were begun, what was typed last first."""
        table = unfinished_forms.c
        columns = [table[name] for name in Begun.__dataclass_fields__]
        query = select(*columns).where(table.author == self._author).order_by(table.saved_at.desc()).limit(limit)
        return tuple(Begun(**row._mapping) for row in self._tx.connection.execute(query))

    def end(self, entity: str, record_id: str) -> None:
        """Forget a form: it was saved, or thrown away."""
        table = unfinished_forms.c
        here = (table.author == self._author, table.entity == entity, table.record_id == record_id)
        self._tx.connection.execute(delete(unfinished_forms).where(*here))


def forget_unfinished(tx: Transaction, record_ids: Sequence[str]) -> None:
    """Forget what anybody began on records that are gone for good."""
    tx.connection.execute(delete(unfinished_forms).where(unfinished_forms.c.record_id.in_(record_ids)))


def forget_unfinished_before(tx: Transaction, moment: datetime) -> None:
    """Forget what nobody went on with since a moment."""
    tx.connection.execute(delete(unfinished_forms).where(unfinished_forms.c.saved_at < moment))
