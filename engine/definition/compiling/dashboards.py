"""Dashboards: measures on one page."""

from typing import get_args

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Part, Workbench, choice, parts, strings, text_of
from engine.definition.model import ChartKind, Dashboard, DashboardFilter, Measure, NumberFormat, Widget, WidgetKind
from engine.paths import join


def compile_dashboard(bench: Workbench, document: Document) -> Dashboard:
    """Return a dashboard; what it names wrongly is noted and left out."""
    widgets: list[Widget] = []
    dimensions: set[str] = set()
    for at, part in parts(document.body.get("widgets"), "/widgets"):
        widget, measures = _widget(bench, document, at, part)
        dimensions |= {dimension.name for measure in measures for dimension in measure.dimensions}
        if widget.name in {one.name for one in widgets}:
            bench.report(document, join(at, "name"), "duplicate_name", name=widget.name)
        widgets.append(widget)
    filters = []
    for at, part in parts(document.body.get("filters"), "/filters"):
        name = text_of(part, "dimension")
        if name not in dimensions:
            bench.unknown(document, join(at, "dimension"), "measure_lacks_dimension", name, dimensions)
        to = bench.entity(document, join(at, "to"), part.get("to"))
        title = bench.text(document, join(at, "title"), part.get("title"))
        filters.append(DashboardFilter(name, title, to.key if to else _target(bench, widgets, name)))
    title = bench.text(document, "/title", document.body.get("title"))
    return Dashboard(document.module, document.id, document.name, title, tuple(filters), tuple(widgets))


def _target(bench: Workbench, widgets: list[Widget], name: str) -> str:
    """Return the entity that a dimension's values are records of, as the measures say."""
    keys = {key for widget in widgets for key in widget.measures}
    return next((one.to for key in sorted(keys) for one in bench.measures[key].dimensions if one.name == name), "")


def _widget(bench: Workbench, document: Document, at: str, part: Part) -> tuple[Widget, list[Measure]]:
    given = [
        bench.measure(document, pointer, name) for pointer, name in strings(part.get("measures"), join(at, "measures"))
    ]
    measures = [measure for measure in given if measure is not None]
    by = []
    for pointer, name in strings(part.get("by"), join(at, "by")):
        known = [{dimension.name for dimension in measure.dimensions} for measure in measures]
        if known and not all(name in names for names in known):
            bench.unknown(document, pointer, "measure_lacks_dimension", name, set.intersection(*known))
        else:
            by.append(name)
    name = text_of(part, "name")
    levels = [(text_of(level, "from"), text_of(level, "tone")) for _, level in parts(part.get("levels"), "")]
    width, limit = part.get("width"), part.get("limit")
    widget = Widget(
        name=name,
        title=bench.text(document, join(at, "title"), part.get("title")),
        kind=choice(part.get("kind"), get_args(WidgetKind), "kpi"),
        measures=tuple(measure.key for measure in measures),
        by=tuple(by),
        chart=choice(part.get("chart"), get_args(ChartKind), "bar"),
        width=width if isinstance(width, int) else 4,
        format=choice(part.get("format"), get_args(NumberFormat), "number"),
        levels=tuple(levels),
        limit=limit if isinstance(limit, int) else 12,
        id=text_of(part, "id", name),
    )
    return widget, measures
