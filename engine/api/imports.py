"""Records from files: a file is looked at, checked and imported; the last two in the background."""

from typing import Any

from flask import Response, request, send_file
from flask_smorest import Blueprint
from werkzeug.datastructures import FileStorage

from engine.api.import_envelopes import ImportPreviewSchema, ImportSchema
from engine.api.requests import context, installation, job_kinds
from engine.errors import Invalid
from engine.problems import Problem
from engine.services.imports import entity_from_file, starting, uploads

blueprint = Blueprint("imports", __name__, url_prefix="/api/v1/imports", description="Records from files")


@blueprint.route("/<entity>/files", methods=["POST"])
@blueprint.response(201)
def upload(entity: str) -> dict[str, Any]:
    """Keep a file (`file`: xlsx or CSV) and return its sheets, titles and what its columns seem to be for."""
    sent: FileStorage | None = request.files.get("file")
    if sent is None:
        raise Invalid([Problem("file_missing", "/file")])
    chunks = iter(lambda: sent.stream.read(65536), b"")
    try:
        return uploads.keep(installation(), context(), entity, sent.filename or "file", chunks)
    finally:
        sent.close()


@blueprint.route("/<entity>/preview", methods=["POST"])
@blueprint.arguments(ImportPreviewSchema)
def preview(body: dict[str, Any], entity: str) -> dict[str, Any]:
    """Return what a file offers when its titles stand elsewhere."""
    return uploads.preview(installation(), context(), entity, body["file"], body["sheets"])


@blueprint.route("/<entity>/checks", methods=["POST"])
@blueprint.arguments(ImportSchema)
@blueprint.response(202)
def check(body: dict[str, Any], entity: str) -> dict[str, Any]:
    """Find out what would become of the file, without writing anything; answers the job."""
    return starting.start(installation(), context(), job_kinds(), entity, body, commits=False)


@blueprint.route("/<entity>/runs", methods=["POST"])
@blueprint.arguments(ImportSchema)
@blueprint.response(202)
def run(body: dict[str, Any], entity: str) -> dict[str, Any]:
    """Import the file; answers the job. Its rows are at `/jobs/{job}/rows`."""
    return starting.start(installation(), context(), job_kinds(), entity, body, commits=True)


@blueprint.route("/<entity>/jobs/<job>")
def resume(entity: str, job: str) -> dict[str, Any]:
    """Return a check or an import with its file and choices."""
    return starting.resume(installation(), context(), job_kinds(), entity, job)


@blueprint.route("/<entity>/jobs/<job>/errors")
def errors(entity: str, job: str) -> Response:
    """Return the rows that were refused, with their reasons, as a workbook."""
    content, name = starting.error_workbook(installation(), context(), entity, job)
    return send_file(content, mimetype=uploads.MEDIA, as_attachment=True, download_name=name)


@blueprint.route("/entities", methods=["POST"])
@blueprint.response(201)
def entity_of_file() -> dict[str, Any]:
    """Return the entity, form and table that a file (`file`) proposes for a `module`; with `keep` they go into the draft."""
    sent: FileStorage | None = request.files.get("file")
    if sent is None:
        raise Invalid([Problem("file_missing", "/file")])
    chunks = iter(lambda: sent.stream.read(65536), b"")
    told = {name: request.form.get(name, "")[:200] for name in ("name", "title")}
    keep = request.form.get("keep") == "true"
    module = request.form.get("module", "")
    try:
        return entity_from_file.draft(
            installation(), context(), module, sent.filename or "file", chunks, keep=keep, **told
        )
    finally:
        sent.close()
