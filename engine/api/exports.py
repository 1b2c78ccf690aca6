"""Records into files: lists as they are seen, and empty workbooks to fill in."""

from typing import Any

from flask import Response, jsonify, request, send_file
from flask_smorest import Blueprint

from engine.api.import_envelopes import ExportSchema
from engine.api.pivot_envelopes import PivotSchema
from engine.api.requests import context, installation, job_kinds
from engine.services import templates
from engine.services.exports import asking
from engine.services.imports.uploads import MEDIA
from engine.services.pivots import spreadsheet

blueprint = Blueprint("exports", __name__, url_prefix="/api/v1/exports", description="Records into files")


@blueprint.route("/<entity>", methods=["POST"])
@blueprint.arguments(ExportSchema)
def export(body: dict[str, Any], entity: str) -> Response:
    """Return the file of a list (200), or for a long one the job that writes it (202)."""
    address = request.host_url.rstrip("/")
    found = asking.ask(installation(), context(), job_kinds(), entity, body, address)
    if isinstance(found, asking.Finished):
        return _sent(found)
    response = jsonify(found)
    response.status_code = 202
    return response


@blueprint.route("/<entity>/pivot", methods=["POST"])
@blueprint.arguments(PivotSchema)
def pivot(body: dict[str, Any], entity: str) -> Response:
    """Return the workbook of a pivot, with its heads, groups and totals as they are shown."""
    return _sent(spreadsheet.export(installation(), context(), entity, body))


@blueprint.route("/jobs/<job>/file")
def fetch(job: str) -> Response:
    """Return the file that a job wrote, to who asked for it."""
    return _sent(asking.fetch(installation(), context(), job))


@blueprint.route("/<entity>/template")
def template(entity: str) -> Response:
    """Return an empty workbook to fill in and import."""
    content, name = templates.template(installation(), context(), entity)
    return send_file(content, mimetype=MEDIA, as_attachment=True, download_name=name)


def _sent(found: asking.Finished) -> Response:
    response = send_file(found.content, mimetype=found.type, as_attachment=True, download_name=found.name)
    response.content_length = found.size
    return response
