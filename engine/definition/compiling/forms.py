"""Forms: how one record is drawn, and the form that an entity has when nobody drew one."""

from typing import Literal

from engine.definition.compiling.documents import Document
from engine.definition.compiling.entities import field_names
from engine.definition.compiling.public_forms import compile_public
from engine.definition.compiling.workbench import Part, Workbench, choice, strings, text_of
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Form, FormItem
from engine.expressions import BOOLEAN, Compiled
from engine.paths import join

_WORDS: tuple[Literal["note", "heading", "divider"], ...] = ("note", "heading", "divider")


def compile_form(bench: Workbench, document: Document) -> Form | None:
    """Return a form, None if its entity is unknown."""
    entity = bench.entity(document, "/entity", document.body.get("entity"))
    if entity is None:
        return None
    seen: set[str] = set()
    items = _items(bench, document, entity, document.body.get("items"), "/items", seen)
    title = bench.text(document, "/title", document.body.get("title"))
    public = compile_public(bench, document, entity)
    return Form(document.module, document.id, document.name, title, entity.key, items, public)


def default_form(entity: Entity, name: str) -> Form:
    """Return a form of all fields in their order: one section for the record, one for each sub-table."""
    shown = [field for field in entity.fields if field.schema.get("deprecated") is not True]
    plain = tuple(_shown(field.name, field.type) for field in shown if not field.is_table)
    sections = [FormItem("section", name="record", title=entity.title, items=plain)] if plain else []
    for table in (field for field in shown if field.is_table):
        columns = tuple(child.name for child in table.fields if child.schema.get("deprecated") is not True)
        item = FormItem("field", field=table.name, span=12, columns=columns)
        sections.append(FormItem("section", name=table.name, title=table.title, items=(item,)))
    return Form(entity.module, name, name, entity.title, entity.key, tuple(sections))


def _shown(name: str, kind: str) -> FormItem:
    return FormItem("field", field=name, span=12 if FIELD_TYPES[kind].wide else 4)


def _items(
    bench: Workbench, document: Document, entity: Entity, value: object, at: str, seen: set[str]
) -> tuple[FormItem, ...]:
    found = []
    for index, part in enumerate(value if isinstance(value, list) else []):
        place = join(at, index)
        if isinstance(part, str):
            found.append(_field(bench, document, entity, {"field": part}, place, place, seen))
        elif isinstance(part, dict) and "section" in part:
            found.append(_box(bench, document, entity, part, place, "section", seen))
        elif isinstance(part, dict) and "tabs" in part:
            tabs = part["tabs"] if isinstance(part["tabs"], list) else []
            made = [
                _box(bench, document, entity, tab, join(place, "tabs", i), "tab", seen)
                for i, tab in enumerate(tabs)
                if isinstance(tab, dict)
            ]
            found.append(FormItem("tabs", name=text_of(part, "name", f"tabs_{index}"), items=tuple(made)))
        elif isinstance(part, dict) and (kind := next((one for one in _WORDS if one in part), "")):
            found.append(_words(bench, document, entity, part, place, kind, index))
        elif isinstance(part, dict):
            found.append(_field(bench, document, entity, part, place, join(place, "field"), seen))
    return tuple(item for item in found if item is not None)


def _box(
    bench: Workbench, document: Document, entity: Entity, part: Part, at: str, kind: str, seen: set[str]
) -> FormItem:
    key = "section" if kind == "section" else "title"
    return FormItem(
        "section" if kind == "section" else "tab",
        name=text_of(part, "name", at.rpartition("/")[2]),
        title=bench.text(document, join(at, key), part.get(key)),
        items=_items(bench, document, entity, part.get("items"), join(at, "items"), seen),
        visible=_visible(bench, document, entity, part, at),
    )


def _words(
    bench: Workbench, document: Document, entity: Entity, part: Part, at: str, kind: str, index: int
) -> FormItem:
    """Return what stands between fields: a note, a heading, a line."""
    title = bench.text(document, join(at, kind), part.get(kind)) if kind != "divider" else {}
    visible = _visible(bench, document, entity, part, at)
    tone = text_of(part, "tone", "info") if kind == "note" else ""
    named = choice(kind, _WORDS, "divider")
    return FormItem(named, name=f"{kind}_{index}", title=title, span=12, visible=visible, tone=tone)


def _visible(bench: Workbench, document: Document, entity: Entity, part: Part, at: str) -> Compiled | None:
    return bench.formula(document, at, part, "visible", bench.full_scopes.record(entity, document.module), BOOLEAN)


def _field(
    bench: Workbench, document: Document, entity: Entity, part: Part, at: str, named_at: str, seen: set[str]
) -> FormItem | None:
    name = text_of(part, "field")
    field = entity.field(name)
    if field is None:
        bench.unknown(document, named_at, "unknown_field", name, field_names(entity))
        return None
    if name in seen:
        bench.report(document, named_at, "field_shown_twice", name=name)
    seen.add(name)
    columns = []
    for pointer, column in strings(part.get("columns"), join(at, "columns")):
        if field.field(column) is None:
            bench.unknown(document, pointer, "unknown_field", column, [child.name for child in field.fields])
        else:
            columns.append(column)
    shown = tuple(columns) or tuple(child.name for child in field.fields)
    span = part.get("span")
    usual = 12 if FIELD_TYPES[field.type].wide else 4
    visible = _visible(bench, document, entity, part, at)
    return FormItem("field", field=name, span=span if isinstance(span, int) else usual, columns=shown, visible=visible)
