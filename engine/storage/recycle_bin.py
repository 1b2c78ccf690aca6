"""Records that were deleted: out of their tables, so that no list, key or sum meets them, and kept whole until they are purged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Select, Table, and_, delete, insert, or_, select

from engine.storage.database import Transaction
from engine.storage.sealed import SealedText
from engine.storage.system_tables import TEXT, metadata
from engine.storage.types import DOCUMENT, UtcDateTime

deleted_records = Table(
    "deleted_record",
    metadata,
    Column("entity", TEXT, primary_key=True),
    Column("record_id", TEXT, primary_key=True),
    Column("title", TEXT, nullable=False),
    Column("search", TEXT, nullable=False),
    Column("owner", TEXT),
    Column("version", BigInteger, nullable=False),
    Column("system", DOCUMENT, nullable=False),
    Column("document", DOCUMENT, nullable=False),
    Column("sealed", SealedText(random=True)),
    Column("links", DOCUMENT, nullable=False),
    Column("rows", DOCUMENT, nullable=False),
    Column("sealed_rows", SealedText(random=True)),
    Column("deleted_at", UtcDateTime(), nullable=False),
    Column("deleted_by", TEXT, nullable=False),
    Column("reason", TEXT, nullable=False),
    Column("root_entity", TEXT, nullable=False),
    Column("root_id", TEXT, nullable=False),
    Index("ix_deleted_record_latest", "entity", "deleted_at", "record_id"),
    Index("ix_deleted_record_root", "root_entity", "root_id"),
    Index("ix_deleted_record_age", "deleted_at"),
)


@dataclass(frozen=True, slots=True)
class Deleted:
    """A deleted record. `entity` is the module's name and the entity's id; `document` has its values by the ids of fields.

    `sealed` are the values that are encrypted, as JSON text. `links` are the fields elsewhere that pointed at it and were blanked;
    `rows` are the rows that other records lost when it went, each with `entity`, `record`, `place` and `document`, and `sealed_rows`
    what of them is encrypted, in the same order. Where it went because another one did, `root_entity` and `root_id` name
    that one; else they name itself.
    """

    entity: str
    record_id: str
    title: str
    search: str
    owner: str | None
    version: int
    system: Mapping[str, Any]
    document: Mapping[str, Any]
    sealed: str | None
    links: Sequence[Mapping[str, Any]]
    rows: Sequence[Mapping[str, Any]]
    sealed_rows: str | None
    deleted_at: datetime
    deleted_by: str
    reason: str
    root_entity: str
    root_id: str


class RecycleBin:
    """The bin, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def put(self, deleted: Deleted) -> None:
        """Keep a deleted record."""
        self.put_many([deleted])

    def put_many(self, deleted: Sequence[Deleted]) -> None:
        """Keep deleted records."""
        if deleted:
            rows = [{column.name: getattr(one, column.name) for column in deleted_records.c} for one in deleted]
            self._connection.execute(insert(deleted_records), rows)

    def get(self, entity: str, record_id: str, *, lock: bool = False) -> Deleted | None:
        """Return a deleted record; with `lock` nobody else restores it until the transaction ends."""
        query = select(deleted_records).where(_at(entity, record_id))
        found = self._connection.execute(query.with_for_update() if lock else query)
        return next(_read(found), None)

    def with_root(self, entity: str, record_id: str) -> tuple[Deleted, ...]:
        """Return the records that went because another one did, the first to go first."""
        table = deleted_records.c
        query = select(deleted_records).where(table.root_entity == entity, table.root_id == record_id)
        return tuple(_read(self._connection.execute(query.order_by(table.entity, table.record_id))))

    def page(
        self,
        entity: str,
        *,
        whose: str = "",
        words: Sequence[str] = (),
        before: tuple[datetime, str] | None,
        limit: int,
    ) -> tuple[Deleted, ...]:
        """Return deleted records, the latest first; `whose` narrows them to those that a person deleted or owned."""
        table = deleted_records.c
        query = select(deleted_records).where(table.entity == entity)
        query = query.where(or_(table.deleted_by == whose, table.owner == whose)) if whose else query
        for word in words:
            query = query.where(table.search.contains(word, autoescape=True))
        if before is not None:
            earlier = and_(table.deleted_at == before[0], table.record_id < before[1])
            query = query.where(or_(table.deleted_at < before[0], earlier))
        return tuple(_read(self._connection.execute(_latest(query).limit(limit))))

    def remove(self, entity: str, record_ids: Iterable[str]) -> int:
        """Forget deleted records; return how many there were."""
        table = deleted_records.c
        gone = delete(deleted_records).where(table.entity == entity, table.record_id.in_(list(record_ids)))
        return self._connection.execute(gone).rowcount

    def older_than(self, moment: datetime, limit: int) -> tuple[Deleted, ...]:
        """Return records that were deleted before a moment."""
        query = select(deleted_records).where(deleted_records.c.deleted_at < moment).limit(limit)
        return tuple(_read(self._connection.execute(query)))


def _at(entity: str, record_id: str) -> Any:
    return and_(deleted_records.c.entity == entity, deleted_records.c.record_id == record_id)


def _latest(query: Select[Any]) -> Select[Any]:
    return query.order_by(deleted_records.c.deleted_at.desc(), deleted_records.c.record_id.desc())


def _read(found: Any) -> Any:
    return (Deleted(**row._mapping) for row in found)
