"""Making an empty database ready."""

from engine.storage import flow_tables, head, job_tables, system_tables
from engine.storage.database import Database


def prepare(database: Database) -> None:
    """Create the engine's own tables that are not there yet; may be called at every start."""
    with database.writing() as tx:
        for metadata in {
            system_tables.metadata,
            flow_tables.instances.metadata,
            head.heads.metadata,
            job_tables.jobs.metadata,
        }:
            metadata.create_all(tx.connection)


def is_prepared(database: Database) -> bool:
    """Say whether the engine's own tables are there."""
    with database.reading() as tx:
        return bool(tx.connection.dialect.has_table(tx.connection, system_tables.publications.name))
