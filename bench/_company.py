"""The company that is measured: ten projects, two thousand workers, and the people who hand in and approve day sheets."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import argon2
from _statements import RehearsedDatabase
from flask.testing import FlaskClient

from engine.adapters.passwords import Argon2Hasher
from engine.app import create_app, create_installation
from engine.services import accounts
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.setup import publish_folder
from engine.settings import Settings
from engine.storage.accounts import Accounts
from engine.storage.records import Records

ROOT = Path(__file__).resolve().parent.parent
API = "/api/v1"
ADMIN, ENTRY_WORD = "admin", "for measurements only"
SHEET = "day_labour.day_sheet"
PROJECTS, OWN_PROJECTS, WORKERS = 10, 3, 4000
STAFF = {
    "clerk": ("organisation.clerk", "site_clerk"),
    "foreman": ("organisation.site_engineer", "foreman"),
    "engineer": ("organisation.site_engineer", "engineer"),
    "cost": ("organisation.cost_staff", "cost_officer"),
    "manager": ("organisation.project_manager", "manager"),
}
"""By log-in: the role in the firm, and the role in the team of a project."""


@dataclass(frozen=True, slots=True)
class Company:
    """An installation with its master data; `people`, `projects`, `teams`, `codes` and `workers` are ids."""

    installation: Installation
    database: RehearsedDatabase
    people: Mapping[str, str]
    projects: tuple[str, ...]
    teams: tuple[str, ...]
    codes: tuple[str, ...]
    workers: tuple[str, ...]

    @property
    def today(self) -> date:
        """Return the day on which sheets are handed in."""
        return date.today()  # noqa: DTZ011 - the zone of the machine is as good as any for a measurement

    def context(self, login: str) -> Context:
        """Return what a use case is given when somebody asks, with a key of its own."""
        actor = accounts.load_actor(self.installation, self.people[login])
        if actor is None:
            raise LookupError(login)
        key = uuid.uuid4().hex
        return Context(actor, datetime.now(UTC), key, idempotency_key=key, fingerprint=key)


class Desk:
    """One person's browser: Werkzeug's client with its cookies, in the same process."""

    def __init__(self, client: FlaskClient, login: str) -> None:
        self._client = client
        self.send("POST", "/session", {"login": login, "password": ENTRY_WORD})
        cookie = client.get_cookie("formwork_csrf")
        self._token = cookie.value if cookie else ""

    def send(self, method: str, path: str, body: object = None, *, version: int | None = None, **query: str) -> Any:
        """Send a request and return the JSON of the answer. Raises RuntimeError with the answer of a refusal."""
        headers = {"X-CSRF-Token": getattr(self, "_token", "")}
        headers |= {"Idempotency-Key": uuid.uuid4().hex} if method == "POST" else {}
        headers |= {"If-Match": f'"{version}"'} if version is not None else {}
        answer = self._client.open(API + path, method=method, json=body, headers=headers, query_string=query)
        if answer.status_code >= 400:
            raise RuntimeError(answer.get_data(as_text=True))
        return answer.get_json()


def found(url: str, files: Path) -> Company:
    """Publish the modules of this repository into an empty database, and put the company there."""
    # Nobody signs in while something is measured, so the cheapest hash will do.
    hasher = Argon2Hasher(argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    settings = Settings(database_url=url, files_dir=files, sign_in_limit="100000 per minute")
    made = create_installation(settings, hasher=hasher)
    made.database.close()
    database = RehearsedDatabase(url)
    installation = replace(made, database=database)
    for line in publish_folder(installation, ROOT / "modules", "what is measured"):
        print(line)
    people = _people(installation)
    return Company(installation, database, people, *_masters(installation, people))


def desks(company: Company) -> dict[str, Desk]:
    """Return everybody's browser, signed in."""
    app = create_app(company.installation)
    return {login: Desk(app.test_client(), login) for login in STAFF}


def _people(installation: Installation) -> dict[str, str]:
    hashed = installation.hasher.hash(ENTRY_WORD)
    with installation.database.writing() as tx:
        staff = Accounts(tx)
        made = {login: staff.add(login, login, hashed, now=installation.clock.now()).id for login in (ADMIN, *STAFF)}
        for login, (role, _) in STAFF.items():
            staff.set_roles(made[login], [role])
    return made


def _masters(installation: Installation, people: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Store projects, teams, cost codes and workers, and return their ids."""
    now, admin = installation.clock.now(), people[ADMIN]
    with installation.database.writing() as tx:
        tables = installation.configurations.in_force(tx, writing=True).tables
        records = Records(tx, tables)

        def add(entity: str, values: Mapping[str, object]) -> str:
            return records.insert(entity, values, actor=admin, now=now, status="").id

        staff = [{"user": people[login], "role": role} for login, (_, role) in STAFF.items()]
        projects = tuple(
            add("organisation.project", _project(number) | {"team": staff if number < OWN_PROJECTS else []})
            for number in range(PROJECTS)
        )
        teams = tuple(
            add("day_labour.team", {"name": "一班", "project": one, "work_type": "general", "status": "on_site"})
            for one in projects
        )
        codes = tuple(add("organisation.cost_code", _code(number)) for number in range(5))
        workers = tuple(
            add("day_labour.worker", _worker(number) | {"project": projects[number % PROJECTS]})
            for number in range(WORKERS)
        )
    return projects, teams, codes, workers


def _project(number: int) -> dict[str, object]:
    return {"code": f"P{number:02}", "name": f"{number + 1} 号项目", "status": "active", "stage": "initiation"}


def _code(number: int) -> dict[str, object]:
    return {"code": f"02{number:02}", "name": f"科目 {number}", "nature": "labour", "status": "active"}


def _worker(number: int) -> dict[str, object]:
    named: dict[str, object] = {"code": f"W{number:04}", "name": f"工人 {number}", "work_type": "general"}
    named |= {"day_rate": Decimal("280.00"), "status": "on_site", "blacklisted": False}
    return named | {"has_contract": True, "edu_done": True, "grade": "middle", "pay_mode": "day"}
