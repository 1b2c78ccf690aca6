"""An installation on the shipped modules that is attacked, and what each answer of it must be."""

import contextlib
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from random import Random
from typing import Any

from tests.api.office import API, PASSWORD, Builder, Office, Person, Reply
from tools.places import ROOT

_NEVER = frozenset({("post", "/session"), ("delete", "/session")})
"""Signing in and out would leave the attacker outside."""


@dataclass
class Site:
    """The installation, who attacks it, the ids that it has given out, and what was found."""

    office: Office
    people: Sequence[Person]
    ids: list[str] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)
    sent: int = 0
    patience: float = inf
    """Seconds after which an answer counts as a hang; no test is timed, `tools/fuzz.py` is."""
    codes: Counter[str] = field(default_factory=Counter)

    def documents(self) -> Mapping[str, Any]:
        """Return the documents of the shipped modules."""
        return self.office.installation.documents

    def ask(self, person: Person, method: str, path: str, **more: Any) -> Reply | None:
        """Send a request and note it if it is answered with a crash, in a wrong form, or too late."""
        start = time.monotonic()
        label = f"{method.upper()} {path}"
        try:
            reply = person.send(method.upper(), path, more.pop("body", None), **more)
        except Exception as error:
            self.note(f"{label}: raised {type(error).__name__}", f"{error} {more}"[:2000])
            raise
        self.sent += 1
        self.codes[f"{reply.status} {reply.body.get('code', '') if isinstance(reply.body, dict) else ''}"] += 1
        for problem in _wrongs(reply, time.monotonic() - start, self.patience):
            self.note(
                f"{label.split('?', maxsplit=1)[0]}: {problem}",
                f"{label} {more} -> {reply.status} {reply.body!r}"[:3000],
            )
        if reply.status == 401 and person.login:
            person.sign_in()
        if isinstance(reply.body, dict) and isinstance(reply.body.get("id"), str):
            self.ids.append(reply.body["id"])
        return reply

    def note(self, what: str, how: str) -> None:
        """Keep one example of each finding."""
        self.found.setdefault(what, how)


def _wrongs(reply: Reply, seconds: float, patience: float) -> Iterator[str]:
    kind = reply.headers.get("Content-Type", "")
    if reply.status >= 500 and not (
        reply.status == 503 and isinstance(reply.body, dict) and reply.body.get("code") == "busy"
    ):
        yield f"status {reply.status}"
    if reply.status >= 400 and not kind.startswith("application/problem+json"):
        yield f"{reply.status} as {kind or 'nothing'}"
    elif reply.status >= 400 and isinstance(reply.body, dict) and not reply.body.get("code"):
        yield f"{reply.status} without a code"
    if seconds > patience:
        yield f"answered after {seconds:.0f} s"


@contextlib.contextmanager
def attacked(url: str, files: Path) -> Iterator[Site]:
    """Give the installation on an empty database, with an administrator and two members."""
    builder = Builder(ROOT / "modules", files)
    builder.publish(url)
    with builder.open(url, {}) as office:
        # Flask would hand an error of a view on to the test instead of answering as it does for people.
        office.app.config["PROPAGATE_EXCEPTIONS"] = False
        admin = office["admin"]
        roles = [one["key"] for one in _items(admin.get("/roles").body)]
        for login, given in {"mia": roles[:4], "max": []}.items():
            account = {"login": login, "name": login.title(), "password": PASSWORD, "roles": given}
            reply = admin.post("/accounts", account)
            assert reply.status == 201, reply
        # Another administrator attacks, so that the first one stays who he is.
        account = {"login": "root", "name": "Root", "password": PASSWORD, "is_admin": True}
        assert admin.post("/accounts", account).status == 201
        yield Site(office, [office["root"], office["mia"], office["max"]])


def _items(body: Any) -> list[Any]:
    return list(body["items"] if isinstance(body, dict) else body)


def entities(site: Site) -> list[str]:
    """Return the keys of all entities."""
    installation = site.office.installation
    with installation.database.reading() as tx:
        published = installation.configurations.at(tx, 1)
    return sorted(published.configuration.entities)


def allowed(method: str, path: str) -> bool:
    """Return whether an operation may be tried."""
    return (method.lower(), path.removeprefix(API)) not in _NEVER


def chosen(rng: Random, site: Site) -> str:
    """Return an id that was given out, or one that was not."""
    return (
        rng.choice(site.ids)
        if site.ids and rng.random() < 0.8
        else rng.choice(("x", "0", "nosuch", "01JQ0000000000000000000000"))
    )


def plain(value: object) -> object:
    """Return a value as JSON can carry it."""
    return json.loads(json.dumps(value, default=str))
