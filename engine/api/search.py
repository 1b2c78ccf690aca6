"""The search over all records."""

from typing import Any

from flask_smorest import Blueprint

from engine.api.requests import context, installation
from engine.api.search_envelopes import FoundSchema, SearchedSchema
from engine.services import searching

blueprint = Blueprint("search", __name__, url_prefix="/api/v1", description="The search over all records")


@blueprint.route("/search")
@blueprint.arguments(SearchedSchema, location="query")
@blueprint.response(200, FoundSchema)
def search(query: dict[str, Any]) -> dict[str, Any]:
    """Find records that have every word of `q` in fields that the actor reads, among those that the actor may list.

    Those that are called so come first, then the others, the newest first. `next_cursor` leads to the next page; nothing is counted.
    """
    return searching.search(installation(), context(), query)
