"""The pivot of a view: what it is apart by, what it sums up, and whether the fields are for that."""

from engine.definition.compiling.documents import Document
from engine.definition.compiling.paths_shown import path_shown
from engine.definition.compiling.workbench import Part, Workbench, choice, object_of, text_of
from engine.definition.field_paths import Resolved
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity
from engine.definition.pivot import DATED, FUNCTIONS, GRAINS, TOTALS, Axis, Pivot, PivotFunction, PivotValue
from engine.expressions import DATE, DATETIME, NUMBER
from engine.paths import join

_AT = "/pivot"


def compile_pivot(bench: Workbench, document: Document, entity: Entity) -> Pivot | None:
    """Return the pivot of a view, None for a view of another kind."""
    body = object_of(document.body, "pivot")
    if document.body.get("kind") != "pivot":
        if "pivot" in document.body:
            bench.report(document, _AT, "pivot_in_a_table")
        return None
    if "pivot" not in document.body:
        bench.report(document, "/kind", "pivot_missing")
    rows = _axes(bench, document, entity, (body, "rows"), ())
    columns = _axes(bench, document, entity, (body, "columns"), rows)
    values = _values(bench, document, entity, body) or (PivotValue("count"),)
    given = body.get("totals")
    totals = frozenset(one for one in TOTALS if not isinstance(given, list) or one in given)
    sort = text_of(body, "sort")
    if sort and sort.removeprefix("-") not in {value.name for value in values}:
        bench.report(document, f"{_AT}/sort", "pivot_sort_unknown", name=sort.removeprefix("-"))
    return Pivot(rows, columns, values, totals, sort)


def _axes(
    bench: Workbench, document: Document, entity: Entity, written: tuple[Part, str], before: tuple[Axis, ...]
) -> tuple[Axis, ...]:
    """Return the axes of a side of what is written; none of them may be there `before`."""
    body, side = written
    given = body.get(side)
    found: list[Axis] = []
    for place, one in enumerate(given if isinstance(given, list) else []):
        part: Part = one if isinstance(one, dict) else {"field": one}
        at = join(f"{_AT}/{side}", place)
        path = text_of(part, "field")
        target = path_shown(bench, document, entity, join(at, "field") if part is one else at, path)
        if target is None:
            continue
        axis = Axis(path, choice(part.get("by"), GRAINS, GRAINS[0]) if "by" in part else None)
        code = _not_an_axis(target, axis)
        if code:
            bench.report(document, at, code, name=path, by=axis.by or "")
        elif axis in (*before, *found):
            bench.report(document, at, "pivot_axis_twice", name=axis.name)
        else:
            found.append(axis)
    return tuple(found)


def _not_an_axis(target: Resolved, axis: Axis) -> str:
    """Return the code of why records cannot be apart by what a path leads to, empty where they can."""
    if target.field and FIELD_TYPES[target.field.type].is_guarded(target.field):
        return "encrypted_not_asked"
    if target.field and not FIELD_TYPES[target.field.type].sortable_for(target.field):
        return "not_groupable"
    dated = target.field.type in DATED if target.field else target.type in (DATE, DATETIME)
    return "grain_of_no_date" if axis.by and not dated else ""


def _values(bench: Workbench, document: Document, entity: Entity, body: Part) -> tuple[PivotValue, ...]:
    given = body.get("values")
    found = []
    for place, one in enumerate(given if isinstance(given, list) else []):
        part: Part = one if isinstance(one, dict) else {}
        at = join(f"{_AT}/values", place)
        value = PivotValue(choice(part.get("aggregate"), FUNCTIONS, "count"), text_of(part, "field"))
        if not value.field:
            if value.function != "count":
                bench.report(document, at, "pivot_value_of_nothing", aggregate=value.function)
            found.append(value)
            continue
        target = path_shown(bench, document, entity, join(at, "field"), value.field)
        if target is None:
            continue
        if target.field and FIELD_TYPES[target.field.type].is_guarded(target.field):
            bench.report(document, at, "encrypted_not_asked", name=value.field)
        elif value.function not in _functions(target):
            told = {"aggregate": value.function, "known": sorted(_functions(target))}
            bench.report(document, join(at, "aggregate"), "not_summable", name=value.field, **told)
        else:
            found.append(value)
    return tuple(found)


def _functions(target: Resolved) -> frozenset[PivotFunction]:
    if target.field:
        known = FIELD_TYPES[target.field.type].functions_for(target.field)
        return frozenset(one for one in FUNCTIONS if one in known)
    if target.type == NUMBER:
        return frozenset(FUNCTIONS)
    return frozenset({"count", "distinct", "min", "max"} if target.type in (DATE, DATETIME) else {"count", "distinct"})
