"""What people without an account reach by a link: its page, what they send, what they may look up. Nothing else is open to them."""

from typing import Any
from urllib.parse import unquote

from flask import Flask, request
from flask.views import MethodView
from flask_limiter.util import get_remote_address
from flask_smorest import Blueprint

from engine.api.limits import limiter
from engine.api.public_envelopes import AnswerSchema, ChoicesSchema, QuerySchema
from engine.api.requests import fingerprint, idempotency_key, installation, language, request_id
from engine.services import public_forms, public_lookups
from engine.services.public_forms import Visit

PASSWORD_HEADER = "X-Form-Password"  # noqa: S105 - the name of a header
blueprint = Blueprint(
    "public", __name__, url_prefix="/api/v1/public", description="Forms for people without an account"
)
VIEWS = ("public.Page", "public.puzzle", "public.options", "public.query")
"""The endpoints that nobody has to sign in for."""


def visit(token: str) -> Visit:
    """Return how this request comes; the password travels percent-encoded, for a header takes no Chinese."""
    password = unquote(request.headers.get(PASSWORD_HEADER, "")[:2000])
    return Visit(token, password, request_id(), language(), idempotency_key(), fingerprint())


@blueprint.route("/<token>")
class Page(MethodView):
    """The form behind a link."""

    def get(self, token: str) -> dict[str, Any]:
        """Return what the page draws."""
        return public_forms.page(installation(), visit(token))

    @blueprint.arguments(AnswerSchema)
    @blueprint.response(201)
    def post(self, body: dict[str, Any], token: str) -> dict[str, Any]:
        """Send what was filled in."""
        return public_forms.answer(installation(), visit(token), body["values"], body["solution"])


@blueprint.route("/<token>/puzzle")
def puzzle(token: str) -> dict[str, Any]:
    """Return a puzzle to be solved before sending."""
    return public_forms.puzzle(installation(), visit(token))


@blueprint.route("/<token>/options")
@blueprint.arguments(ChoicesSchema, location="query")
def options(query: dict[str, Any], token: str) -> dict[str, Any]:
    """Return what a reference of the form may be."""
    return public_lookups.options(installation(), visit(token), query["field"], query["q"], query["ids"])


@blueprint.route("/<token>/query", methods=["POST"])
@blueprint.arguments(QuerySchema)
def query(body: dict[str, Any], token: str) -> dict[str, Any]:
    """Look records up by exact values."""
    return public_lookups.query(installation(), visit(token), body["values"])


def limit_public(app: Flask, limit: str, storage: str) -> None:
    """Refuse an address that comes more often than `limit` (in flask-limiter's words), counted in `storage`."""
    shared = limiter(app, storage).shared_limit(limit, scope="public", key_func=get_remote_address)
    for name in VIEWS:
        view: Any = app.view_functions[name]
        app.view_functions[name] = shared(view)
