"""A neutral entity with sixty fields, a row rule and two people: an administrator, and a member who sees six of twenty places."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import argon2
from _company import ENTRY_WORD, Desk
from _statements import RehearsedDatabase

from engine.adapters.passwords import Argon2Hasher
from engine.app import create_app, create_installation
from engine.services import accounts
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.publications import publish_documents
from engine.services.setup import system_context
from engine.settings import Settings
from engine.storage import head
from engine.storage.accounts import Accounts
from engine.storage.record_tables import EntityTable
from engine.storage.records import Records

ITEM, PLACE = "shelf.item", "shelf.place"
PLACES, OWN_PLACES = 20, 6
ADMIN, MEMBER = "admin", "member"
KINDS, STAGES = ("bolt", "plate", "pipe", "frame", "panel"), ("new", "checked", "stored", "gone")
_ADDRESS = "https://formwork.dev/schemas/v1/"


def _text(title: str, longest: int = 60) -> dict[str, object]:
    return {"title": title, "type": "string", "maxLength": longest}


def _decimal(title: str, **more: object) -> dict[str, object]:
    return {"title": title, "type": "string", "format": "decimal", "x-field": {"scale": 2, **more}}


def _date(title: str) -> dict[str, object]:
    return {"title": title, "type": "string", "format": "date"}


def _choice(title: str, options: tuple[str, ...]) -> dict[str, object]:
    return {"title": title, "type": "string", "oneOf": [{"const": one, "title": one} for one in options]}


def _fields() -> dict[str, object]:
    """Return sixty fields: fifteen with a meaning of their own, and forty-five that are merely there."""
    fields: dict[str, object] = {
        "code": _text("code", 20),
        "name": _text("name"),
        "place": {"title": "place", "type": "string", "x-field": {"type": "reference", "to": "place"}},
        "keeper": {"title": "keeper", "type": "string", "x-field": {"type": "user"}},
        "kind": _choice("kind", KINDS),
        "stage": _choice("stage", STAGES),
        "made_on": _date("made on"),
        "due_on": _date("due on"),
        "pieces": {"title": "pieces", "type": "integer", "minimum": 0},
        "price": _decimal("price", min="0"),
        "total": _decimal("total", formula="ROUND(pieces * price, 2)") | {"readOnly": True},
        "weight": _decimal("weight"),
        "share": {"title": "share", "type": "string", "format": "decimal", "x-field": {"type": "percent"}},
        "is_open": {"title": "open", "type": "boolean"},
        "remark": _text("remark", 200),
    }
    fields |= {f"word_{number}": _text(f"word {number}") for number in range(15)}
    fields |= {f"number_{number}": _decimal(f"number {number}") for number in range(12)}
    fields |= {f"count_{number}": {"title": f"count {number}", "type": "integer"} for number in range(8)}
    fields |= {f"day_{number}": _date(f"day {number}") for number in range(5)}
    return fields | {f"yes_{number}": {"title": f"yes {number}", "type": "boolean"} for number in range(5)}


FIELDS: Mapping[str, Any] = _fields()

_TEAM = {
    "title": "team",
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "user": {"title": "user", "type": "string", "x-field": {"type": "user"}},
            "role": _choice("role", ("keeper",)),
        },
    },
}

DOCUMENTS: Mapping[str, object] = {
    "shelf/module.json": {
        "$schema": f"{_ADDRESS}module.schema.json",
        "name": "shelf",
        "version": "1.0.0",
        "title": "shelf",
        "roles": [{"name": "member", "title": "member"}],
        "project_roles": [{"name": "keeper", "title": "keeper"}],
    },
    "shelf/entities/place.json": {
        "$schema": f"{_ADDRESS}entity.schema.json",
        "name": "place",
        "title": "place",
        "kind": "master",
        "display": "name",
        "team": {"table": "team", "user": "user", "role": "role"},
        "schema": {"type": "object", "required": ["name"], "properties": {"name": _text("name"), "team": _TEAM}},
    },
    "shelf/entities/item.json": {
        "$schema": f"{_ADDRESS}entity.schema.json",
        "name": "item",
        "title": "item",
        "kind": "master",
        "display": "name",
        "unique": [{"name": "code_once", "fields": ["code"], "message": "taken"}],
        "rules": [
            {"name": "worth", "check": "pieces * price <= 1000000", "message": "too much", "target": "pieces"},
            {
                "name": "in_order",
                "check": "ISBLANK(due_on) OR due_on >= made_on",
                "message": "order",
                "target": "due_on",
            },
        ],
        "schema": {"type": "object", "required": ["code", "name", "place"], "properties": FIELDS},
    },
    "shelf/views/items.json": {
        "$schema": f"{_ADDRESS}view.schema.json",
        "name": "items",
        "title": "items",
        "entity": "item",
        "kind": "table",
        "columns": ["code", "name", "place.name", "kind", "stage", "made_on", "pieces", "price", "total", "weight"],
        "sort": ["-made_on"],
        "search": ["code", "name"],
    },
    "shelf/permissions.json": {
        "$schema": f"{_ADDRESS}permissions.schema.json",
        "grants": [
            {"role": "shelf.member", "entity": "item", "actions": ["read", "create"], "scope": "my_projects"},
            {"role": "shelf.member", "entity": "item", "actions": ["read", "update", "delete"], "scope": "own"},
            {"role": "shelf.member", "entity": "place", "actions": ["read"]},
        ],
    },
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """An installation with its places; `people` and `places` are ids, the first six places those of the member."""

    installation: Installation
    database: RehearsedDatabase
    people: Mapping[str, str]
    places: tuple[str, ...]
    table: EntityTable

    def context(self, login: str) -> Context:
        """Return what a use case is given when somebody asks, with a key of its own."""
        actor = accounts.load_actor(self.installation, self.people[login])
        if actor is None:
            raise LookupError(login)
        key = uuid.uuid4().hex
        return Context(actor, datetime.now(UTC), key, idempotency_key=key, fingerprint=key)

    def desks(self) -> dict[str, Desk]:
        """Return everybody's browser, signed in."""
        app = create_app(self.installation)
        return {login: Desk(app.test_client(), login) for login in self.people}


