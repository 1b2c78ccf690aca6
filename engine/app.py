"""The only place where parts are wired together."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import argon2
from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_compress import Compress
from flask_smorest import Api

from engine.adapters.api_desk import ApiDesk
from engine.adapters.clocks import SetClock, SystemClock
from engine.adapters.file_stores import file_store
from engine.adapters.mail import SMTPMailer
from engine.adapters.passwords import Argon2Hasher
from engine.adapters.webhooks import HTTPCaller
from engine.adapters.workbooks import FileWorkbooks
from engine.api import (
    automations,
    bpmn_exchange,
    bulk,
    closings,
    comments,
    dmn_exchange,
    explaining,
    exports,
    figures,
    files,
    imports,
    jobs,
    modules,
    pages,
    people,
    public_forms,
    public_links,
    records,
    recycle_bin,
    regions,
    schema_exchange,
    search,
    session,
    shares,
    tasks,
    unfinished,
)
from engine.api.errors import register_errors
from engine.api.openapi import blueprint as openapi
from engine.api.security import protect
from engine.definition.model import Scenario
from engine.services import bulk_job, scenarios, worker
from engine.services.automations.following import follow
from engine.services.automations.timers import tick
from engine.services.configurations import Configurations
from engine.services.exports import asking as asking_for_exports
from engine.services.imports import running as imports_at_work
from engine.services.installation import Installation
from engine.services.jobs import JobKind
from engine.services.limits.asking import tick as ask_limits
from engine.services.ports import Caller, Clock, Mailer, NullMailer, PasswordHasher
from engine.settings import Settings
from engine.storage.database import Database
from engine.storage.prepare import prepare
from engine.storage.vault import vault_of

_MULTIPART_OVERHEAD = 64 * 1024

_KINDS: tuple[JobKind, ...] = (
    *imports_at_work.KINDS,
    asking_for_exports.KIND,
    *bulk_job.KINDS,
)
JOB_KINDS: Mapping[str, JobKind] = {kind.name: kind for kind in _KINDS}
"""Everything that the worker knows how to do."""


def create_installation(
    settings: Settings,
    *,
    clock: Clock | None = None,
    mailer: Mailer | None = None,
    hasher: PasswordHasher | None = None,
    caller: Caller | None = None,
) -> Installation:
    """Return an installation with its database made ready; clock, mailer, hasher and caller can be given for tests."""
    vault = vault_of(settings.encryption_keys, settings.secret_key)
    database = Database(settings.database_url, vault=vault)
    prepare(database)
    chosen = mailer or (SMTPMailer(settings.mail_url) if settings.mail_url else NullMailer())
    return Installation(
        settings=settings,
        database=database,
        clock=clock or SystemClock(),
        hasher=hasher or Argon2Hasher(),
        files=file_store(settings),
        mailer=chosen,
        workbooks=FileWorkbooks(),
        caller=caller or HTTPCaller(),
        follow=follow,
    )


def create_app(installation: Installation) -> Flask:
    """Return the WSGI application of an installation."""
    app = Flask("engine", static_folder=None)
    app.config.update(_config(installation.settings))
    app.extensions["formwork"] = installation
    app.extensions["formwork_job_kinds"] = JOB_KINDS
    app.json = _InOrder(app)
    protect(app)
    api = Api(app)
    # After `Api`, which has a shape of its own for errors.
    register_errors(app)
    for part in (
        session,
        records,
        automations,
        tasks,
        figures,
        modules,
        people,
        files,
        jobs,
        recycle_bin,
        imports,
        schema_exchange,
        bpmn_exchange,
        dmn_exchange,
        exports,
        bulk,
        comments,
        shares,
        explaining,
        regions,
        closings,
        public_links,
        public_forms,
        search,
        unfinished,
    ):
        api.register_blueprint(part.blueprint)
    app.extensions["formwork_api"] = api
    app.register_blueprint(openapi)
    app.register_blueprint(pages.blueprint)
    session.limit_sign_in(app, installation.settings.sign_in_limit, installation.settings.limits_storage)
    public_forms.limit_public(app, installation.settings.public_limit, installation.settings.limits_storage)
    Compress(app)
    return app


def start_worker(installation: Installation) -> Callable[[], None]:
    """Do the background work in threads of this process; return what stops it."""
    return worker.start_threads(installation, JOB_KINDS)


class Stage:
    """The stage on which scenarios of a folder of modules play: one prepared database, of which every scenario gets a copy.

    `files` is a folder for uploads. The modules are compiled once and the application is made once, for all copies: one
    scenario plays at a time. A copy that takes the place of an earlier one finds its statements compiled.
    """

    def __init__(self, folder: Path, files: Path) -> None:
        self.documents = scenarios.documents_of(folder)
        self._files = files
        self._compiled = Configurations()
        self._made: dict[str, Installation] = {}
        self._app: Flask | None = None

    def prepare(self, url: str) -> None:
        """Make an empty database the one to copy. Raises Invalid with every problem of the modules."""
        installation, _ = self._installation(url, scenarios.DEFAULT_DAY)
        scenarios.set_stage(installation, self.documents)
        with installation.database.reading() as tx:
            self.configuration = self._compiled.in_force(tx, writing=False).configuration
        installation.database.close()

    def play(self, scenario: Scenario, url: str) -> scenarios.Outcome:
        """Play a scenario on a copy, through the public API."""
        installation, clock = self._installation(url, scenarios.day_of(scenario))

        def pass_time(day: date) -> None:
            clock.moment = _noon(day, installation.settings)
            while tick(installation):
                pass
            ask_limits(installation)

        try:
            self._app = self._app or create_app(installation)
            self._app.extensions["formwork"] = installation
            desk = ApiDesk(self._app, pass_time=pass_time, ask_limits=lambda: ask_limits(installation))
            return scenarios.play(scenario, self.configuration.entities, desk)
        finally:
            installation.database.close()

    def _installation(self, url: str, day: date) -> tuple[Installation, SetClock]:
        if url not in self._made:
            # A scenario proves rules, not passwords: the cheapest hash will do, and nobody is slowed down at the door.
            cheap = Argon2Hasher(argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
            settings = Settings(database_url=url, files_dir=self._files, sign_in_limit="100000 per minute")
            made = create_installation(settings, mailer=NullMailer(), hasher=cheap)
            self._made[url] = replace(made, configurations=self._compiled)
        made = self._made[url]
        clock = SetClock(_noon(day, made.settings))
        return replace(made, clock=clock), clock


def _noon(day: date, settings: Settings) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(settings.timezone)).astimezone(UTC)


def play_folder(folder: Path, only: str) -> Iterator[scenarios.Outcome]:
    """Play the scenarios of a folder of modules whose name contains `only`, each on a fresh database."""
    with tempfile.TemporaryDirectory(prefix="formwork-scenarios-") as temporary:
        place = Path(temporary)
        stage = Stage(folder, place / "files")
        stage.prepare(f"sqlite:///{place / 'prepared.sqlite'}")
        for name, scenario in sorted(stage.configuration.scenarios.items()):
            if only in name:
                copy = shutil.copy(place / "prepared.sqlite", place / "copy.sqlite")
                yield stage.play(scenario, f"sqlite:///{copy}")


class _InOrder(DefaultJSONProvider):
    """JSON in the order in which it was made: what was put first is read first."""

    sort_keys = False


def _config(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "formwork_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "PERMANENT_SESSION_LIFETIME": timedelta(seconds=settings.session_lifetime),
        "MAX_CONTENT_LENGTH": settings.max_upload + _MULTIPART_OVERHEAD,
        "API_TITLE": "Formwork",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "PROPAGATE_EXCEPTIONS": False,
        "COMPRESS_MIMETYPES": [
            "application/json",
            "application/problem+json",
            "text/html",
            "text/css",
            "text/javascript",
            "image/svg+xml",
        ],
        "COMPRESS_ALGORITHM": ["br", "gzip"],
    }
