"""What people say about records."""

from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from engine.api.records import respond
from engine.api.requests import context, installation, version
from engine.services import readers
from engine.services.comments import reading, writing

blueprint = Blueprint("comments", __name__, url_prefix="/api/v1/records", description="What people say about records")
_ID = validate.Length(max=200)


class CommentsSchema(Schema):
    """Which page of a discussion: of its threads, of the answers in one `thread`, or beginning where the comment `at` stands."""

    thread = fields.String(load_default="", validate=_ID)
    at = fields.String(load_default="", validate=_ID)
    cursor = fields.String(load_default="", validate=_ID)
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))


class ChangedCommentSchema(Schema):
    """What is said: plain text in which `@[id]` mentions a person, and the ids of files that were brought."""

    text = fields.String(load_default="", validate=validate.Length(max=5000))
    files = fields.List(fields.String(validate=_ID), load_default=list)


class NewCommentSchema(ChangedCommentSchema):
    """A comment; `thread` is the one that it answers."""

    thread = fields.String(load_default="", validate=_ID)


class ReadersSchema(Schema):
    """A search among people."""

    q = fields.String(load_default="", validate=validate.Length(max=200))


@blueprint.route("/<entity>/<record>/comments")
class Comments(MethodView):
    """The discussion of a record."""

    @blueprint.arguments(CommentsSchema, location="query")
    def get(self, query: dict[str, Any], entity: str, record: str) -> dict[str, Any]:
        """Return threads, the newest first, each with its latest answers; `next_cursor` leads to the next page."""
        return reading.page(installation(), context(), entity, record, query)

    @blueprint.arguments(NewCommentSchema)
    def post(self, body: dict[str, Any], entity: str, record: str) -> Response:
        """Say something. Who is mentioned must be able to read the record."""
        return respond(writing.add(installation(), context(), entity, record, body), 201)


@blueprint.route("/<entity>/<record>/comments/<comment>")
class Comment(MethodView):
    """One comment."""

    def get(self, entity: str, record: str, comment: str) -> Response:
        """Return the comment."""
        return respond(reading.one(installation(), context(), entity, record, comment))

    @blueprint.arguments(ChangedCommentSchema)
    def patch(self, body: dict[str, Any], entity: str, record: str, comment: str) -> Response:
        """Change an own comment within 15 minutes, on the version in `If-Match`."""
        return respond(writing.change(installation(), context(), entity, record, comment, version(), body))

    def delete(self, entity: str, record: str, comment: str) -> Response:
        """Take a comment back, on the version in `If-Match`; the answer is what stays of it."""
        return respond(writing.remove(installation(), context(), entity, record, comment, version()))


@blueprint.route("/<entity>/<record>/comments/<comment>/wordings")
def wordings(entity: str, record: str, comment: str) -> dict[str, Any]:
    """Return how the comment read before it was changed, the latest first."""
    return reading.wordings(installation(), context(), entity, record, comment)


@blueprint.route("/<entity>/<record>/readers")
@blueprint.arguments(ReadersSchema, location="query")
def people(query: dict[str, Any], entity: str, record: str) -> dict[str, Any]:
    """Search people, each with whether they may read the record: for mentions and shares."""
    return readers.search(installation(), context(), entity, record, query["q"])
