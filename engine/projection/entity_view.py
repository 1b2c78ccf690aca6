"""An entity as one person sees it: fields, forms, views and what may be done, as the browser draws them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.definition import Configuration
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Access, Entity, Field, Form, FormItem, Option, Rule, View
from engine.definition.values import is_computed
from engine.expressions import Compiled, to_json
from engine.projection.hidden import is_hidden, reads_hidden
from engine.projection.rights import Rights
from engine.projection.system_fields import system_field, system_fields
from engine.projection.texts import in_language

ACTIONS = ("create", "read", "update", "delete", "submit", "withdraw", "void", "export", "import")
_KEYWORDS = {"minLength": "min_length", "maxLength": "max_length", "pattern": "pattern"}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, and in which language."""

    configuration: Configuration
    rights: Rights
    language: str

    def text(self, text: Mapping[str, str]) -> str:
        """Return a text in the viewer's language."""
        return in_language(text, self.language)


def entity_view(viewer: Viewer, entity: Entity, publication: int) -> dict[str, Any]:
    """Return the entity; hidden fields and what stands only for them are left out."""
    access = viewer.rights.field_access(entity)
    closed = viewer.rights.query_access(entity)
    flow = viewer.configuration.flow_for(entity.key)
    return {
        "key": entity.key,
        "name": entity.name,
        "title": viewer.text(entity.title),
        "kind": entity.kind,
        "display": entity.display,
        "publication": publication,
        "has_flow": flow is not None,
        "has_buttons": any(one.on.type == "button" for one in viewer.configuration.automations_for(entity.key)),
        "flow_title": viewer.text(flow.title) if flow else "",
        "actions": [action for action in ACTIONS if viewer.rights.may(action, entity.key)],
        "fields": _asked(field_views(viewer, entity.fields, access, "", entity.order), closed, ""),
        "system_fields": [system_field(entity, name, viewer.language) for name in system_fields(entity)],
        "forms": [_form(viewer, form, access) for form in viewer.configuration.forms_for(entity.key)],
        "views": [_view(viewer, entity, view, access) for view in viewer.configuration.views_for(entity.key)],
        "rules": [_rule(viewer, rule) for rule in entity.rules if not _is_about_hidden(rule, access)],
    }


def _asked(shown: list[dict[str, Any]], closed: Mapping[str, Access], prefix: str) -> list[dict[str, Any]]:
    """Return fields with nothing to ask by where they are not seen on every record."""
    for one in shown:
        path = prefix + one["name"]
        if path in closed:
            one |= {"operators": [], "sortable": False}
        if "min_rows" in one:
            _asked(one["fields"], closed, f"{path}.")
    return shown


