"""Signing in and out."""

import secrets
from typing import Any

from flask import Response, jsonify, request, session
from flask.views import MethodView
from flask_limiter.util import get_remote_address
from flask_login import current_user, login_user, logout_user
from flask_smorest import Blueprint

from engine.api.envelopes import PreferencesSchema, SignInSchema
from engine.api.limits import limiter
from engine.api.requests import context, installation
from engine.api.security import CSRF_COOKIE, SignedIn, new_token
from engine.services import accounts

blueprint = Blueprint("session", __name__, url_prefix="/api/v1/session", description="Signing in and out")


def _attempt() -> str:
    """Count attempts by address and by name, so that one name cannot be tried from one place for ever."""
    body = request.get_json(silent=True) or {}
    login = body.get("login", "") if isinstance(body, dict) else ""
    return f"{get_remote_address()}|{str(login).strip()}"


@blueprint.route("")
class Session(MethodView):
    """The session of the person who asks."""

    def get(self) -> dict[str, Any]:
        """Return who is signed in; `person` is null when nobody is: asking that is no mistake."""
        return accounts.session(installation(), context()) if current_user.is_authenticated else dict(accounts.NOBODY)

    @blueprint.arguments(SignInSchema)
    def post(self, given: dict[str, str]) -> Response:
        """Sign in, and set the session and the token cookie."""
        person = accounts.sign_in(installation(), given["login"], given["password"])
        login_user(SignedIn(person))
        session.permanent = True
        session["nonce"] = secrets.token_hex(8)
        response = jsonify(accounts.session(installation(), context()))
        settings = installation().settings
        response.set_cookie(
            CSRF_COOKIE, new_token(), samesite="Lax", secure=settings.secure_cookies, max_age=settings.session_lifetime
        )
        return response

    @blueprint.arguments(PreferencesSchema)
    def patch(self, given: dict[str, str]) -> dict[str, Any]:
        """Change the own language."""
        return accounts.prefer(installation(), context(), given["language"])

    @blueprint.response(204)
    def delete(self) -> None:
        """Sign out."""
        logout_user()
        session.clear()


def limit_sign_in(app: Any, limit: str, storage: str) -> None:
    """Count attempts to sign in, in `storage`, and refuse more than `limit` (in flask-limiter's words)."""
    view = app.view_functions["session.Session"]
    counted = limiter(app, storage)
    app.view_functions["session.Session"] = counted.limit(limit, key_func=_attempt, methods=["POST"])(view)
