"""Tables of running approvals: the instance, its seats and its events.

An instance's tokens and activations are one JSON `state`: a decision reads and writes them as a whole, so that it takes
few statements. Seats are rows because people are asked for theirs; events are rows because they are only ever added.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, text

from engine.storage.system_tables import TEXT, metadata
from engine.storage.types import DOCUMENT, UtcDateTime

_PENDING = text("status = 'pending'")

instances = Table(
    "wf_instance",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("entity", TEXT, nullable=False),
    Column("record_id", TEXT, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("flow", TEXT, nullable=False),
    Column("publication_id", BigInteger, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("state", DOCUMENT, nullable=False),
    Column("started_by", TEXT, nullable=False),
    Column("started_at", UtcDateTime(), nullable=False),
    Column("ended_at", UtcDateTime()),
    Index("ix_wf_instance_record", "record_id", "started_at"),
    Index("ix_wf_instance_started", "started_by", "started_at", "id"),
)

seats = Table(
    "wf_seat",
    metadata,
    Column("instance_id", TEXT, ForeignKey("wf_instance.id", ondelete="CASCADE"), primary_key=True),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("activation", Integer, nullable=False),
    Column("node", TEXT, nullable=False),
    Column("user_id", TEXT, nullable=False),
    Column("origin_user_id", TEXT, nullable=False),
    Column("on_behalf_of", TEXT),
    Column("parent", Integer),
    Column("kind", TEXT, nullable=False),
    Column("position", Integer, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    Column("comment", TEXT, nullable=False),
    Column("read_at", UtcDateTime()),
    Index("ix_wf_seat_to_do", "user_id", "at", "instance_id", "id", postgresql_where=_PENDING, sqlite_where=_PENDING),
    Index("ix_wf_seat_mine", "user_id", "kind", "at", "instance_id", "id"),
)
"""`at` is the moment of the last change of status; a copy is a seat too, and `read_at` says when it was read."""

events = Table(
    "wf_event",
    metadata,
    Column("instance_id", TEXT, ForeignKey("wf_instance.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("verb", TEXT, nullable=False),
    Column("actor", TEXT, nullable=False),
    Column("on_behalf_of", TEXT),
    Column("at", UtcDateTime(), nullable=False),
    Column("node", TEXT),
    Column("seat", Integer),
    Column("payload", DOCUMENT, nullable=False),
)
