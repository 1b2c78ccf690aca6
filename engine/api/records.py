"""Records of every entity: one set of addresses, generated from definitions and not written for any of them."""

from typing import Any

from flask import Response, jsonify
from flask.views import MethodView
from flask_smorest import Blueprint

from engine.api.envelopes import (
    AggregateSchema,
    CheckSchema,
    CommentSchema,
    HistorySchema,
    ListSchema,
    OptionsSchema,
    ReadSchema,
    ReasonSchema,
    RecordSchema,
    VersionSchema,
)
from engine.api.pivot_envelopes import PivotAnswerSchema, PivotSchema
from engine.api.requests import context, installation, json_argument, strict, version
from engine.services import approval_view, deleting, history, lifecycle, listing, picking, reading, restoring, writing
from engine.services.pivots import answers

blueprint = Blueprint("records", __name__, url_prefix="/api/v1/records", description="Records of every entity")


def respond(record: dict[str, Any], status: int = 200) -> Response:
    """Return a record with its version as ETag."""
    response = jsonify(record)
    response.status_code = status
    response.set_etag(str(record["version"]))
    return response


@blueprint.route("/<entity>")
class RecordList(MethodView):
    """All records of an entity that the actor may see."""

    @blueprint.arguments(ListSchema, location="query")
    def get(self, query: dict[str, Any], entity: str) -> dict[str, Any]:
        """Return one page; `next_cursor` leads to the next."""
        return listing.page(installation(), context(), entity, query, json_argument("filter"))

    @blueprint.arguments(RecordSchema)
    def post(self, body: dict[str, Any], entity: str) -> Response:
        """Create a record."""
        return respond(
            writing.create(installation(), context(), entity, body["values"], finishes=body["finishes"]), 201
        )


@blueprint.route("/<entity>/totals")
@blueprint.arguments(ListSchema, location="query")
def totals(query: dict[str, Any], entity: str) -> dict[str, Any]:
    """Return totals over everything that a list would show."""
    return listing.totals(installation(), context(), entity, query, json_argument("filter"))


@blueprint.route("/<entity>/aggregate", methods=["POST"])
@blueprint.arguments(AggregateSchema)
def aggregate(body: dict[str, Any], entity: str) -> dict[str, Any]:
    """Return groups with their values."""
    return listing.aggregate(installation(), context(), entity, body)


@blueprint.route("/<entity>/pivot", methods=["POST"])
@blueprint.arguments(PivotSchema)
@blueprint.response(200, PivotAnswerSchema)
def pivot(body: dict[str, Any], entity: str) -> dict[str, Any]:
    """Return records summed up by rows and by columns, with the totals of both and of the groups within them."""
    return answers.pivot(installation(), context(), entity, body)


@blueprint.route("/<entity>/options")
@blueprint.arguments(OptionsSchema, location="query")
def options(query: dict[str, Any], entity: str) -> dict[str, Any]:
    """Return what a reference picker shows."""
    return picking.options(installation(), context(), entity, query, json_argument("record"))


@blueprint.route("/<entity>/template")
def template(entity: str) -> dict[str, Any]:
    """Return what a new record starts with."""
    return writing.template(installation(), context(), entity)


@blueprint.route("/<entity>/check", methods=["POST"])
@blueprint.arguments(CheckSchema)
def check(body: dict[str, Any], entity: str) -> dict[str, Any]:
    """Judge a record without storing it."""
    return writing.check(installation(), context(), entity, body["values"], body["id"], body["moment"])


@blueprint.route("/<entity>/<record>")
class Record(MethodView):
    """One record."""

    @blueprint.arguments(ReadSchema, location="query")
    def get(self, query: dict[str, Any], entity: str, record: str) -> Response:
        """Return the record; `expand` names references (`project,lines.item`) whose records come with it."""
        return respond(reading.one(installation(), context(), entity, record, query["expand"]))

    @blueprint.arguments(RecordSchema)
    def patch(self, body: dict[str, Any], entity: str, record: str) -> Response:
        """Change what `values` names, on the version in `If-Match`.

        What others changed meanwhile is merged (`merged` in the answer tells it) where it does not meet what is sent; where it
        does, the answer is 409 with the fields. `Prefer: handling=strict` asks for 412 instead of any merging.
        """
        given, how = body["values"], {"strict": strict(), "finishes": body["finishes"]}
        return respond(writing.update(installation(), context(), entity, record, version(), given, **how))

    @blueprint.arguments(ReasonSchema, location="query")
    @blueprint.response(204)
    def delete(self, query: dict[str, Any], entity: str, record: str) -> None:
        """Delete the record; it goes into the recycle bin."""
        deleting.delete(installation(), context(), entity, record, version(), query["reason"])


@blueprint.route("/<entity>/<record>/submit", methods=["POST"])
def submit(entity: str, record: str) -> Response:
    """Hand a document in: its approval starts, or it takes effect where there is none."""
    return respond(lifecycle.submit(installation(), context(), entity, record, version()))


@blueprint.route("/<entity>/<record>/withdraw", methods=["POST"])
@blueprint.arguments(CommentSchema)
def withdraw(body: dict[str, Any], entity: str, record: str) -> Response:
    """Take a document back from its approval."""
    return respond(lifecycle.withdraw(installation(), context(), entity, record, version(), body["comment"]))


@blueprint.route("/<entity>/<record>/void", methods=["POST"])
@blueprint.arguments(CommentSchema)
def void(body: dict[str, Any], entity: str, record: str) -> Response:
    """Make a document that took effect invalid: its entries are reversed, nothing is deleted."""
    return respond(lifecycle.void(installation(), context(), entity, record, version(), body["comment"]))


@blueprint.route("/<entity>/<record>/history")
@blueprint.arguments(HistorySchema, location="query")
def changes(query: dict[str, Any], entity: str, record: str) -> dict[str, Any]:
    """Return the changes of the record, the newest first: fields before and after, rows added, removed, changed."""
    return history.page(installation(), context(), entity, record, query["cursor"], query["limit"])


@blueprint.route("/<entity>/<record>/versions/<int:number>")
def at_version(entity: str, record: str, number: int) -> dict[str, Any]:
    """Return what the record was at a version, and what restoring it would change."""
    return restoring.preview(installation(), context(), entity, record, number)


@blueprint.route("/<entity>/<record>/restore", methods=["POST"])
@blueprint.arguments(VersionSchema)
def restore(body: dict[str, Any], entity: str, record: str) -> Response:
    """Make the record what it was at an earlier version, as an ordinary change on the version in `If-Match`."""
    return respond(restoring.restore(installation(), context(), entity, record, version(), body["version"]))


@blueprint.route("/<entity>/<record>/entries")
def entries(entity: str, record: str) -> dict[str, Any]:
    """Return what the document wrote to ledgers."""
    return reading.entries(installation(), context(), entity, record)


@blueprint.route("/<entity>/<record>/approval")
def approval(entity: str, record: str) -> dict[str, Any]:
    """Return the approval of the record, or the one that would start."""
    return approval_view.approval(installation(), context(), entity, record)
