"""The recycle bin of every entity."""

from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from engine.api.envelopes import BinSchema, ConfirmSchema
from engine.api.records import respond
from engine.api.requests import context, installation
from engine.services import recycle_bin

blueprint = Blueprint(
    "recycle_bin", __name__, url_prefix="/api/v1/records/<entity>/recycle_bin", description="Deleted records"
)


@blueprint.route("")
class Bin(MethodView):
    """What was deleted of an entity."""

    @blueprint.arguments(BinSchema, location="query")
    def get(self, query: dict[str, Any], entity: str) -> dict[str, Any]:
        """Return deleted records, the latest first."""
        return recycle_bin.page(installation(), context(), entity, query["q"], query["cursor"], query["limit"])

    @blueprint.arguments(ConfirmSchema)
    def delete(self, body: dict[str, Any], entity: str) -> dict[str, Any]:
        """Forget all deleted records for good; `confirm` is the entity's title. For administrators."""
        return recycle_bin.purge(installation(), context(), entity, None, body["confirm"])


@blueprint.route("/<deleted>")
class Deleted(MethodView):
    """One deleted record."""

    def get(self, entity: str, deleted: str) -> dict[str, Any]:
        """Return the record as it was."""
        return recycle_bin.one(installation(), context(), entity, deleted)

    @blueprint.arguments(ConfirmSchema)
    def delete(self, body: dict[str, Any], entity: str, deleted: str) -> dict[str, Any]:
        """Forget the record for good; `confirm` is its title. For administrators."""
        return recycle_bin.purge(installation(), context(), entity, deleted, body["confirm"])


@blueprint.route("/<deleted>/restore", methods=["POST"])
def restore(entity: str, deleted: str) -> Response:
    """Bring the record back."""
    return respond(recycle_bin.restore(installation(), context(), entity, deleted))
