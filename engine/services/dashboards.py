"""Dashboards: what they show, as far as the actor may see the measures of it."""

from typing import Any

from engine.definition.model import Dashboard, Widget
from engine.errors import Forbidden, NotFound
from engine.projection.menu import may_read_measure
from engine.projection.texts import in_language
from engine.services.catalogue import viewer
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.work import Work, reading


def dashboard(installation: Installation, ctx: Context, key: str) -> dict[str, Any]:
    """Return a dashboard's widgets as far as the actor may see their measures. Raises NotFound, Forbidden."""
    with reading(installation, ctx) as work:
        found = work.configuration.dashboards.get(key)
        if found is None:
            raise NotFound("dashboard", key)
        shown = [
            _widget(work, one)
            for one in found.widgets
            if all(may_read_measure(viewer(work), name) for name in one.measures)
        ]
        if not shown:
            raise Forbidden("read", key, "no_grant", found.title)
        return {
            "key": key,
            "title": in_language(found.title, ctx.language),
            "filters": _filters(work, found),
            "widgets": shown,
        }


def _widget(work: Work, widget: Widget) -> dict[str, Any]:
    names = ("name", "kind", "chart", "width", "format", "limit")
    shown = {name: getattr(widget, name) for name in names} | {"title": in_language(widget.title, work.ctx.language)}
    levels = [{"from": bound, "tone": tone} for bound, tone in widget.levels]
    measures = [
        {
            "key": key,
            "title": in_language(work.configuration.measures[key].title, work.ctx.language),
            "unit": in_language(work.configuration.measures[key].unit, work.ctx.language),
        }
        for key in widget.measures
    ]
    return shown | {
        "measures": list(widget.measures),
        "measure_titles": measures,
        "by": list(widget.by),
        "levels": levels,
    }


def _filters(work: Work, found: Dashboard) -> list[dict[str, Any]]:
    return [
        {"dimension": one.dimension, "title": in_language(one.title, work.ctx.language), "to": one.to}
        for one in found.filters
    ]
