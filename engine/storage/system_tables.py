"""The engine's own tables: people, publications, audit, outbox, numbers, files, and the catalogue of stored columns.

Approvals have theirs in `flow_tables`; records have tables of their own in `record_tables`.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

from engine.storage.sealed_documents import SealedDocument
from engine.storage.types import DOCUMENT, TEXT_BY_CODE_POINT, UtcDateTime

metadata = MetaData()

TEXT = TEXT_BY_CODE_POINT
SERIAL = BigInteger().with_variant(Integer(), "sqlite")
"""A key that the database counts up; SQLite does that only for INTEGER."""

departments = Table(
    "department",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("code", TEXT, nullable=False, unique=True),
    Column("name", TEXT, nullable=False),
    Column("parent_id", TEXT, ForeignKey("department.id"), index=True),
    Column("head_id", TEXT),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)

accounts = Table(
    "account",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("login", TEXT, nullable=False, unique=True),
    Column("name", TEXT, nullable=False),
    Column("password_hash", TEXT, nullable=False),
    Column("department_id", TEXT, ForeignKey("department.id"), index=True),
    Column("superior_id", TEXT),
    Column("language", TEXT, nullable=False),
    Column("is_admin", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
)

role_holders = Table(
    "role_holder",
    metadata,
    Column("user_id", TEXT, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("role", TEXT, primary_key=True),
    Index("ix_role_holder_role", "role"),
)

publications = Table(
    "publication",
    metadata,
    Column("id", SERIAL, primary_key=True, autoincrement=True),
    Column("documents", DOCUMENT, nullable=False),
    Column("note", TEXT, nullable=False),
    Column("published_by", TEXT, nullable=False),
    Column("published_at", UtcDateTime(), nullable=False),
    Column("plan", DOCUMENT),
    sqlite_autoincrement=True,
)

draft_documents = Table(
    "draft_document",
    metadata,
    Column("path", TEXT, primary_key=True),
    Column("document", DOCUMENT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_by", TEXT, nullable=False),
    Column("changed_at", UtcDateTime(), nullable=False),
)

stored_columns = Table(
    "stored_column",
    metadata,
    Column("table_name", TEXT, primary_key=True),
    Column("column_name", TEXT, primary_key=True),
    Column("entity", TEXT, nullable=False),
    Column("table_id", TEXT, nullable=False),
    Column("field_id", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("scale", Integer),
    Column("archived_at", UtcDateTime()),
)
"""Which column holds which field. An empty `field_id` and `column_name` stand for the table itself."""

stored_indexes = Table(
    "stored_index",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("table_name", TEXT, nullable=False),
)

stored_checks = Table(
    "stored_check",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("table_name", TEXT, nullable=False),
)
"""Which rules the database holds."""

stored_derivations = Table(
    "stored_derivation",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("fingerprint", TEXT, nullable=False),
)
"""What is kept in columns and tables although it follows from others (roll-ups, trees, links), and by which definition."""

tree_paths = Table(
    "tree_path",
    metadata,
    Column("tree", TEXT, primary_key=True),
    Column("node", TEXT, primary_key=True),
    Column("ancestor", TEXT, primary_key=True),
    Column("distance", Integer, nullable=False),
    Index("ix_tree_path_ancestor", "tree", "ancestor", "node"),
)

audit_entries = Table(
    "audit_entry",
    metadata,
    Column("id", SERIAL, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime(), nullable=False),
    Column("actor", TEXT, nullable=False),
    Column("action", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("key", TEXT, nullable=False),
    Column("details", DOCUMENT, nullable=False),
    Column("request_id", TEXT, nullable=False),
    Index("ix_audit_entry_subject", "kind", "key", "id"),
    Index("ix_audit_entry_actor", "actor", "id"),
    sqlite_autoincrement=True,
)

outbox_messages = Table(
    "outbox_message",
    metadata,
    Column("id", SERIAL, primary_key=True, autoincrement=True),
    Column("key", TEXT, nullable=False, unique=True),
    Column("topic", TEXT, nullable=False),
    Column("payload", DOCUMENT, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("due_at", UtcDateTime(), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done_at", UtcDateTime()),
    Column("failed_at", UtcDateTime()),
    Column("error", TEXT),
    Index(
        "ix_outbox_message_waiting",
        "due_at",
        "id",
        postgresql_where=text("done_at IS NULL AND failed_at IS NULL"),
        sqlite_where=text("done_at IS NULL AND failed_at IS NULL"),
    ),
    sqlite_autoincrement=True,
)

stored_answers = Table(
    "stored_answer",
    metadata,
    Column("actor", TEXT, primary_key=True),
    Column("key", TEXT, primary_key=True),
    Column("fingerprint", TEXT, nullable=False),
    Column("status", Integer),
    Column("body", SealedDocument()),
    Column("headers", DOCUMENT),
    Column("created_at", UtcDateTime(), nullable=False, index=True),
)
"""What was answered to a request with an `Idempotency-Key`; no status means that it is being worked on."""

series_counters = Table(
    "series_counter",
    metadata,
    Column("key", TEXT, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

files = Table(
    "file",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("name", TEXT, nullable=False),
    Column("media_type", TEXT, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", TEXT, nullable=False),
    Column("place", TEXT, nullable=False),
    Column("entity", TEXT, nullable=False),
    Column("record_id", TEXT),
    Column("field", TEXT, nullable=False),
    Column("uploaded_by", TEXT, nullable=False),
    Column("uploaded_at", UtcDateTime(), nullable=False),
    Index("ix_file_record", "record_id"),
)
"""Files that records hold. `place` is what the file store calls it; a file without record is not attached yet."""

notifications = Table(
    "notification",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("user_id", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("instance_id", TEXT),
    Column("entity", TEXT, nullable=False),
    Column("record_id", TEXT),
    Column("params", DOCUMENT, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("read_at", UtcDateTime()),
    Column("key", TEXT, nullable=False),
    UniqueConstraint("key", name="uq_notification_key"),
    Index("ix_notification_user", "user_id", "id"),
    Index(
        "ix_notification_unread",
        "user_id",
        postgresql_where=text("read_at IS NULL"),
        sqlite_where=text("read_at IS NULL"),
    ),
)
