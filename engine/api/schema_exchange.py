"""JSON Schemas in and out: an entity from one, and one from an entity."""

from typing import Any

from flask_smorest import Blueprint

from engine.api.requests import context, installation
from engine.api.schema_exchange_envelopes import SchemaImportSchema
from engine.services import schema_exchange

blueprint = Blueprint("schemas", __name__, url_prefix="/api/v1/schemas", description="Entities from and to JSON Schema")


@blueprint.route("/imports", methods=["POST"])
@blueprint.arguments(SchemaImportSchema)
@blueprint.response(201)
def import_schema(sent: dict[str, Any]) -> dict[str, Any]:
    """Return the entity, form and table that a JSON Schema becomes, with a report; with `keep` they go into the draft."""
    module, schema = sent.pop("module"), sent.pop("schema")
    return schema_exchange.draft(installation(), context(), module, schema, **sent)


@blueprint.route("/<entity>", methods=["GET"])
@blueprint.response(200)
def export_schema(entity: str) -> dict[str, Any]:
    """Return the JSON Schema 2020-12 of an entity (`module.name`) and hints in the manner of uiSchema."""
    return schema_exchange.exported(installation(), context(), entity)