@contextmanager
def shelf(url: str, files: Path) -> Iterator[Shelf]:
    """Give an empty shelf in an empty database."""
    hasher = Argon2Hasher(argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    made = create_installation(
        Settings(database_url=url, files_dir=files, sign_in_limit="100000 per minute"), hasher=hasher
    )
    made.database.close()
    database = RehearsedDatabase(url)
    installation = replace(made, database=database)
    with database.writing() as tx:
        before = head.take_for_publishing(tx)
        publish_documents(installation, system_context(installation), tx, before, DOCUMENTS, "what is measured")
    people = _people(installation)
    with database.writing() as tx:
        tables = installation.configurations.in_force(tx, writing=True).tables
        records, now = Records(tx, tables), installation.clock.now()
        team = [{"user": people[MEMBER], "role": "keeper"}]
        places = tuple(
            records.insert(
                PLACE,
                {"name": f"place {number}", "team": team if number < OWN_PLACES else []},
                actor=people[ADMIN],
                now=now,
                status="",
            ).id
            for number in range(PLACES)
        )
    yield Shelf(installation, database, people, places, tables.entity(ITEM))
    database.close()


def values(shelf: Shelf, number: int) -> dict[str, object]:
    """Return what a person sends to create a record; it stands in one of the member's places."""
    found: dict[str, object] = {"code": f"N{uuid.uuid4().hex[:16]}", "name": f"item {number}", "pieces": number % 50}
    found |= {"place": shelf.places[number % OWN_PLACES], "keeper": shelf.people[MEMBER], "kind": KINDS[number % 5]}
    found |= {"stage": STAGES[number % 4], "made_on": "2026-03-01", "due_on": "2026-04-01", "price": "12.50"}
    found |= {"weight": "3.20", "share": "0.25", "is_open": True, "remark": f"remark {number}"}
    for name, field in FIELDS.items():
        if name not in found and not field.get("readOnly"):
            found[name] = _sample(field, number)
    return found


def _sample(field: Mapping[str, Any], number: int) -> object:
    match field["type"]:
        case "integer":
            return number % 1000
        case "boolean":
            return number % 2 == 0
    return {"decimal": f"{number % 900}.25", "date": "2026-05-01"}.get(field.get("format", ""), f"word {number % 977}")


def _people(installation: Installation) -> dict[str, str]:
    now, hashed = installation.clock.now(), installation.hasher.hash(ENTRY_WORD)
    with installation.database.writing() as tx:
        staff = Accounts(tx)
        admin = staff.add(ADMIN, ADMIN, hashed, now=now, is_admin=True)
        member = staff.add(MEMBER, MEMBER, hashed, now=now)
        staff.set_roles(member.id, ["shelf.member"])
    return {ADMIN: admin.id, MEMBER: member.id}
