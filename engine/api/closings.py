"""Closing the periods of ledgers."""

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from engine.api.envelopes import ClosePeriodSchema, ReopenPeriodSchema
from engine.api.requests import context, installation
from engine.services import closing

blueprint = Blueprint("closings", __name__, url_prefix="/api/v1/closings", description="Closed periods of ledgers")


@blueprint.route("")
class Closings(MethodView):
    """The books that the actor may close."""

    def get(self) -> dict[str, Any]:
        """Return the ledgers whose periods one may close or reopen, and up to where their books are closed."""
        return closing.overview(installation(), context())


@blueprint.route("/<ledger>/close", methods=["POST"])
@blueprint.arguments(ClosePeriodSchema)
def close(body: dict[str, Any], ledger: str) -> dict[str, Any]:
    """Close a period and all before it; `part` is the record whose books they are, `anyway` closes with documents in approval."""
    return closing.close(installation(), context(), ledger, body["part"], body["period"], anyway=body["anyway"])


@blueprint.route("/<ledger>/reopen", methods=["POST"])
@blueprint.arguments(ReopenPeriodSchema)
def reopen(body: dict[str, Any], ledger: str) -> dict[str, Any]:
    """Open a period and all after it again, for a reason."""
    return closing.reopen(installation(), context(), ledger, body["part"], body["period"], reason=body["reason"])