def field_views(
    viewer: Viewer, fields: Iterable[Field], access: Mapping[str, Access], prefix: str, order: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Return fields that the viewer may see; `prefix` is the path of the sub-table, with its dot."""
    told = list(fields)
    return [
        _field(viewer, field, access, prefix, order)
        | ({"fields": _kept(viewer, field, told)} if FIELD_TYPES[field.type].freezes else {})
        for field in told
        if access.get(prefix + field.name) != "hidden"
    ]


def _field(
    viewer: Viewer, field: Field, access: Mapping[str, Access], prefix: str, order: tuple[str, ...]
) -> dict[str, Any]:
    path, kind = prefix + field.name, FIELD_TYPES[field.type]
    masked = access.get(path) == "mask"
    shown: dict[str, Any] = {
        "name": field.name,
        "id": field.id,
        "title": viewer.text(field.title),
        "type": field.type,
        "control": field.settings.get("control", kind.control),
        "format": kind.json_format or "",
        "required": field.required,
        "read_only": field.read_only or is_computed(field),
        "access": access.get(path, "write"),
        "help": viewer.text(field.help),
        "scale": field.scale,
        "to": field.to,
        "to_title": _target_title(viewer, field),
        "copy": field.copy,
        "lookup": field.lookup,
        "when_hidden": field.when_hidden,
        "operators": [] if masked else list(kind.operators_for(field)),
        "sortable": kind.sortable_for(field) and not field.lookup and not masked,
        "default": field.schema.get("default"),
        "index_in_order": order.index(path) if path in order else None,
    }
    shown |= kind.meta(field)
    within = shown.get("within")
    if within and is_hidden(within["of"].partition(".")[0], access):
        # Where a hidden place is stays with the server, which measures all the same.
        del shown["within"]
    shown |= {ours: field.schema[theirs] for theirs, ours in _KEYWORDS.items() if theirs in field.schema}
    if field.options:
        shown["options"] = [_option(viewer, one) for one in field.options]
    shown |= _trees(field, access, prefix.rstrip("."))
    if field.is_table:
        shown["fields"] = field_views(viewer, field.fields, access, f"{path}.", order)
        shown |= {"min_rows": field.min_rows, "max_rows": field.max_rows}
    return shown


def _option(viewer: Viewer, one: Option) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "value": one.value,
        "title": viewer.text(one.title),
        "color": one.color,
        "retired": one.retired,
    }
    return shown | ({"options": [_option(viewer, child) for child in one.options]} if one.options else {})


def _kept(viewer: Viewer, field: Field, beside: Iterable[Field]) -> list[dict[str, Any]]:
    """Return the fields that a copy of another record holds; the reference that it is of stands beside it."""
    source = next((one for one in beside if one.name == field.settings.get("of")), None)
    target = viewer.configuration.entities.get(source.to) if source else None
    names = field.settings.get("fields")
    found = [target.field(str(name)) for name in names] if target and isinstance(names, (list, tuple)) else []
    return [
        {"name": one.name, "title": viewer.text(one.title), "type": one.type, "scale": one.scale}
        for one in found
        if one
    ]


def _trees(field: Field, access: Mapping[str, Access], table: str) -> dict[str, Any]:
    """Return the expressions that the browser works out itself; what reads something hidden is left to the server."""
    named: dict[str, Compiled | None] = {
        "formula": field.formula,
        "default_tree": field.default,
        "visible": field.visible,
        "required_when": field.required_when,
        "read_only_when": field.read_only_when,
    }
    trees: dict[str, Any] = {
        name: to_json(compiled.tree)
        for name, compiled in named.items()
        if compiled and not reads_hidden(compiled, access, table)
    }
    return trees | ({"formula_text": field.formula.text} if field.formula and "formula" in trees else {})


def _target_title(viewer: Viewer, field: Field) -> str:
    target = viewer.configuration.entities.get(field.to)
    return viewer.text(target.title) if target else ""


def _form(viewer: Viewer, form: Form, access: Mapping[str, Access]) -> dict[str, Any]:
    items = [_item(viewer, item, access) for item in form.items if access.get(item.field) != "hidden"]
    return {"name": form.name, "title": viewer.text(form.title), "items": items}


def _item(viewer: Viewer, item: FormItem, access: Mapping[str, Access]) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": item.kind, "name": item.name, "title": viewer.text(item.title), "span": item.span}
    if item.field:
        columns = [name for name in item.columns if access.get(f"{item.field}.{name}") != "hidden"]
        shown |= {"field": item.field, "columns": columns}
    if item.visible and not reads_hidden(item.visible, access):
        shown["visible"] = to_json(item.visible.tree)
    shown |= {"tone": item.tone} if item.tone else {}
    shown["items"] = [_item(viewer, child, access) for child in item.items if access.get(child.field) != "hidden"]
    return shown


def _view(viewer: Viewer, entity: Entity, view: View, access: Mapping[str, Access]) -> dict[str, Any]:
    closed = viewer.rights.query_access(entity)
    columns = [column for column in view.columns if access.get(column.field.partition(".")[0]) != "hidden"]
    return {
        "name": view.name,
        "title": viewer.text(view.title),
        "columns": [
            column_view(viewer, entity, column.field) | {"width": column.width, "total": column.total}
            for column in columns
        ],
        "sort": [key for key in view.sort if key.removeprefix("-") not in closed],
        "search": [path for path in view.search if path not in closed],
        "filter_text": view.filter.text if view.filter and not reads_hidden(view.filter, access) else "",
    } | ({"kind": view.kind} if view.pivot else {})


def column_view(viewer: Viewer, entity: Entity, path: str) -> dict[str, Any]:
    """Return title, type and scale of what a path shows; a path may go through references.

    What names the thing at the end (its display field) needs no title of its own: the reference has one already.
    """
    first, _, rest = path.partition(".")
    field = entity.field(first)
    if field is None:
        shown = system_field(entity, first, viewer.language)
        return {"field": path, "title": shown["title"], "type": shown["type"], "scale": None}
    target = viewer.configuration.entities.get(field.to)
    if rest and target:
        reached, own = column_view(viewer, target, rest), viewer.text(field.title)
        title = own if rest == target.display else f"{own} / {reached['title']}"
        return reached | {"field": path, "title": title}
    return {"field": path, "title": viewer.text(field.title), "type": field.type, "scale": field.scale}


def _is_about_hidden(rule: Rule, access: Mapping[str, Access]) -> bool:
    """Say whether a rule is about something that the viewer may not see; the server asks it all the same."""
    asked = (rule.check, rule.when, *rule.holes.values())
    return is_hidden(rule.target, access) or any(reads_hidden(one, access, rule.each) for one in asked)


def _rule(viewer: Viewer, rule: Rule) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "name": rule.name,
        "severity": rule.severity,
        "on": list(rule.on),
        "target": rule.target,
        "each": rule.each,
    }
    shown |= {"check": to_json(rule.check.tree), "message_text": viewer.text(rule.message)}
    return shown | ({"when": to_json(rule.when.tree)} if rule.when else {})
