"""DMN in and out: decision tables from a file, and a file from a decision table."""

from io import BytesIO
from typing import Any

from flask import Response, request, send_file
from flask_smorest import Blueprint
from werkzeug.datastructures import FileStorage

from engine.api.requests import context, installation
from engine.errors import Invalid
from engine.problems import Problem
from engine.services import dmn_exchange

blueprint = Blueprint("dmn", __name__, url_prefix="/api/v1/dmn", description="Decision tables from and to DMN")


@blueprint.route("/<module>/imports", methods=["POST"])
@blueprint.response(201)
def import_decisions(module: str) -> dict[str, Any]:
    """Return the decision tables of a DMN file (`file`) with a report; with `keep` (true) they go into the draft."""
    sent: FileStorage | None = request.files.get("file")
    if sent is None:
        raise Invalid([Problem("file_missing", "/file")])
    with sent.stream as stream:
        data = stream.read()
    return dmn_exchange.draft(installation(), context(), module, data, keep_it=request.form.get("keep") == "true")


@blueprint.route("/<module>/exports/<name>", methods=["GET"])
def export_decision(module: str, name: str) -> Response:
    """Return a decision table as DMN 1.3, in the file that it came from where it came from one."""
    data = dmn_exchange.exported(installation(), context(), f"{module}.{name}")
    return send_file(BytesIO(data), mimetype=dmn_exchange.MEDIA, as_attachment=True, download_name=f"{name}.dmn")
