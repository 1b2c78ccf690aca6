"""Files: sent once, downloaded by those who may see the record that holds them."""

from typing import Any

from flask import Response, request, send_file
from flask_smorest import Blueprint
from werkzeug.datastructures import FileStorage

from engine.api.requests import context, installation
from engine.errors import Invalid
from engine.problems import Problem
from engine.services import files

blueprint = Blueprint("files", __name__, url_prefix="/api/v1/files", description="Files")


@blueprint.route("", methods=["POST"])
@blueprint.response(201)
def upload() -> dict[str, Any]:
    """Keep one file (`file`), meant for a field (`entity`, `field`)."""
    sent: FileStorage | None = request.files.get("file")
    if sent is None:
        raise Invalid([Problem("file_missing", "/file")])
    target = request.form.get("entity", ""), request.form.get("field", "")
    chunks = iter(lambda: sent.stream.read(65536), b"")
    try:
        return files.keep(installation(), context(), sent.filename or "file", chunks, *target)
    finally:
        sent.close()


@blueprint.route("/<file>")
def download(file: str) -> Response:
    """Return the content; only pictures and PDF open in the page, anything else is saved."""
    found = files.load(installation(), context(), file)
    response = send_file(found.content, mimetype=found.type, as_attachment=not found.shown, download_name=found.name)
    # A store that goes away in the middle leaves fewer bytes than this, and the browser tells.
    response.content_length = found.size
    response.headers["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    )
    return response
