"""Lists of records: what a table, a picker or a chart asks for, within what the actor may see."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine.definition.field_types import FIELD_TYPES, is_searched
from engine.definition.field_types.aspects import NUMBERS
from engine.definition.model import Entity, Field, View
from engine.errors import Invalid, NotFound
from engine.problems import Problem
from engine.services.context import Context
from engine.services.evaluation import asking
from engine.services.expanding import asked_paths, expanded
from engine.services.filters import condition_of
from engine.services.installation import Installation
from engine.services.reach import need, need_open, reach
from engine.services.references import USER, References, ids_in, is_pointing, target
from engine.services.search_reach import open_paths, searches, terms_in
from engine.services.showing import as_open, shown_at, total
from engine.services.work import Work, reading
from engine.storage.conditions import paths_of
from engine.storage.queries import Queries, Query
from engine.storage.spreads import spread_of

_FUNCTIONS = (NUMBERS - {"percentile"}) | {"distinct"}
"""The functions of totals and groups; each field type says which of them it knows."""
_SYSTEM_PEOPLE = frozenset({"owner", "created_by", "updated_by"})


def page(installation: Installation, ctx: Context, key: str, given: Mapping[str, Any], where: object) -> dict[str, Any]:
    """Return one page of records with the values of the paths asked for (the view's columns when none are named)."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        wanted = _expandable(work, entity, given["expand"])
        query, paths = asked(work, entity, given, where)
        query = replace(
            query,
            fields=tuple(dict.fromkeys((*paths, *wanted))),
            limit=given["limit"],
            after=given["cursor"] or None,
        )
        found = Queries(work.tx, work.tables).page(entity.key, query)
        found = replace(found, items=as_open(work, entity, found.items))
        shown = [shown_at(work, entity, path) for path in query.fields]
        labelled = labels_at(work, entity, paths, [item.values for item in found.items])
        items = [
            {
                "id": item.id,
                "version": item.version,
                "status": item.status,
                "values": {path: form(value) for form, (path, value) in zip(shown, item.values.items(), strict=True)},
                "labels": labels,
            }
            for item, labels in zip(found.items, labelled, strict=True)
        ]
        answer = {"items": items, "next_cursor": found.next_cursor, "has_more": found.next_cursor is not None}
        behind = expanded(work, entity, wanted, [item.values for item in found.items])
        return answer | ({"expanded": behind} if wanted else {})


def asked(
    work: Work, entity: Entity, given: Mapping[str, Any], where: object, by: Iterable[str] = ()
) -> tuple[Query, tuple[str, ...]]:
    """Return which records a list asks for, in its order, and the paths of its columns; all within the actor's rights.

    `by` names further paths that must be open on every record. Raises Invalid with every mistake, Forbidden, NotFound.
    """
    view = view_of(work, entity, given["view"])
    paths = _paths(work, entity, given["fields_"], view)
    work.require("read", entity)
    sort = _sort(work, entity, given["sort"], view)
    query = query_of(work, entity, given, where, view, (*by, *(key.removeprefix("-") for key in sort)))
    return replace(query, fields=paths, sort=sort), paths


def matching(work: Work, entity: Entity, given: Mapping[str, Any], where: object, limit: int) -> tuple[str, ...]:
    """Return the ids of the records, at most `limit`, that a list with this view, search and filter would show."""
    query = query_of(work, entity, given, where, view_of(work, entity, given["view"]))
    return Queries(work.tx, work.tables).ids(entity.key, replace(query, limit=limit))


def _expandable(work: Work, entity: Entity, asked: str) -> tuple[str, ...]:
    """Return what a list can expand: what the records themselves point at, for a list has no rows of sub-tables."""
    paths = asked_paths(work, entity, asked)
    if below := [path for path in paths if "." in path]:
        raise Invalid([Problem("unknown_path", params={"path": path}) for path in below])
    return paths


def totals(
    installation: Installation, ctx: Context, key: str, given: Mapping[str, Any], where: object
) -> dict[str, Any]:
    """Return totals over everything that a list would show; `columns` is `path:function,...`, else those of the view."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        view = view_of(work, entity, given["view"])
        wanted = _totals(given["columns"]) or [
            (column.field, column.total)
            for column in (view.columns if view else ())
            if column.total and _is_seen(work, entity, column.field)
        ]
        for path, function in wanted:
            check_function(work, entity, function, path, "/columns")
        asked = [(function, path) for path, function in wanted]
        found = (
            Queries(work.tx, work.tables).totals(
                entity.key, query_of(work, entity, given, where, view, (path for _, path in asked if path)), asked
            )
            if asked
            else ()
        )
        return {
            "totals": {
                path: total(work, entity, path, function, value)
                for (path, function), value in zip(wanted, found, strict=True)
            }
        }


def aggregate(installation: Installation, ctx: Context, key: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return groups of records with their sums, counts, extremes or averages."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        functions = [(str(one.get("fn", "")), str(one.get("field", ""))) for one in given["values"]]
        for function, path in functions:
            check_function(work, entity, function, path, "/values")
        for path in given["group"]:
            need_orderable(work, entity, path)
        asked = functions
        by = (*given["group"], *(path for _, path in functions if path))
        query = query_of(work, entity, {"q": "", "view": ""}, given["filter"], None, by)
        found = Queries(work.tx, work.tables).aggregate(entity.key, given["group"], asked, query)
        names = [f"{function}:{path}" if path else function for function, path in functions]
        shown = {path: shown_at(work, entity, path) for path in given["group"]}
        return {
            "rows": [
                {
                    "keys": {path: shown[path](value) for path, value in zip(given["group"], group, strict=True)},
                    "values": {
                        name: total(work, entity, path, function, value)
                        for name, (function, path), value in zip(names, functions, values, strict=True)
                    },
                }
                for group, values in found[: given["limit"]]
            ]
        }


def query_of(
    work: Work, entity: Entity, given: Mapping[str, Any], where: object, view: View | None, by: Iterable[str] = ()
) -> Query:
    """Return which records are asked for, within the actor's rights; `by` names paths that must be open on every record."""
    work.require("read", entity)
    condition = condition_of(work, entity, where)
    searched = _searched(work, entity, view) if given["q"] else ()
    found = terms_in(work, entity, given["q"]) if given["q"].strip() and searches(work, entity) else None
    if found:
        # The index has all text of the record itself; paths lead to others.
        searched = tuple(path for path in searched if "." in path)
    looked = open_paths(work, entity) if found else ()
    asked = (*by, *paths_of(condition), *searched, *looked)
    return Query(
        where=condition,
        expressions=(view.filter,) if view and view.filter else (),
        scopes=work.scopes("read", entity, asked),
        search="" if found else given["q"],
        search_in=searched,
        found=found,
        environment=asking(work),
    )


def view_of(work: Work, entity: Entity, name: str) -> View | None:
    """Return a view of an entity by its name, None for no name. Raises NotFound."""
    if not name:
        return None
    found = work.configuration.views.get(name if "." in name else f"{entity.module}.{name}")
    if found is None or found.entity != entity.key:
        raise NotFound("view", name)
    return found


def _searched(work: Work, entity: Entity, view: View | None) -> tuple[str, ...]:
    named = (
        view.search
        if view and view.search
        else tuple(one.name for one in entity.fields if one.is_stored and is_searched(one))
    )
    return tuple(path for path in named if (found := reach(work, entity, path)) and not found.closed)


def _paths(work: Work, entity: Entity, asked: str, view: View | None) -> tuple[str, ...]:
    """Return the paths to show: those asked for, which must be there, else those of the view that the actor may see."""
    named = [path for path in asked.split(",") if path]
    for path in named:
        found = need(work, entity, path)
        if found.in_rows or found.field.is_table:
            raise Invalid([Problem("unknown_path", params={"path": path})])
    columns = [column.field for column in view.columns] if view else []
    paths = named or columns or [one.name for one in entity.fields if one.is_stored or one.lookup]
    return tuple(path for path in paths if reach(work, entity, path))


def _sort(work: Work, entity: Entity, asked: str, view: View | None) -> tuple[str, ...]:
    """Return the order: the one asked for, which must be possible, else that of the view as far as the actor sees it."""
    named = tuple(key for key in asked.split(",") if key)
    for key in named:
        need_orderable(work, entity, key.removeprefix("-"))
    return named or tuple(key for key in (view.sort if view else ()) if _is_seen(work, entity, key.removeprefix("-")))


def _is_seen(work: Work, entity: Entity, path: str) -> bool:
    found = reach(work, entity, path)
    return found is not None and not found.closed


def need_orderable(work: Work, entity: Entity, path: str) -> None:
    """Refuse a path by whose values records cannot be put in order or in groups."""
    found = need_open(work, entity, path)
    if found.in_rows or not FIELD_TYPES[found.field.type].sortable_for(found.field):
        raise Invalid([Problem("order_not_possible", params={"title": found.field.title})])


def check_function(work: Work, entity: Entity, function: str, path: str, at: str) -> None:
    """Refuse a function that is none, or that the values at a path do not know."""
    kind = function if function in _FUNCTIONS else "percentile"
    if kind == "percentile" and (function == kind or not spread_of(function)):
        raise Invalid([Problem("unknown_function", at, {"function": function})])
    if function == "count" and not path:
        return
    found = need_open(work, entity, path, at)
    if found.in_rows or kind not in FIELD_TYPES[found.field.type].functions_for(found.field):
        told = {"function": function, "title": found.field.title}
        raise Invalid([Problem("function_not_for_type", at, told)])


def _totals(text: str) -> list[tuple[str, str]]:
    pairs = (part.partition(":") for part in text.split(",") if part)
    return [(path, function or "sum") for path, _, function in pairs]


def labels_at(
    work: Work, entity: Entity, paths: Iterable[str], rows: list[Mapping[str, object]]
) -> list[dict[str, dict[str, str]]]:
    """Return for every row what the things are called that its paths point at: one statement for all."""
    references = References(work)
    shapes = {path: shape for path in paths if (shape := shape_at(work, entity, path))}
    wanted: dict[str, list[str]] = {}
    for path, shape in shapes.items():
        wanted.setdefault(shape, []).extend(key for row in rows for key in ids_in(row.get(path)))
    references.learn_names(wanted)
    return [
        {
            path: {key: references.label(shape, key) for key in keys}
            for path, shape in shapes.items()
            if (keys := ids_in(row.get(path)))
        }
        for row in rows
    ]


def shape_at(work: Work, entity: Entity, path: str) -> str:
    """Return what the ids at a path are of, empty for what is no id."""
    first, _, rest = path.partition(".")
    if first in _SYSTEM_PEOPLE and not rest:
        return USER
    field: Field | None = entity.field(first)
    if field is None or field.is_table:
        return ""
    if field.lookup:
        return shape_at(work, entity, f"{field.lookup}.{rest}" if rest else field.lookup)
    shape = target(entity, field) if is_pointing(field) else ""
    if not rest:
        return shape
    reached = work.configuration.entities.get(shape)
    return shape_at(work, reached, rest) if reached else ""
