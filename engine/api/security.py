"""Who may send what: sessions, the double-submit token against cross-site requests, and the headers of every response."""

import logging
import secrets
from dataclasses import dataclass

from flask import Flask, Response, request
from flask_login import LoginManager, current_user

from engine.api.characters import refuse_endless_numbers, refuse_unstorable
from engine.api.public_forms import VIEWS
from engine.api.requests import installation, request_id
from engine.errors import Forbidden, SignInRequired
from engine.services import accounts
from engine.services.context import Actor

_log = logging.getLogger("formwork.requests")

CSRF_COOKIE = "formwork_csrf"
CSRF_HEADER = "X-CSRF-Token"
_SAFE = {"GET", "HEAD", "OPTIONS"}
_OPEN = {"session.Session", "openapi.health_check", "openapi.style", "pages.page", "automations.hook", *VIEWS}
_OWN_PREFERENCES = ("session.Session", "PATCH")

# 'wasm-unsafe-eval' lets the barcode reader of our own build run as WebAssembly; scripts from text stay forbidden.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person of a session, with what flask-login asks of one."""

    actor: Actor
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Return what the session cookie holds."""
        return self.actor.id


def protect(app: Flask) -> None:
    """Give `app` sessions, the cross-site check and the headers."""
    manager = LoginManager(app)
    manager.user_loader(_load)
    app.before_request(_refuse_strangers)
    app.before_request(_refuse_cross_site)
    app.before_request(refuse_endless_numbers)
    app.before_request(refuse_unstorable)
    app.after_request(_headers)


def new_token() -> str:
    """Return a token that a page of another site cannot know."""
    return secrets.token_urlsafe(24)


def _load(person: str) -> SignedIn | None:
    actor = accounts.load_actor(installation(), person)
    return SignedIn(actor) if actor else None


def _refuse_strangers() -> None:
    """Ask who it is before anything else is looked at."""
    is_open = request.endpoint in _OPEN and (request.endpoint, request.method) != _OWN_PREFERENCES
    if request.endpoint and request.path.startswith("/api/") and not is_open and not current_user.is_authenticated:
        raise SignInRequired


def _refuse_cross_site() -> None:
    """Refuse a change that another site could have caused; a call with no session cookie has nothing to steal."""
    if request.method in _SAFE or not request.path.startswith("/api/"):
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise Forbidden(request.method, request.path, "cross_site")
    sent, kept = request.headers.get(CSRF_HEADER, ""), request.cookies.get(CSRF_COOKIE, "")
    if current_user.is_authenticated and not (kept and secrets.compare_digest(sent.encode(), kept.encode())):
        raise Forbidden(request.method, request.path, "csrf_token")


def _headers(response: Response) -> Response:
    told = {"method": request.method, "path": request.path, "status": response.status_code, "request_id": request_id()}
    _log.info("request", extra=told)
    response.headers["X-Request-Id"] = request_id()
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if request.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
