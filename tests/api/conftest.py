"""Offices for the tests of the API: a copy of a prepared installation for each test, on both databases."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.api.kinds import furnish_kinds, write_module
from tests.api.ledgering import furnish_sites, write_sites
from tests.api.office import Builder, Office
from tests.api.shop import MODULES, furnish
from tests.api.stages import PostgreSQLCopies, SQLiteCopies
from tests.api.works import MODULES_OF_ROWS, furnish_works
from tests.api.yard import furnish_yard, write_yard


class Prepared:
    """An installation, furnished once on a database of one kind, of which every test gets a copy."""

    def __init__(self, builder: Builder, furnish: Callable[[Office], dict[str, str]]) -> None:
        self._builder = builder
        self._furnish = furnish
        self._ids: dict[str, str] = {}
        self.copies: SQLiteCopies | PostgreSQLCopies

    def prepare(self, url: str) -> None:
        self._builder.publish(url)
        with self._builder.open(url, {}) as office:
            self._ids = self._furnish(office)

    @contextmanager
    def open(self) -> Iterator[Office]:
        with self.copies.copy() as url, self._builder.open(url, self._ids) as office:
            yield office


@pytest.fixture(scope="session")
def shop_builder(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    return Builder(MODULES, tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def on_sqlite(shop_builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    prepared = Prepared(shop_builder, furnish)
    prepared.copies = SQLiteCopies(prepared, tmp_path_factory.mktemp("shop"))
    return prepared


@pytest.fixture(scope="session")
def on_postgresql(shop_builder: Builder, postgres_folder: str) -> Prepared:
    prepared = Prepared(shop_builder, furnish)
    prepared.copies = PostgreSQLCopies(prepared, postgres_folder)
    return prepared


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """A furnished installation of the test's own; the test runs once for each kind of database."""
    prepared: Prepared = request.getfixturevalue(f"on_{request.param}")
    with prepared.open() as made:
        yield made


@pytest.fixture
def small_office(on_sqlite: Prepared) -> Iterator[Office]:
    """The same on SQLite alone, for what no database has a part in."""
    with on_sqlite.open() as made:
        yield made


@pytest.fixture(scope="session")
def works_builder(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    return Builder(MODULES_OF_ROWS, tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def works_on_sqlite(works_builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    prepared = Prepared(works_builder, furnish_works)
    prepared.copies = SQLiteCopies(prepared, tmp_path_factory.mktemp("works"))
    return prepared


@pytest.fixture(scope="session")
def works_on_postgresql(works_builder: Builder, postgres_folder: str) -> Prepared:
    prepared = Prepared(works_builder, furnish_works)
    prepared.copies = PostgreSQLCopies(prepared, postgres_folder)
    return prepared


@pytest.fixture(params=["sqlite", "postgresql"])
def works(request: pytest.FixtureRequest) -> Iterator[Office]:
    """An installation whose plans have lines, items in lines and parts in items; once for each kind of database."""
    prepared: Prepared = request.getfixturevalue(f"works_on_{request.param}")
    with prepared.open() as made:
        yield made


@pytest.fixture(scope="session")
def sites_builder(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    return Builder(write_sites(tmp_path_factory.mktemp("sites")), tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def sites_on_sqlite(sites_builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    prepared = Prepared(sites_builder, furnish_sites)
    prepared.copies = SQLiteCopies(prepared, tmp_path_factory.mktemp("sites_sqlite"))
    return prepared


@pytest.fixture(scope="session")
def sites_on_postgresql(sites_builder: Builder, postgres_folder: str) -> Prepared:
    prepared = Prepared(sites_builder, furnish_sites)
    prepared.copies = PostgreSQLCopies(prepared, postgres_folder)
    return prepared


@pytest.fixture(params=["sqlite", "postgresql"])
def sites(request: pytest.FixtureRequest) -> Iterator[Office]:
    """An installation in which claims write to a ledger under limits; once for each kind of database."""
    prepared: Prepared = request.getfixturevalue(f"sites_on_{request.param}")
    with prepared.open() as made:
        yield made


@pytest.fixture(scope="session")
def kinds_builder(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    return Builder(write_module(tmp_path_factory.mktemp("kinds")), tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def kinds_on_sqlite(kinds_builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    prepared = Prepared(kinds_builder, furnish_kinds)
    prepared.copies = SQLiteCopies(prepared, tmp_path_factory.mktemp("kinds_sqlite"))
    return prepared


@pytest.fixture(scope="session")
def kinds_on_postgresql(kinds_builder: Builder, postgres_folder: str) -> Prepared:
    prepared = Prepared(kinds_builder, furnish_kinds)
    prepared.copies = PostgreSQLCopies(prepared, postgres_folder)
    return prepared


@pytest.fixture(params=["sqlite", "postgresql"])
def kinds(request: pytest.FixtureRequest) -> Iterator[Office]:
    """An installation whose things have a field of every type; once for each kind of database."""
    prepared: Prepared = request.getfixturevalue(f"kinds_on_{request.param}")
    with prepared.open() as made:
        yield made


@pytest.fixture(scope="session")
def yard_builder(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    return Builder(write_yard(tmp_path_factory.mktemp("yard")), tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def yard_on_sqlite(yard_builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    prepared = Prepared(yard_builder, furnish_yard)
    prepared.copies = SQLiteCopies(prepared, tmp_path_factory.mktemp("yard_sqlite"))
    return prepared


@pytest.fixture(scope="session")
def yard_on_postgresql(yard_builder: Builder, postgres_folder: str) -> Prepared:
    prepared = Prepared(yard_builder, furnish_yard)
    prepared.copies = PostgreSQLCopies(prepared, postgres_folder)
    return prepared


@pytest.fixture(params=["sqlite", "postgresql"])
def yard(request: pytest.FixtureRequest) -> Iterator[Office]:
    """An installation whose records point at one another in every way; once for each kind of database."""
    prepared: Prepared = request.getfixturevalue(f"yard_on_{request.param}")
    with prepared.open() as made:
        yield made
