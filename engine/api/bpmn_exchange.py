"""BPMN in and out: a flow from a file, and a file from a flow."""

from io import BytesIO
from typing import Any

from flask import Response, request, send_file
from flask_smorest import Blueprint
from werkzeug.datastructures import FileStorage

from engine.api.requests import context, installation
from engine.errors import Invalid
from engine.problems import Problem
from engine.services import bpmn_exchange

blueprint = Blueprint("bpmn", __name__, url_prefix="/api/v1/bpmn", description="Flows from and to BPMN 2.0")
_SAID = ("name", "entity", "process")


@blueprint.route("/<module>/imports", methods=["POST"])
@blueprint.response(201)
def import_flow(module: str) -> dict[str, Any]:
    """Return the flow that a BPMN file (`file`) becomes, with a report; with `keep` both go into the draft.

    Form fields: `name` of the flow, its `entity`, `process` (the id, where the file has several), `keep` (true).
    """
    sent: FileStorage | None = request.files.get("file")
    if sent is None:
        raise Invalid([Problem("file_missing", "/file")])
    said = {key: request.form.get(key, "") for key in _SAID}
    keep = request.form.get("keep") == "true"
    with sent.stream as stream:
        return bpmn_exchange.draft(installation(), context(), module, stream.read(), keep_it=keep, **said)


@blueprint.route("/<flow>", methods=["GET"])
def export_flow(flow: str) -> Response:
    """Return a flow (`module.name`) as BPMN 2.0, in the file that it came from where it came from one."""
    data = bpmn_exchange.exported(installation(), context(), flow)
    name = f"{flow.rpartition('.')[2]}.bpmn"
    return send_file(BytesIO(data), mimetype=bpmn_exchange.MEDIA, as_attachment=True, download_name=name)
