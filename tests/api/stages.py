"""Stages for scenarios: one prepared database of each kind for a whole run, and a copy of it for every scenario."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg

from engine.app import Stage

_numbers = count(1)


class SQLiteCopies:
    """Copies a file."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self._prepared = folder / "prepared.sqlite"
        self._folder = folder
        stage.prepare(f"sqlite:///{self._prepared}")

    @contextmanager
    def copy(self) -> Iterator[str]:
        place = shutil.copy(self._prepared, self._folder / f"copy_{next(_numbers)}.sqlite")
        yield f"sqlite:///{place}"
        Path(place).unlink()


class PostgreSQLCopies:
    """Lets the server copy a database: the prepared one is a template."""

    def __init__(self, stage: Stage, folder: str) -> None:
        self._folder = folder
        self._prepared = self._create("template0")
        stage.prepare(self._url(self._prepared))

    @contextmanager
    def copy(self) -> Iterator[str]:
        name = self._create(self._prepared)
        yield self._url(name)
        self._tell(f"DROP DATABASE {name} WITH (FORCE)")

    def _create(self, template: str) -> str:
        name = f"scenario_{next(_numbers)}"
        self._tell(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def _tell(self, statement: str) -> None:
        with psycopg.connect(host=self._folder, user="postgres", dbname="postgres", autocommit=True) as server:
            server.execute(statement)

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={quote(self._folder, safe='')}"
