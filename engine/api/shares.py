"""Giving single records to others."""

from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from engine.api.records import respond
from engine.api.requests import context, installation, version
from engine.services.shares import giving, listing

blueprint = Blueprint("shares", __name__, url_prefix="/api/v1/records", description="Giving single records to others")


class ShareSchema(Schema):
    """To whom, how far, perhaps until when (with its time zone), and why."""

    kind = fields.String(required=True, validate=validate.OneOf(("user", "role", "department")))
    id = fields.String(required=True, validate=validate.Length(min=1, max=200))
    level = fields.String(load_default="read", validate=validate.OneOf(("read", "comment", "edit")))
    expires_at = fields.AwareDateTime(load_default=None, allow_none=True)
    note = fields.String(load_default="", validate=validate.Length(max=500))


@blueprint.route("/<entity>/<record>/shares")
class Shares(MethodView):
    """Who can see a record."""

    def get(self, entity: str, record: str) -> dict[str, Any]:
        """Return to whom the record was given, which roles read such records, and what one may give."""
        return listing.page(installation(), context(), entity, record)

    @blueprint.arguments(ShareSchema)
    def post(self, body: dict[str, Any], entity: str, record: str) -> Response:
        """Give the record to somebody; an earlier share with the same receiver ends."""
        return respond(giving.give(installation(), context(), entity, record, body), 201)


@blueprint.route("/<entity>/<record>/shares/<share>")
class Share(MethodView):
    """One share."""

    @blueprint.response(204)
    def delete(self, entity: str, record: str, share: str) -> None:
        """Take the share back, on the version in `If-Match`."""
        giving.revoke(installation(), context(), entity, record, share, version())
