"""Views: how many records are shown, and the table that an entity has when nobody made one."""

from engine.definition.compiling.documents import Document
from engine.definition.compiling.paths_shown import path_shown
from engine.definition.compiling.pivots import compile_pivot
from engine.definition.compiling.workbench import Part, Workbench, strings, text_of
from engine.definition.field_types import FIELD_TYPES, is_searched
from engine.definition.model import Column, Entity, View
from engine.expressions import BOOLEAN, NUMBER
from engine.paths import join

_MOST_COLUMNS = 8


def compile_view(bench: Workbench, document: Document) -> View | None:
    """Return a view, None if its entity is unknown."""
    body = document.body
    entity = bench.entity(document, "/entity", body.get("entity"))
    if entity is None:
        return None
    return View(
        module=document.module,
        id=document.id,
        name=document.name,
        title=bench.text(document, "/title", body.get("title")),
        entity=entity.key,
        kind=text_of(body, "kind", "table"),
        columns=_columns(bench, document, entity),
        filter=bench.asked(document, "", body, "filter", bench.scopes.plain(entity), BOOLEAN),
        sort=_sort(bench, document, entity),
        search=_search(bench, document, entity),
        pivot=compile_pivot(bench, document, entity),
    )


def default_view(entity: Entity, name: str) -> View:
    """Return a table of the first fields, the newest record first."""
    fields = [field.name for field in entity.fields if FIELD_TYPES[field.type].listed]
    names = [entity.display, *(name for name in fields if name != entity.display)][:_MOST_COLUMNS]
    names += ["status"] if entity.kind == "document" else []
    search = tuple(field.name for field in entity.fields if is_searched(field) and field.is_stored)
    columns = tuple(Column(name) for name in names)
    return View(
        entity.module, name, name, entity.title, entity.key, "table", columns, sort=("-created_at",), search=search
    )


def _columns(bench: Workbench, document: Document, entity: Entity) -> tuple[Column, ...]:
    value = document.body.get("columns")
    found = []
    for index, one in enumerate(value if isinstance(value, list) else []):
        part: Part = one if isinstance(one, dict) else {"field": one}
        at = join("/columns", index)
        path = part.get("field")
        if not isinstance(path, str):
            continue
        target = path_shown(bench, document, entity, join(at, "field") if part is one else at, path)
        if target is None:
            continue
        total, width = text_of(part, "total"), part.get("width")
        if total and total != "count" and target.type != NUMBER:
            bench.report(document, join(at, "total"), "total_of_no_number", name=path, total=total)
        found.append(Column(path, width if isinstance(width, int) else None, total))
    return tuple(found)


def _sort(bench: Workbench, document: Document, entity: Entity) -> tuple[str, ...]:
    found = []
    for at, key in strings(document.body.get("sort"), "/sort"):
        target = path_shown(bench, document, entity, at, key.removeprefix("-"))
        if target and target.field and not FIELD_TYPES[target.field.type].sortable_for(target.field):
            bench.report(document, at, "not_sortable", name=key.removeprefix("-"))
        elif target:
            found.append(key)
    return tuple(found)


def _search(bench: Workbench, document: Document, entity: Entity) -> tuple[str, ...]:
    given = strings(document.body.get("search"), "/search")
    found = []
    for at, path in given:
        target = path_shown(bench, document, entity, at, path)
        if target and target.field and FIELD_TYPES[target.field.type].is_guarded(target.field):
            bench.report(document, at, "encrypted_not_asked", name=path)
        elif target:
            found.append(path)
    return tuple(found)
