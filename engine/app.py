"""The only place where parts are wired together."""

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_compress import Compress
from flask_smorest import Api

from engine.adapters.clocks import SystemClock
from engine.adapters.files import DiskFiles
from engine.adapters.mail import SMTPMailer
from engine.adapters.passwords import Argon2Hasher
from engine.api import figures, files, modules, pages, people, records, session, tasks
from engine.api.errors import register_errors
from engine.api.openapi import blueprint as openapi
from engine.api.security import protect
from engine.services.installation import Installation
from engine.services.ports import Clock, Mailer, NullMailer, PasswordHasher
from engine.settings import Settings
from engine.storage.database import Database
from engine.storage.prepare import prepare

_MULTIPART_OVERHEAD = 64 * 1024


def create_installation(
    settings: Settings, *, clock: Clock | None = None, mailer: Mailer | None = None, hasher: PasswordHasher | None = None
) -> Installation:
    """Return an installation with its database made ready; clock, mailer and hasher can be given for tests."""
    database = Database(settings.database_url)
    prepare(database)
    chosen = mailer or (SMTPMailer(settings.mail_url) if settings.mail_url else NullMailer())
    return Installation(
        settings=settings,
        database=database,
        clock=clock or SystemClock(),
        hasher=hasher or Argon2Hasher(),
        files=DiskFiles(settings.files_dir),
        mailer=chosen,
    )


def create_app(installation: Installation) -> Flask:
    """Return the WSGI application of an installation."""
    app = Flask("engine", static_folder=None)
    app.config.update(_config(installation.settings))
    app.extensions["formwork"] = installation
    # Compact JSON in the order it was made: clients and tests read the same thing.
    app.json.sort_keys = False  # type: ignore[attr-defined]
    register_errors(app)
    protect(app)
    api = Api(app)
    for part in (session, records, tasks, figures, modules, people, files):
        api.register_blueprint(part.blueprint)
    app.extensions["formwork_api"] = api
    app.register_blueprint(openapi)
    app.register_blueprint(pages.blueprint)
    session.limit_sign_in(app, installation.settings.sign_in_limit)
    Compress(app)
    return app


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
        "COMPRESS_MIMETYPES": ["application/json", "application/problem+json", "text/html", "text/css", "text/javascript", "image/svg+xml"],
        "COMPRESS_ALGORITHM": ["br", "gzip"],
    }
