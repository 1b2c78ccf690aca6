"""Automations: the list and the run log for administrators, buttons for everybody, and webhooks that come in."""

from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from engine.api.envelopes import AutomationsSchema, RunsSchema
from engine.api.records import respond
from engine.api.requests import context, installation, request_id, version
from engine.services.automations import buttons, hooks, overview
from engine.services.signatures import KEY_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER

blueprint = Blueprint("automations", __name__, url_prefix="/api/v1", description="Automations, their runs, webhooks")


@blueprint.route("/automations")
@blueprint.arguments(AutomationsSchema, location="query")
def automations(query: dict[str, Any]) -> dict[str, Any]:
    """Return the automations in the order in which they run; for administrators."""
    return overview.every(installation(), context(), query["module"])


@blueprint.route("/automations/runs")
@blueprint.arguments(RunsSchema, location="query")
def runs(query: dict[str, Any]) -> dict[str, Any]:
    """Return one page of the run log, newest first; for administrators."""
    return overview.runs(installation(), context(), query)


@blueprint.route("/automations/runs/<run>/replay", methods=["POST"])
def replay(run: str) -> dict[str, Any]:
    """Play a failed run again; twice is once."""
    return overview.replay(installation(), context(), run)


@blueprint.route("/records/<entity>/<record>/buttons")
def offered(entity: str, record: str) -> dict[str, Any]:
    """Return the buttons that the actor may press on a record now."""
    return buttons.offered(installation(), context(), entity, record)


@blueprint.route("/records/<entity>/<record>/buttons/<automation>", methods=["POST"])
def press(entity: str, record: str, automation: str) -> Response:
    """Press a button, on the version in `If-Match`."""
    return respond(buttons.press(installation(), context(), entity, record, version(), automation))


@blueprint.route("/hooks/<automation>", methods=["POST"])
def hook(automation: str) -> dict[str, Any]:
    """Take a signed request from another system."""
    told = request.headers
    delivery = hooks.Delivery(
        body=request.get_data(cache=True),
        timestamp=told.get(TIMESTAMP_HEADER, ""),
        signature=told.get(SIGNATURE_HEADER, ""),
        key=told.get(KEY_HEADER, ""),
    )
    return hooks.receive(installation(), request_id(), automation, delivery)
