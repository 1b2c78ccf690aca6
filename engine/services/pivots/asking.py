"""What a pivot asks for: read out of a request, or out of a view, with every mistake as a problem."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, cast

from engine.definition.model import Entity, View
from engine.definition.pivot import DATED, Axis, Grain, Pivot, PivotFunction, PivotValue, TotalsOf
from engine.errors import Invalid
from engine.paths import join
from engine.problems import Problem
from engine.services.listing import check_function, need_orderable
from engine.services.reach import need_open, reach
from engine.services.work import Work


def pivot_of(work: Work, entity: Entity, given: Mapping[str, Any], view: View | None) -> Pivot:
    """Return what is asked for; where the request says nothing of rows, columns or values, the view does.

    What a view names and the actor does not see is left out. Raises Invalid with every mistake of the request.
    """
    reader = _Reader(work, entity)
    own = _seen(work, entity, view.pivot) if view and view.pivot else Pivot()
    rows = own.rows if given["rows"] is None else tuple(map(_axis, given["rows"]))
    columns = own.columns if given["columns"] is None else tuple(map(_axis, given["columns"]))
    values = own.values if given["values"] is None else tuple(map(_value, given["values"]))
    reader.axes("/rows", rows, ())
    reader.axes("/columns", columns, rows)
    reader.values(values)
    sort = own.sort if given["sort"] is None else str(given["sort"])
    if sort and sort.removeprefix("-") not in {value.name for value in values}:
        if given["sort"] is not None:
            reader.problems.append(Problem("pivot_sort_unknown", "/sort", {"name": sort.removeprefix("-")}))
        sort = ""
    if reader.problems:
        raise Invalid(reader.problems)
    totals = own.totals if given["totals"] is None else frozenset(cast("list[TotalsOf]", given["totals"]))
    return Pivot(rows, columns, values, totals, sort)


def _axis(given: Mapping[str, Any]) -> Axis:
    return Axis(given["field"], cast("Grain | None", given["by"]))


def _value(given: Mapping[str, Any]) -> PivotValue:
    return PivotValue(cast("PivotFunction", given["fn"]), given["field"])


def _seen(work: Work, entity: Entity, pivot: Pivot) -> Pivot:
    """Return the part of a view's pivot that the actor may ask by."""

    def is_open(path: str) -> bool:
        found = reach(work, entity, path) if path else None
        return not path or (found is not None and not found.closed)

    def kept(axes: Iterable[Axis]) -> tuple[Axis, ...]:
        return tuple(axis for axis in axes if is_open(axis.field))

    values = tuple(value for value in pivot.values if is_open(value.field))
    return replace(pivot, rows=kept(pivot.rows), columns=kept(pivot.columns), values=values or (PivotValue("count"),))


class _Reader:
    def __init__(self, work: Work, entity: Entity) -> None:
        self._work = work
        self._entity = entity
        self.problems: list[Problem] = []

    def axes(self, at: str, axes: tuple[Axis, ...], before: tuple[Axis, ...]) -> None:
        for number, axis in enumerate(axes):
            here = join(at, number)
            self._note(join(here, "field"), partial(self._groupable, axis))
            if axis in (*before, *axes[:number]):
                self.problems.append(Problem("pivot_axis_twice", here, {"name": axis.name}))

    def values(self, values: tuple[PivotValue, ...]) -> None:
        for number, value in enumerate(values):
            here = join("/values", number)
            check = partial(check_function, self._work, self._entity, value.function, value.field, "")
            self._note(here, check)

    def _groupable(self, axis: Axis) -> None:
        if axis.by is None:
            need_orderable(self._work, self._entity, axis.field)
            return
        found = need_open(self._work, self._entity, axis.field)
        if found.in_rows or axis.by not in DATED.get(found.field.type, ()):
            raise Invalid([Problem("grain_not_for_type", params={"title": found.field.title, "by": axis.by})])

    def _note(self, at: str, check: Callable[[], None]) -> None:
        try:
            check()
        except Invalid as found:
            self.problems += [one.under(at) for one in found.problems]
