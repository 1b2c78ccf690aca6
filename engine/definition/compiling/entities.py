"""Entities: first their fields, so that others can refer to them; then everything that is written about them."""

from dataclasses import replace
from typing import get_args

from engine.definition.compiling.calendars import read_calendar
from engine.definition.compiling.charters import compile_charter
from engine.definition.compiling.closings import compile_closing
from engine.definition.compiling.documents import Document
from engine.definition.compiling.field_formulas import compile_fields
from engine.definition.compiling.fields import read_fields
from engine.definition.compiling.order import order
from engine.definition.compiling.postings import compile_postings
from engine.definition.compiling.rules import compile_rules
from engine.definition.compiling.workbench import Part, Workbench, choice, object_of, parts, strings, text_of
from engine.definition.field_paths import resolve
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Acyclic, Entity, EntityKind, Field, NoOverlap, Team, Unique
from engine.definition.rows import above, every_field, innermost
from engine.expressions import UNKNOWN
from engine.paths import join


def declare_entity(bench: Workbench, document: Document) -> Entity:
    """Return the entity with its fields and without formulas, and make it known."""
    body = document.body
    fields = read_fields(bench, document, object_of(body, "schema"), "/schema")
    entity = Entity(
        module=document.module,
        id=document.id,
        name=document.name,
        title=bench.text(document, "/title", body.get("title")),
        kind=choice(body.get("kind"), get_args(EntityKind), "master"),
        display=text_of(body, "display"),
        fields=fields,
        calendar=read_calendar(bench, document, fields),
        description=bench.text(document, "/description", body.get("description")),
        parent=text_of(body, "parent"),
        leaf_only=body.get("leaf_only") is True,
    )
    entity = replace(entity, closing=compile_closing(bench, document, entity))
    bench.entities[entity.key] = entity
    bench.teams |= {entity.key} if object_of(body, "team") else set()
    return entity


def settle_references(bench: Workbench) -> None:
    """Make references to entities that do not exist fit everywhere, so that one wrong name is one finding."""
    for key, entity in list(bench.entities.items()):
        bench.entities[key] = replace(entity, fields=tuple(_settled(bench, field) for field in entity.fields))


def _settled(bench: Workbench, field: Field) -> Field:
    inner = tuple(_settled(bench, child) for child in field.fields)
    lost = (
        FIELD_TYPES[field.type].points_by_to and not field.to.startswith("system.") and field.to not in bench.entities
    )
    return replace(field, fields=inner, expression_type=UNKNOWN if lost else field.expression_type)


def compile_entity(bench: Workbench, document: Document) -> Entity:
    """Return the whole entity; all entities and measures are known by now."""
    body, declared = document.body, bench.entities[document.key]
    unique = _unique(bench, document, declared)
    alone = {one.fields[0] for one in unique if len(one.fields) == 1 and not one.each}
    fields = compile_fields(bench, document, declared)
    entity = replace(
        declared,
        fields=tuple(replace(field, unique=field.name in alone) for field in fields),
        rules=compile_rules(bench, document, declared),
        unique=unique,
        no_overlap=_no_overlap(bench, document, declared),
        acyclic=_acyclic(bench, document, declared),
        postings=compile_postings(bench, document, declared),
        indexes=tuple(
            _paths(bench, document, declared, one, join("/indexes", i)) for i, one in _lists(body, "indexes")
        ),
        team=_team(bench, document, declared),
        charter=compile_charter(bench, document, declared),
    )
    _check_display(bench, document, entity)
    _check_parent(bench, document, entity)
    computed, circles = order(entity)
    for circle in circles:
        at = "/schema/properties/" + circle[0].replace(".", "/items/properties/")
        bench.report(document, join(at, "x-field", "formula"), "formula_cycle", path=" -> ".join(circle))
    return replace(entity, order=computed)


def _lists(body: Part, key: str) -> list[tuple[int, object]]:
    value = body.get(key)
    return [(i, one) for i, one in enumerate(value) if one is not None] if isinstance(value, list) else []


def _paths(bench: Workbench, document: Document, entity: Entity, value: object, at: str) -> tuple[str, ...]:
    """Return the paths of stored fields of the record or one of its tables, noting those that lead nowhere."""
    found = []
    for pointer, path in strings(value, at):
        target = resolve(bench.entities, entity, path)
        if target is None or target.hops:
            bench.unknown(document, pointer, "unknown_field", path, field_names(entity))
        else:
            found.append(path)
    return tuple(found)


def _each(bench: Workbench, document: Document, entity: Entity, paths: tuple[str, ...], at: str) -> str:
    """Return the sub-table whose rows the paths are about, noting if they are in two that lie side by side."""
    tables = sorted({above(path) for path in paths if "." in path})
    found = innermost(tables)
    if found is None:
        bench.report(document, at, "two_tables", tables=tables)
    return tables[0] if found is None else found


