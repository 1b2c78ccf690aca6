"""Forms that somebody began and has not saved."""

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from engine.api.requests import context, installation
from engine.services import unfinished

blueprint = Blueprint("unfinished", __name__, url_prefix="/api/v1/unfinished", description="Forms begun and not saved")


class UnfinishedSchema(Schema):
    """What was typed: `values` as they stand, `base` what they were typed over, `labels` of what they point at.

    `version` is that of the record, `publication` the one whose form was filled.
    """

    values = fields.Dict(keys=fields.String(), required=True)
    base = fields.Dict(keys=fields.String(), load_default=dict)
    labels = fields.Dict(keys=fields.String(), load_default=dict)
    version = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 2**31 - 1))
    publication = fields.Integer(required=True, validate=validate.Range(1, 2**31 - 1))


@blueprint.route("")
def every() -> dict[str, Any]:
    """Return which forms the actor began, what was typed last first."""
    return unfinished.every(installation(), context())


@blueprint.route("/<entity>")
class NewOne(MethodView):
    """The form of a record that does not exist yet."""

    def get(self, entity: str) -> dict[str, Any]:
        """Return what the actor typed, null for nothing."""
        return unfinished.one(installation(), context(), entity)

    @blueprint.arguments(UnfinishedSchema)
    def put(self, body: dict[str, Any], entity: str) -> dict[str, Any]:
        """Keep what was typed in the place of what was kept before; it may break any rule."""
        return unfinished.keep(installation(), context(), entity, body)

    @blueprint.response(204)
    def delete(self, entity: str) -> None:
        """Throw it away."""
        unfinished.throw_away(installation(), context(), entity)


@blueprint.route("/<entity>/<record>")
class OfRecord(MethodView):
    """The form of a record that is being changed."""

    def get(self, entity: str, record: str) -> dict[str, Any]:
        """Return what the actor typed, null for nothing; `changed` says that the record has another version by now."""
        return unfinished.one(installation(), context(), entity, record)

    @blueprint.arguments(UnfinishedSchema)
    def put(self, body: dict[str, Any], entity: str, record: str) -> dict[str, Any]:
        """Keep what was typed in the place of what was kept before; it may break any rule."""
        return unfinished.keep(installation(), context(), entity, body, record)

    @blueprint.response(204)
    def delete(self, entity: str, record: str) -> None:
        """Throw it away."""
        unfinished.throw_away(installation(), context(), entity, record)
