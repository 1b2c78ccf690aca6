"""Why somebody can, or cannot, see or do something."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from engine.api.requests import context, installation
from engine.services import explaining

blueprint = Blueprint("explain", __name__, url_prefix="/api/v1", description="Why somebody can, or cannot")
_NAME = validate.Length(max=200)


class ExplainSchema(Schema):
    """Who (oneself where nobody is named), on which entity, and if wished which record, action and field."""

    person = fields.String(load_default="", validate=_NAME)
    entity = fields.String(required=True, validate=_NAME)
    record = fields.String(load_default="", validate=_NAME)
    action = fields.String(load_default="", validate=_NAME)
    field = fields.String(load_default="", validate=_NAME)


@blueprint.route("/explain")
@blueprint.arguments(ExplainSchema, location="query")
def explain(query: dict[str, Any]) -> dict[str, Any]:
    """Return for each action whether a person may do it, why, and every grant with a say in it; for oneself or for administrators."""
    return explaining.explain(installation(), context(), query)
