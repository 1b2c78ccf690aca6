"""Stages for scenarios: one prepared database of each kind for a whole run, and a copy of it for every scenario.

A copy takes the place of an earlier one that nobody uses any more: who knows a place knows the statements that were asked there.
"""

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
        self._free: list[Path] = []
        stage.prepare(f"sqlite:///{self._prepared}")

    @contextmanager
    def copy(self) -> Iterator[str]:
        place = self._free.pop() if self._free else self._folder / f"copy_{next(_numbers)}.sqlite"
        shutil.copy(self._prepared, place)
        yield f"sqlite:///{place}"
        for left in self._folder.glob(f"{place.name}*"):
            left.unlink()
        self._free.append(place)


class PostgreSQLCopies:
    """Lets the server copy a database: the prepared one is a template."""

    def __init__(self, stage: Stage, folder: str) -> None:
        self._folder = folder
        self._free: list[str] = []
        self._prepared = f"scenario_{next(_numbers)}"
        self._tell(self._made(self._prepared, "template0"))
        stage.prepare(self._url(self._prepared))

    @contextmanager
    def copy(self) -> Iterator[str]:
        name = self._free.pop() if self._free else f"scenario_{next(_numbers)}"
        # What was there before goes only now: one session with the server does for both.
        self._tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", self._made(name, self._prepared))
        yield self._url(name)
        self._free.append(name)

    def _made(self, name: str, template: str) -> str:
        return f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"

    def _tell(self, *statements: str) -> None:
        with psycopg.connect(host=self._folder, user="postgres", dbname="postgres", autocommit=True) as server:
            for statement in statements:
                server.execute(statement)

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={quote(self._folder, safe='')}"
