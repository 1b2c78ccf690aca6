"""Links to public forms, for administrators."""

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from engine.api.public_envelopes import LinkChangeSchema, LinkSchema
from engine.api.requests import context, installation
from engine.services import public_links

blueprint = Blueprint("public_links", __name__, url_prefix="/api/v1/public-links", description="Links to public forms")


@blueprint.route("")
class Links(MethodView):
    """All links."""

    def get(self) -> dict[str, Any]:
        """Return the links, and the forms that may be offered; for administrators."""
        return public_links.every(installation(), context())

    @blueprint.arguments(LinkSchema)
    @blueprint.response(201)
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Make a link; its token is told this once. For administrators."""
        return public_links.create(installation(), context(), body)


@blueprint.route("/<link>", methods=["PATCH"])
@blueprint.arguments(LinkChangeSchema)
def change(body: dict[str, Any], link: str) -> dict[str, Any]:
    """Change a link or switch it off; for administrators."""
    return public_links.change(installation(), context(), link, body)
