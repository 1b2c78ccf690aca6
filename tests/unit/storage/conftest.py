"""A prepared database of each kind, and the tables of the shop in it."""

from collections.abc import Iterator

import pytest

from engine.storage.database import Database
from engine.storage.prepare import prepare
from engine.storage.record_tables import RecordTables
from engine.storage.schema_changes import migrate
from tests.unit.storage.shop import NOW, entities, views


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with the engine's own tables."""
    opened = Database(database_url)
    prepare(opened)
    yield opened
    opened.close()


@pytest.fixture
def tables(database: Database) -> RecordTables:
    """The tables of the shop, there in the database."""
    made = RecordTables(entities(), views())
    with database.writing() as tx:
        migrate(tx, made, NOW)
    return made
