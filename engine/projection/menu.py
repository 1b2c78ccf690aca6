"""The menu: what a person may open."""

from typing import Any

from engine.definition.model import Entity, Measure, MenuItem, Module
from engine.definition.rows import source_parts
from engine.expressions import Compiled
from engine.projection.entity_view import Viewer
from engine.projection.hidden import reads_hidden

ADMIN_PAGES = frozenset({"accounts"})
CLOSING = ("close_period", "reopen_period")


def menu(viewer: Viewer) -> list[dict[str, Any]]:
    """Return modules with their entries; a module without any is left out."""
    shown = ((module, _items(viewer, module)) for module in viewer.configuration.modules.values())
    return [
        {"name": module.name, "title": viewer.text(module.title), "icon": module.icon, "items": items}
        for module, items in shown
        if items
    ]


def _items(viewer: Viewer, module: Module) -> list[dict[str, Any]]:
    found = (_item(viewer, item) for item in module.menu)
    return [item for item in found if item]


def _item(viewer: Viewer, item: MenuItem) -> dict[str, Any] | None:
    shown: dict[str, Any] = {"kind": item.kind, "target": item.target, "title": viewer.text(item.title)}
    if item.kind == "view":
        view = viewer.configuration.views[item.target]
        if not viewer.rights.may("read", view.entity):
            return None
        entity = viewer.configuration.entities[view.entity]
        return shown | {
            "title": shown["title"] or viewer.text(view.title),
            "entity": view.entity,
            "entity_title": viewer.text(entity.title),
        }
    if item.kind == "dashboard":
        dashboard = viewer.configuration.dashboards[item.target]
        keys = {key for widget in dashboard.widgets for key in widget.measures}
        if not any(may_read_measure(viewer, key) for key in keys):
            return None
        return shown | {"title": shown["title"] or viewer.text(dashboard.title)}
    return shown if _may_open(viewer, item.target) else None


def _may_open(viewer: Viewer, page: str) -> bool:
    if page == "closings":
        closable = [one.key for one in viewer.configuration.entities.values() if one.closing]
        return any(viewer.rights.may(action, key) for key in closable for action in CLOSING)
    return viewer.rights.is_admin or page not in ADMIN_PAGES


def may_read_measure(viewer: Viewer, key: str) -> bool:
    """Say whether a person may see a measure: the one who may read all that it is made of, and from whom nothing of it is hidden."""
    may_read = all(viewer.rights.by_role.may("read", entity) for entity in viewer.configuration.sources_of(key))
    return may_read and not _counts_hidden(viewer, viewer.configuration.measures[key])


def _counts_hidden(viewer: Viewer, measure: Measure) -> bool:
    """Say whether a measure, or a part of a derived one, reads a field that the viewer may not see."""
    if measure.formula is not None:
        parts = (viewer.configuration.measure(name, measure.module) for name in measure.formula.measures)
        return any(_counts_hidden(viewer, part) for part in parts)
    source, table = source_parts(measure.source)
    entity = viewer.configuration.entities[source]
    asked = (measure.value, measure.where, *(dimension.value for dimension in measure.dimensions))
    return any(_reads_closed(viewer, entity, one, table) for one in asked)


def _reads_closed(viewer: Viewer, entity: Entity, compiled: Compiled | None, table: str) -> bool:
    """Say whether an expression reads what is closed to the viewer, on the records counted or on what they point at."""
    if reads_hidden(compiled, viewer.rights.by_role.query_access(entity), table):
        return True
    return compiled is not None and any(
        _leads_to_closed(viewer, entity, table, read.split(".")) for read in compiled.reads
    )


def _leads_to_closed(viewer: Viewer, entity: Entity, table: str, names: list[str]) -> bool:
    fields = entity.fields
    around = entity.at(table) if table else None
    if around is not None and any(one.name == names[0] for one in around.fields):
        fields = around.fields
    for place, name in enumerate(names):
        field = next((one for one in fields if one.name == name), None)
        if field is None:
            return False
        if field.is_table:
            fields = field.fields
            continue
        target = viewer.configuration.entities.get(field.to)
        rest = names[place + 1 :]
        if target is None or not rest:
            return False
        if rest[0] in viewer.rights.by_role.query_access(target):
            return True
        fields = target.fields
    return False
