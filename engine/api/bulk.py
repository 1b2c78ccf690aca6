"""Many records at once, and records by their keys."""

from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from engine.api.envelopes import BulkSchema, UpsertSchema
from engine.api.records import respond
from engine.api.requests import context, installation, job_kinds
from engine.services import bulk as service
from engine.services import upserting

blueprint = Blueprint(
    "bulk", __name__, url_prefix="/api/v1/records/<entity>", description="Many records at once, and records by key"
)


@blueprint.route("/bulk", methods=["POST"])
@blueprint.arguments(BulkSchema)
def bulk(body: dict[str, Any], entity: str) -> Response:
    """Create, change, delete or hand in many records: `operations` row by row, or one `action` for `ids` or a `filter`.

    Up to 1,000 rows are answered row by row; more (up to 100,000) become a job, and so does `background`. A job can be taken back.
    """
    answer = service.bulk(installation(), context(), job_kinds(), entity, body)
    response = jsonify(answer)
    response.status_code = 202 if answer["results"] is None else 200
    return response


@blueprint.route("/by-key", methods=["PUT"])
@blueprint.arguments(UpsertSchema)
def by_key(body: dict[str, Any], entity: str) -> Response:
    """Change the record that has the key, or create it. A reference may be told by a key: `{"machine": {"code": "M1"}}`."""
    record = upserting.upsert(installation(), context(), entity, body["key"], body["values"])
    return respond(record, 201 if record["created"] else 200)
