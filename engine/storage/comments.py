"""What people say about records: comments in threads of one level, and how each read before it was changed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, Select, Table, delete, func, insert, select, update

from engine.errors import Stale
from engine.storage.database import Transaction
from engine.storage.system_tables import TEXT, metadata
from engine.storage.types import DOCUMENT, UtcDateTime

comments = Table(
    "comment",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("entity", TEXT, nullable=False),
    Column("record_id", TEXT, nullable=False),
    Column("thread_id", TEXT, nullable=False),
    Column("author", TEXT, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("files", DOCUMENT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("edited_at", UtcDateTime()),
    Column("deleted_at", UtcDateTime()),
    Column("deleted_by", TEXT),
    Index("ix_comment_record", "record_id", "id"),
    Index("ix_comment_thread", "thread_id", "id"),
)
"""A comment that opens a thread has its own id as `thread_id`. `entity` is the entity's stable key, whatever it is renamed to."""

earlier_wordings = Table(
    "comment_wording",
    metadata,
    Column("comment_id", TEXT, ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("text", TEXT, nullable=False),
    Column("files", DOCUMENT, nullable=False),
    Column("replaced_at", UtcDateTime(), nullable=False),
)
"""What a version of a comment said, and when it was changed or deleted."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment; people are told by their ids in the text (`@[id]`). `files` have `id`, `name`, `size` (bytes), `media_type`."""

    id: str
    entity: str
    record_id: str
    thread_id: str
    author: str
    text: str
    files: Sequence[Mapping[str, Any]]
    version: int
    created_at: datetime
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    deleted_by: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """How a comment read at a version, and until when."""

    version: int
    text: str
    files: Sequence[Mapping[str, Any]]
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class Replies:
    """The latest answers in a thread, the oldest of them first, and how many there are in all."""

    latest: tuple[Comment, ...]
    count: int


class Comments:
    """The comments, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def add(self, comment: Comment) -> None:
        """Keep a new comment."""
        self._connection.execute(insert(comments).values(asdict(comment)))

    def get(self, record_id: str, comment_id: str, *, lock: bool = False) -> Comment | None:
        """Return a comment of a record; with `lock` nobody else changes it until the transaction ends."""
        query = select(comments).where(comments.c.id == comment_id, comments.c.record_id == record_id)
        found = self._connection.execute(query.with_for_update() if lock else query).first()
        return Comment(**found._mapping) if found else None

    def threads(self, record_id: str, *, limit: int, before: str = "", at: str = "") -> tuple[Comment, ...]:
        """Return the comments that open threads, the newest first: those before one, or from the one `at` on."""
        table = comments.c
        query = select(comments).where(table.record_id == record_id, table.thread_id == table.id)
        query = query.where(table.id < before) if before else query
        query = query.where(table.id <= at) if at else query
        return self._read(query.order_by(table.id.desc()).limit(limit))

    def answers(self, thread_id: str, *, limit: int, before: str = "") -> tuple[Comment, ...]:
        """Return the answers in one thread, the newest first."""
        table = comments.c
        query = select(comments).where(table.thread_id == thread_id, table.id != thread_id)
        query = query.where(table.id < before) if before else query
        return self._read(query.order_by(table.id.desc()).limit(limit))

    def latest_answers(self, thread_ids: Sequence[str], *, most: int) -> dict[str, Replies]:
        """Return the latest answers of each thread, in one statement; a thread without any is left out."""
        table = comments.c
        place = func.row_number().over(partition_by=table.thread_id, order_by=table.id.desc())
        of = func.count().over(partition_by=table.thread_id)
        answers = select(*table, place.label("place"), of.label("of"))
        numbered = answers.where(table.thread_id.in_(thread_ids), table.id != table.thread_id).subquery()
        query = select(numbered).where(numbered.c.place <= most).order_by(numbered.c.id)
        found: dict[str, Replies] = {}
        for row in self._connection.execute(query) if thread_ids else ():
            told = {name: value for name, value in row._mapping.items() if name not in {"place", "of"}}
            one = Comment(**told)
            found[one.thread_id] = Replies((*found.get(one.thread_id, Replies((), 0)).latest, one), row.of)
        return found

    def authors(self, thread_id: str) -> frozenset[str]:
        """Return who wrote in a thread."""
        return frozenset(
            self._connection.scalars(select(comments.c.author).where(comments.c.thread_id == thread_id).distinct())
        )

    def count(self, record_id: str) -> int:
        """Return how many comments of a record there are to read."""
        here = (comments.c.record_id == record_id, comments.c.deleted_at.is_(None))
        return int(self._connection.scalar(select(func.count()).select_from(comments).where(*here)) or 0)

    def change(self, before: Comment, now: datetime, changes: Mapping[str, Any]) -> None:
        """Change a comment from the version that was seen, and keep how it read. Raises Stale."""
        here = (comments.c.id == before.id, comments.c.version == before.version)
        changed = update(comments).where(*here).values({**changes, "version": before.version + 1})
        if not self._connection.execute(changed).rowcount:
            raise Stale(before.version, before.version + 1)
        kept = {"comment_id": before.id, "version": before.version, "text": before.text, "files": list(before.files)}
        self._connection.execute(insert(earlier_wordings).values(**kept, replaced_at=now))

    def wordings(self, comment_id: str, *, limit: int = 200) -> tuple[Wording, ...]:
        """Return how a comment read before, the latest first."""
        table = earlier_wordings.c
        query = select(table.version, table.text, table.files, table.replaced_at)
        query = query.where(table.comment_id == comment_id).order_by(table.version.desc()).limit(limit)
        return tuple(Wording(*row) for row in self._connection.execute(query))

    def forget(self, record_ids: Sequence[str]) -> None:
        """Forget what was said about records that are gone for good."""
        gone = select(comments.c.id).where(comments.c.record_id.in_(record_ids))
        self._connection.execute(delete(earlier_wordings).where(earlier_wordings.c.comment_id.in_(gone)))
        self._connection.execute(delete(comments).where(comments.c.record_id.in_(record_ids)))

    def _read(self, query: Select[Any]) -> tuple[Comment, ...]:
        return tuple(Comment(**row._mapping) for row in self._connection.execute(query))
