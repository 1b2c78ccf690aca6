"""The tables of automations: what ran, which is only added to, and what is due by the clock."""

from sqlalchemy import Column, Index, Integer, Table

from engine.storage.sealed_documents import SealedDocument
from engine.storage.system_tables import TEXT, metadata
from engine.storage.types import DOCUMENT, UtcDateTime

runs = Table(
    "automation_run",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("automation", TEXT, nullable=False),
    Column("trigger", TEXT, nullable=False),
    Column("entity", TEXT, nullable=False),
    Column("record_id", TEXT),
    Column("result", TEXT, nullable=False),
    Column("actor", TEXT, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    Column("duration_ms", Integer, nullable=False),
    Column("problems", DOCUMENT, nullable=False),
    Column("chain", DOCUMENT, nullable=False),
    Column("input", SealedDocument(), nullable=False),
    Column("request_id", TEXT, nullable=False),
    Column("replay_of", TEXT),
    Index("ix_automation_run_automation", "automation", "id"),
    Index("ix_automation_run_record", "record_id", "id"),
    Index("ix_automation_run_replay", "replay_of"),
)
"""`chain` holds the keys of the automations that led here, this one last; `input` what a replay needs."""

timers = Table(
    "automation_timer",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("automation", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("record_id", TEXT, nullable=False),
    Column("moment", UtcDateTime()),
    Column("due_at", UtcDateTime()),
    Column("fired_for", UtcDateTime()),
    Index("ix_automation_timer_due", "due_at", "id"),
    Index("ix_automation_timer_record", "record_id"),
    Index("ix_automation_timer_automation", "automation"),
)
"""One row for what a schedule or a date of a record is due next: `moment` is what it stands for, `due_at` when it is tried.

No moment: nothing is to come, and `fired_for` says for which moment it has run.
"""

timers_set = Table(
    "automation_timers_set",
    metadata,
    Column("publication", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime(), nullable=False),
)
"""The publications whose timers were all set."""
