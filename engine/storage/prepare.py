"""Making an empty database ready."""

from engine.storage import (
    automation_tables,
    chores,
    closings,
    comments,
    flow_tables,
    head,
    import_choices,
    job_tables,
    limits,
    public_links,
    recycle_bin,
    search_tables,
    shares,
    system_tables,
    totals,
    unfinished,
)
from engine.storage.database import Database

_TABLES = (
    system_tables.accounts,
    automation_tables.runs,
    flow_tables.instances,
    head.heads,
    job_tables.jobs,
    public_links.public_links,
    recycle_bin.deleted_records,
    import_choices.import_choices,
    chores.chores,
    totals.measure_totals,
    limits.alerts,
    comments.comments,
    shares.shares,
    closings.closed_periods,
    search_tables.entries,
    unfinished.unfinished_forms,
)
"""One table of each part: all that were made known together with it are created."""


def prepare(database: Database) -> None:
    """Create the engine's own tables that are not there yet; may be called at every start."""
    with database.writing() as tx:
        for metadata in {table.metadata for table in _TABLES}:
            metadata.create_all(tx.connection)


def is_prepared(database: Database) -> bool:
    """Say whether the engine's own tables are there."""
    with database.reading() as tx:
        return bool(tx.connection.dialect.has_table(tx.connection, system_tables.publications.name))
