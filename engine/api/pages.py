"""The front end: built files, and one page for every address that is not the API's."""

from importlib import resources
from pathlib import Path

from flask import Blueprint, Response, send_from_directory
from werkzeug.exceptions import NotFound

blueprint = Blueprint("pages", __name__)
_YEAR = 365 * 24 * 3600


def _built() -> Path:
    return Path(str(resources.files("engine"))) / "static"


@blueprint.get("/assets/<path:path>")
def asset(path: str) -> Response:
    """Return a built file; its name holds a digest of it, so it may be kept for ever."""
    response = send_from_directory(_built() / "assets", path, max_age=_YEAR)
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response


@blueprint.get("/")
@blueprint.get("/<path:path>")
def page(path: str = "") -> Response:
    """Return the page, whatever the address: the front end reads it."""
    if path.startswith(("api/", "assets/")):
        raise NotFound
    response = send_from_directory(_built(), "index.html", max_age=0)
    response.cache_control.no_cache = True
    return response
