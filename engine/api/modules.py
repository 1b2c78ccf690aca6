"""What the product is made of: the menu and the entities for everybody, the draft and its publication for administrators."""

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from engine.api.envelopes import DocumentSchema, PublishSchema
from engine.api.requests import context, installation
from engine.services import catalogue, drafts, publications

blueprint = Blueprint("modules", __name__, url_prefix="/api/v1", description="Menu, entities, draft, publications")


@blueprint.route("/menu")
def menu() -> dict[str, Any]:
    """Return what the actor may open."""
    return catalogue.menu(installation(), context())


@blueprint.route("/entities/<entity>")
def entity(entity: str) -> dict[str, Any]:
    """Return all that is needed to draw an entity's forms and tables for the actor."""
    return catalogue.entity(installation(), context(), entity)


@blueprint.route("/modules")
def modules() -> dict[str, Any]:
    """Return the published modules; for administrators."""
    return catalogue.modules(installation(), context())


@blueprint.route("/draft")
def draft() -> dict[str, Any]:
    """Return what is changed and not yet published, its problems and the plan."""
    return drafts.overview(installation(), context())


@blueprint.route("/draft/documents/<path:path>")
class Document(MethodView):
    """One document of the draft."""

    def get(self, path: str) -> dict[str, Any]:
        """Return the document as drafted and as published."""
        return drafts.document(installation(), context(), path)

    @blueprint.arguments(DocumentSchema)
    def put(self, body: dict[str, Any], path: str) -> dict[str, Any]:
        """Keep the document in the draft; problems are reported and do not keep it from being kept."""
        return drafts.put(installation(), context(), path, body["document"])

    def delete(self, path: str) -> dict[str, Any]:
        """Go back to what is published."""
        return drafts.drop(installation(), context(), path)


@blueprint.route("/publications")
class Publications(MethodView):
    """What was published."""

    def get(self) -> dict[str, Any]:
        """Return the publications, newest first."""
        return publications.every(installation(), context())

    @blueprint.arguments(PublishSchema)
    @blueprint.response(201)
    def post(self, given: dict[str, str]) -> dict[str, Any]:
        """Publish the draft."""
        return publications.publish(installation(), context(), given["note"])
