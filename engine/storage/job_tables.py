"""The tables of work in the background: what is to be done, and what became of each row."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, text

from engine.storage.sealed_documents import SealedDocument
from engine.storage.system_tables import TEXT, metadata
from engine.storage.types import DOCUMENT, UtcDateTime

jobs = Table(
    "job",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("kind", TEXT, nullable=False),
    Column("subject", TEXT, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("owner", TEXT, nullable=False),
    Column("language", TEXT, nullable=False),
    Column("given", SealedDocument(), nullable=False),
    Column("cursor", DOCUMENT),
    Column("total", Integer),
    Column("done", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("result", DOCUMENT, nullable=False),
    Column("error", DOCUMENT),
    Column("undoes", TEXT),
    Column("turn", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", UtcDateTime(), nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("started_at", UtcDateTime()),
    Column("finished_at", UtcDateTime()),
    Index("ix_job_owner", "owner", "id"),
    Index("ix_job_undoes", "undoes"),
    Index(
        "ix_job_waiting",
        "due_at",
        "id",
        postgresql_where=text("finished_at IS NULL"),
        sqlite_where=text("finished_at IS NULL"),
    ),
)
"""Work that is done in slices. `turn` counts the slices that were begun: only who has the last one may write its end.

`attempts` counts the beginnings since the last slice that came to an end; `undoes` is the job that this one takes back.
"""

job_items = Table(
    "job_item",
    metadata,
    Column("job_id", TEXT, ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("outcome", TEXT, nullable=False),
    Column("record_id", TEXT),
    Column("details", SealedDocument(), nullable=False),
    Index("ix_job_item_outcome", "job_id", "outcome", "number"),
)
"""What became of one row of a job, by the row's number in what was given."""
