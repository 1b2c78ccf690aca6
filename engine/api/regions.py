"""The regions of the country: the same for everybody, and kept by the browser."""

import hashlib
from typing import Any

from flask import Response, current_app, jsonify, request
from flask_smorest import Blueprint

from engine.api.envelopes import RegionsSchema
from engine.api.requests import context
from engine.services import regions

blueprint = Blueprint("regions", __name__, url_prefix="/api/v1", description="Regions (GB/T 2260)")
_WEEK = 7 * 24 * 3600


@blueprint.route("/regions")
@blueprint.arguments(RegionsSchema, location="query")
def every(given: dict[str, Any]) -> Response:
    """Return names by code: all of them, or with `under` one level: below a region, or with "0" the provinces."""
    context()
    response: Response = jsonify({"regions": regions.named(given["under"])})
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:16])
    response.cache_control.private = True
    response.cache_control.max_age = _WEEK
    return current_app.make_response(response.make_conditional(request))
