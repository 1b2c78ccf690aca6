"""An installation under test and the people who work with it, each with a browser of their own."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import argon2
from flask import Flask
from sqlalchemy import event

from engine.adapters.clocks import SetClock
from engine.adapters.passwords import Argon2Hasher
from engine.app import create_app, create_installation
from engine.services import folders
from engine.services.configurations import Configurations, Published
from engine.services.installation import Installation
from engine.services.publications import publish_documents
from engine.services.setup import system_context
from engine.settings import Settings
from engine.storage import head
from engine.storage.accounts import Accounts

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
"""Twelve o'clock on a Monday where the installation stands."""

PASSWORD = "for tests only"
API = "/api/v1"
_CHEAP = Argon2Hasher(argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. `body` is the JSON value, or bytes where it is none."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> str:
        return self.body["code"]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Pointer and code of every finding."""
        return [(one["pointer"], one["code"]) for one in self.body["problems"]]


class Person:
    """A browser; `login` is empty while nobody is signed in. May be used by one thread at a time."""

    def __init__(self, app: Flask, login: str = "") -> None:
        self.login = login
        self.client = app.test_client()
        self.id = ""
        if login:
            self.sign_in()

    def sign_in(self) -> None:
        reply = self.post("/session", {"login": self.login, "password": PASSWORD})
        assert reply.status == 200, reply
        self.id = reply.body["person"]["id"]

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Reply:
        token = self.client.get_cookie("formwork_csrf")
        told = {"Accept-Language": "en", "X-CSRF-Token": token.value if token else ""} | dict(headers or {})
        asked = {name: value if isinstance(value, str) else json.dumps(value) for name, value in (query or {}).items()}
        given = more if body is None else {"json": body, **more}
        answer = self.client.open(API + path, method=method, query_string=asked or None, headers=told, **given)
        is_json = answer.mimetype in {"application/json", "application/problem+json"}
        is_plain = is_json and method != "HEAD" and answer.content_length and not answer.content_encoding
        body = answer.get_json() if is_plain else answer.get_data()
        answer.close()
        return Reply(answer.status_code, body, answer.headers)

    def get(self, path: str, **query: object) -> Reply:
        return self.send("GET", path, query=query)

    def post(self, path: str, body: object = None, **headers: str) -> Reply:
        return self.send("POST", path, {} if body is None else body, headers=_headers(headers))

    def patch(self, path: str, body: object, **headers: str) -> Reply:
        return self.send("PATCH", path, body, headers=_headers(headers))

    def put(self, path: str, body: object, **headers: str) -> Reply:
        return self.send("PUT", path, body, headers=_headers(headers))

    def delete(self, path: str, **headers: str) -> Reply:
        return self.send("DELETE", path, headers=_headers(headers))

    def list(self, entity: str, **query: object) -> Reply:
        return self.get(f"/records/{entity}", **query)

    def read(self, entity: str, record: str) -> dict[str, Any]:
        return _done(self.get(f"/records/{entity}/{record}"))

    def create(self, entity: str, /, **values: object) -> dict[str, Any]:
        return _done(self.post(f"/records/{entity}", {"values": values}))

    def try_change(self, entity: str, record: Mapping[str, Any], /, **values: object) -> Reply:
        return self.patch(f"/records/{entity}/{record['id']}", {"values": values}, if_match=_version(record))

    def change(self, entity: str, record: Mapping[str, Any], /, **values: object) -> dict[str, Any]:
        return _done(self.try_change(entity, record, **values))

    def try_move(self, verb: str, entity: str, record: Mapping[str, Any], comment: str = "") -> Reply:
        """Submit, withdraw or void."""
        return self.post(f"/records/{entity}/{record['id']}/{verb}", {"comment": comment}, if_match=_version(record))

    def move(self, verb: str, entity: str, record: Mapping[str, Any], comment: str = "") -> dict[str, Any]:
        return _done(self.try_move(verb, entity, record, comment))

    def approval(self, record: Mapping[str, Any], entity: str = "shop.order") -> dict[str, Any]:
        return _done(self.get(f"/records/{entity}/{record['id']}/approval"))

    def try_decide(self, verb: str, seat: Mapping[str, Any], **body: object) -> Reply:
        return self.post(f"/tasks/{seat['id']}/{verb}", body, if_match=f'"{seat["rev"]}"')

    def decide(self, verb: str, record: Mapping[str, Any], **body: object) -> dict[str, Any]:
        return _done(self.try_decide(verb, self.approval(record)["my_seat"], **body))

    def upload(self, name: str, content: bytes, entity: str = "", field: str = "", **headers: str) -> Reply:
        # Put together by hand: the test client would keep a large file in one of its own that it never closes.
        parts = {"entity": (b"", entity.encode()), "field": (b"", field.encode())}
        parts["file"] = (b'; filename="' + name.encode() + b'"', content)
        body = b"".join(
            b'--part\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % (key.encode(), more, value)
            for key, (more, value) in parts.items()
        )
        kind = "multipart/form-data; boundary=part"
        return self.send("POST", "/files", data=body + b"--part--\r\n", content_type=kind, headers=_headers(headers))


def _headers(given: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in given.items()}


def _version(record: Mapping[str, Any]) -> str:
    return f'"{record["version"]}"'


def _done(reply: Reply) -> dict[str, Any]:
    assert reply.status < 300, reply
    return reply.body


@dataclass
class Office:
    """One installation. `office["kim"]` is Kim, signed in; `ids` are those of what was there from the start."""

    app: Flask
    installation: Installation
    ids: Mapping[str, str]
    _people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, login: str) -> Person:
        if login not in self._people:
            self._people[login] = Person(self.app, login)
        return self._people[login]

    def another(self, login: str = "") -> Person:
        """One more browser, of somebody or of nobody."""
        return Person(self.app, login)

    @property
    def clock(self) -> SetClock:
        assert isinstance(self.installation.clock, SetClock)
        return self.installation.clock

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Write down every SQL statement that is sent meanwhile."""
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            if statement.split(maxsplit=1)[0] not in {"BEGIN", "COMMIT", "SET"}:
                seen.append(statement)

        event.listen(self.installation.database.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(self.installation.database.engine, "before_cursor_execute", note)


class Builder:
    """Makes offices of one folder of modules. All share one application and the compiled modules."""

    def __init__(self, modules: Path, files: Path, *, sign_in_limit: str = "100000 per minute") -> None:
        self.documents, _ = folders.read_folder(modules)
        self._files = files
        self._limit = sign_in_limit
        self._published: Published | None = None
        self._made: dict[str, Installation] = {}
        self._app: Flask | None = None

    def publish(self, url: str) -> None:
        """Publish the modules into an empty database and add the administrator."""
        installation = self._installation(url)
        with installation.database.writing() as tx:
            before = head.take_for_publishing(tx)
            publish_documents(installation, system_context(installation), tx, before, self.documents, "first")
            Accounts(tx).add("admin", "Admin", _CHEAP.hash(PASSWORD), now=NOON, is_admin=True)
            self._published = installation.configurations.at(tx, 1)
        installation.database.close()

    @contextmanager
    def open(self, url: str, ids: Mapping[str, str]) -> Iterator[Office]:
        installation = self._installation(url)
        if self._app is None:
            self._app = create_app(installation)
        self._app.extensions["formwork"] = installation
        yield Office(self._app, installation, ids)
        installation.database.close()
        shutil.rmtree(self._files, ignore_errors=True)

    def _installation(self, url: str) -> Installation:
        if url not in self._made:
            settings = Settings(
                database_url=url,
                files_dir=self._files,
                secret_key="for tests",
                sign_in_limit=self._limit,
                public_limit=self._limit,
            )
            self._made[url] = create_installation(settings, hasher=_CHEAP)
        # A place that was used before is prepared, and its statements are compiled; the clock and what is published are new.
        made = replace(self._made[url], clock=SetClock(NOON), configurations=Configurations())
        if self._published is not None:
            # What all copies begin with is compiled once; what a test publishes is its own.
            made.configurations._kept[1] = self._published
        return made
