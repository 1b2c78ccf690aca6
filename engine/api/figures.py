"""Measures and dashboards: every figure, and the documents behind it."""

from typing import Any

from flask_smorest import Blueprint

from engine.api.envelopes import MeasureSchema
from engine.api.requests import context, installation, json_argument
from engine.services import dashboards, figures

blueprint = Blueprint("figures", __name__, url_prefix="/api/v1", description="Measures and dashboards")


@blueprint.route("/measures/<measure>")
@blueprint.arguments(MeasureSchema, location="query")
def rows(query: dict[str, Any], measure: str) -> dict[str, Any]:
    """Return a measure along dimensions."""
    return figures.rows(installation(), context(), measure, query, json_argument("where"))


@blueprint.route("/measures/<measure>/documents")
@blueprint.arguments(MeasureSchema, location="query")
def documents(query: dict[str, Any], measure: str) -> dict[str, Any]:
    """Return the documents that a figure is the sum of."""
    return figures.documents(installation(), context(), measure, query, json_argument("where"))


@blueprint.route("/dashboards/<dashboard>")
def dashboard(dashboard: str) -> dict[str, Any]:
    """Return what a dashboard shows."""
    return dashboards.dashboard(installation(), context(), dashboard)
