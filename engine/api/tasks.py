"""The inbox, and deciding."""

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from engine.api.envelopes import CommentSchema, ReturnSchema, TasksSchema, TransferSchema
from engine.api.requests import context, installation, version
from engine.services import approvals, inbox

blueprint = Blueprint("tasks", __name__, url_prefix="/api/v1/tasks", description="The inbox, and deciding")


@blueprint.route("")
class Tasks(MethodView):
    """The tasks of the person who asks."""

    @blueprint.arguments(TasksSchema, location="query")
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """Return one page of a box."""
        return inbox.page(installation(), context(), query)


@blueprint.route("/counts")
def counts() -> dict[str, Any]:
    """Return how many wait."""
    return inbox.counts(installation(), context())


@blueprint.route("/<seat>/agree", methods=["POST"])
@blueprint.arguments(CommentSchema)
def agree(body: dict[str, Any], seat: str) -> dict[str, Any]:
    """Agree."""
    return approvals.agree(installation(), context(), seat, version(), body["comment"])


@blueprint.route("/<seat>/reject", methods=["POST"])
@blueprint.arguments(CommentSchema)
def reject(body: dict[str, Any], seat: str) -> dict[str, Any]:
    """Reject."""
    return approvals.reject(installation(), context(), seat, version(), body["comment"])


@blueprint.route("/<seat>/return", methods=["POST"])
@blueprint.arguments(ReturnSchema)
def return_to(body: dict[str, Any], seat: str) -> dict[str, Any]:
    """Send back to earlier steps."""
    return approvals.return_to(
        installation(), context(), seat, version(), body["targets"], body["resume"], body["comment"]
    )


@blueprint.route("/<seat>/transfer", methods=["POST"])
@blueprint.arguments(TransferSchema)
def transfer(body: dict[str, Any], seat: str) -> dict[str, Any]:
    """Hand the decision to somebody else."""
    return approvals.transfer(installation(), context(), seat, version(), body["to"], body["comment"])
