"""Offices for the tests of the API: a copy of a prepared installation for each test, on both databases."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from tests.api.books import furnish_books, write_books
from tests.api.gate import furnish_gate, write_gate
from tests.api.kinds import furnish_kinds, write_module
from tests.api.ledgering import furnish_sites, write_sites
from tests.api.office import Builder, Office
from tests.api.oracle_asking import Asked
from tests.api.oracle_company import COMPANY, add_to_copy, furnish_company, write_depot
from tests.api.plant import furnish_plant, write_plant
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


Making = Callable[[str, str], Prepared]


@dataclass(frozen=True, slots=True)
class Ground:
    """Which modules an office stands on (a folder, or what writes them into one), and who lives there."""

    modules: Path | Callable[[Path], Path]
    furnish: Callable[[Office], dict[str, str]]

    def folder(self, new: Path) -> Path:
        return self.modules if isinstance(self.modules, Path) else self.modules(new)


GROUNDS = {
    "office": Ground(MODULES, furnish),
    "books": Ground(write_books, furnish_books),
    "works": Ground(MODULES_OF_ROWS, furnish_works),
    "sites": Ground(write_sites, furnish_sites),
    "kinds": Ground(write_module, furnish_kinds),
    "yard": Ground(write_yard, furnish_yard),
    "depot": Ground(write_depot, furnish_company),
    "plant": Ground(write_plant, furnish_plant),
    "gate": Ground(write_gate, furnish_gate),
}


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Making:
    """Gives a ground's installation on a kind of database, made when the first test asks; both kinds share its modules."""

    @cache
    def builder(name: str) -> Builder:
        return Builder(GROUNDS[name].folder(tmp_path_factory.mktemp(name)), tmp_path_factory.mktemp("files"))

    @cache
    def made(name: str, database: str) -> Prepared:
        ready = Prepared(builder(name), GROUNDS[name].furnish)
        if database == "sqlite":
            ready.copies = SQLiteCopies(ready, tmp_path_factory.mktemp(f"{name}_sqlite"))
        else:
            ready.copies = PostgreSQLCopies(ready, request.getfixturevalue("postgres_folder"))
        return ready

    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, prepared: Making) -> Iterator[Office]:
    """A furnished installation of the test's own; the test runs once for each kind of database."""
    with prepared("office", request.param).open() as made:
        yield made


@pytest.fixture
def small_office(prepared: Making) -> Iterator[Office]:
    """The same on SQLite alone, for what no database has a part in."""
    with prepared("office", "sqlite").open() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def books(request: pytest.FixtureRequest, prepared: Making) -> Iterator[Office]:
    """An installation of ledgers whose periods are closed; once for each kind of database."""
    with prepared("books", request.param).open() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def works(request: pytest.FixtureRequest, prepared: Making) -> Iterator[Office]:
    """An installation whose plans have lines, items in lines and parts in items; once for each kind of database."""
    with prepared("works", request.param).open() as made:
        yield made


@pytest.fixture
def small_works(prepared: Making) -> Iterator[Office]:
    """The same on SQLite alone, for what no database has a part in."""
    with prepared("works", "sqlite").open() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def sites(request: pytest.FixtureRequest, prepared: Making) -> Iterator[Office]:
    """An installation in which claims write to a ledger under limits; once for each kind of database."""
    with prepared("sites", request.param).open() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def kinds(request: pytest.FixtureRequest, prepared: Making) -> Iterator[Office]:
    """An installation whose things have a field of every type; once for each kind of database."""
    with prepared("kinds", request.param).open() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def yard(request: pytest.FixtureRequest, prepared: Making) -> Iterator[Office]:
    """An installation whose records point at one another in every way; once for each kind of database."""
    with prepared("yard", request.param).open() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def plant(request: pytest.FixtureRequest, prepared: Making) -> Iterator[Office]:
    """An installation whose rules ask about other records; once for each kind of database."""
    with prepared("plant", request.param).open() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def gate(request: pytest.FixtureRequest, prepared: Making) -> Iterator[Office]:
    """An installation with a rule of every kind on one entity; once for each kind of database."""
    with prepared("gate", request.param).open() as made:
        yield made


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def depot(request: pytest.FixtureRequest, prepared: Making) -> Iterator[Office]:
    """The company of the permission oracle, one copy for all tests of a file, which leave it as it is; once for each kind of database."""
    with prepared("depot", request.param).open() as made:
        made.ids = {**made.ids, **add_to_copy(made)}
        # Some of the shares are over by now.
        made.clock.moment += timedelta(hours=2)
        yield made


@pytest.fixture(params=sorted(COMPANY.humans))
def asked(request: pytest.FixtureRequest, depot: Office) -> Asked:
    """Each person of the company in turn, with the oracle at the side."""
    return Asked(depot, request.param)