def _unique(bench: Workbench, document: Document, entity: Entity) -> tuple[Unique, ...]:
    found = []
    for index, one in _lists(document.body, "unique"):
        at = join("/unique", index)
        part: Part = one if isinstance(one, dict) else {"fields": one}
        paths = _paths(bench, document, entity, part.get("fields"), at if part is not one else join(at, "fields"))
        name = text_of(part, "name", "_".join(paths).replace(".", "_"))
        message = bench.text(document, join(at, "message"), part.get("message"))
        found.append(Unique(name, paths, message, _each(bench, document, entity, paths, at)))
    return tuple(found)


def _no_overlap(bench: Workbench, document: Document, entity: Entity) -> tuple[NoOverlap, ...]:
    found = []
    for at, part in parts(document.body.get("no_overlap"), "/no_overlap"):
        key = _paths(bench, document, entity, part.get("key"), join(at, "key"))
        ends = {name: _paths(bench, document, entity, [part.get(name)], join(at, name)) for name in ("from", "to")}
        start, end = ("".join(ends["from"]), "".join(ends["to"]))
        message = bench.text(document, join(at, "message"), part.get("message"))
        each = _each(bench, document, entity, (*key, start, end), at)
        found.append(NoOverlap(text_of(part, "name"), key, start, end, message, each))
        targets = [resolve(bench.entities, entity, path) for path in (start, end)]
        if len({target.type for target in targets if target}) > 1:
            bench.report(document, at, "interval_types", start=start, end=end)
    return tuple(found)


def _acyclic(bench: Workbench, document: Document, entity: Entity) -> tuple[Acyclic, ...]:
    found = []
    for at, part in parts(document.body.get("acyclic"), "/acyclic"):
        start, end = text_of(part, "from"), text_of(part, "to")
        targets = {
            key: _linked(bench, document, entity, path, join(at, key)) for key, path in (("from", start), ("to", end))
        }
        if None in targets.values():
            continue
        if len(set(targets.values())) > 1 or start == end:
            bench.report(document, at, "acyclic_ends", start=start, end=end)
            continue
        of, apart = targets["from"] or "", part.get("apart") is True
        if apart and not ((target := bench.entities.get(of)) and target.parent):
            bench.report(document, join(at, "apart"), "acyclic_without_tree", entity=of)
        each = _each(bench, document, entity, (start, end), at)
        message = bench.text(document, join(at, "message"), part.get("message"))
        found.append(Acyclic(text_of(part, "name"), start, end, of, apart, message, each))
    return tuple(found)


def _linked(bench: Workbench, document: Document, entity: Entity, path: str, at: str) -> str | None:
    """Return the entity that one end of a link is of, noting what is no reference; "id" is the record itself."""
    if path == "id":
        return entity.key
    target = resolve(bench.entities, entity, path)
    if target is None or target.hops or target.field is None:
        bench.unknown(document, at, "unknown_field", path, field_names(entity))
        return None
    if target.field.type != "reference":
        bench.report(document, at, "acyclic_no_reference", path=path)
        return None
    return target.field.to


def _team(bench: Workbench, document: Document, entity: Entity) -> Team | None:
    part = object_of(document.body, "team")
    if not part:
        return None
    team = Team(text_of(part, "table"), text_of(part, "user"), text_of(part, "role"))
    table = entity.field(team.table)
    if table is None or not table.is_table:
        bench.unknown(document, "/team/table", "unknown_table", team.table, [one.name for one in entity.tables])
        return team
    for key, name, kinds in (("user", team.user, {"user"}), ("role", team.role, {"text", "select"})):
        field = table.field(name)
        if field is None or field.type not in kinds:
            bench.unknown(document, join("/team", key), "unknown_field", name, [one.name for one in table.fields])
        elif key == "role":
            for option in field.options:
                bench.role(document, "/team/role", option.value, project=True)
    return team


def _check_display(bench: Workbench, document: Document, entity: Entity) -> None:
    field = entity.field(entity.display)
    if field is None:
        bench.unknown(document, "/display", "display_missing", entity.display, field_names(entity))
    elif not FIELD_TYPES[field.type].names_record or FIELD_TYPES[field.type].is_guarded(field):
        bench.report(document, "/display", "display_not_showable", name=entity.display)


def _check_parent(bench: Workbench, document: Document, entity: Entity) -> None:
    field = entity.field(entity.parent)
    if entity.parent and (field is None or field.type != "tree_parent"):
        trees = [one.name for one in entity.fields if one.type == "tree_parent"]
        bench.unknown(document, "/parent", "parent_not_a_tree", entity.parent, trees)
    if entity.leaf_only and not entity.parent:
        bench.report(document, "/leaf_only", "leaf_only_without_parent")


def field_names(entity: Entity) -> list[str]:
    """Return the names that may have been meant: fields, and fields of rows with the path of their table."""
    return sorted((path for path, _ in every_field(entity.fields)), key=lambda path: path.count("."))
