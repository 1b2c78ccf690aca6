"""Pivots: what is asked for, worked out by the database within the actor's rights, and laid out in rows and columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity
from engine.definition.pivot import Pivot, PivotFunction, PivotValue
from engine.errors import Invalid
from engine.problems import Problem
from engine.projection.texts import in_language
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.listing import query_of, view_of
from engine.services.pivots.asking import pivot_of
from engine.services.pivots.lines import Keys, Line, by_members, by_value, lines_of
from engine.services.pivots.members import AxisMembers, members_of, title_at
from engine.services.reach import need
from engine.services.showing import total
from engine.services.work import Work, reading
from engine.storage.pivots import Group, Grouping, groups_of
from engine.storage.row_scopes import EVERYTHING, RowScope

MOST_CELLS = 20_000
"""Cells of one pivot; whoever needs more asks for fewer records, or lets an axis be."""

_WORDS: Mapping[PivotFunction, Mapping[str, str]] = {
    "sum": {"zh-CN": "{title}合计", "en": "Sum of {title}"},
    "count": {"zh-CN": "{title}个数", "en": "Count of {title}"},
    "avg": {"zh-CN": "{title}平均", "en": "Average of {title}"},
    "min": {"zh-CN": "{title}最小", "en": "Least {title}"},
    "max": {"zh-CN": "{title}最大", "en": "Greatest {title}"},
    "distinct": {"zh-CN": "{title}去重数", "en": "Different {title}"},
    "median": {"zh-CN": "{title}中位数", "en": "Median of {title}"},
    "stdev": {"zh-CN": "{title}标准差", "en": "Standard deviation of {title}"},
    "stdev_population": {"zh-CN": "{title}总体标准差", "en": "Population deviation of {title}"},
}
_RECORDS = {"zh-CN": "记录数", "en": "Records"}
_FINER = 2
"""Digits that averages, medians and deviations have beyond those of their numbers."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A pivot that has been worked out: `cells` by the keys of row and column."""

    entity: Entity
    pivot: Pivot
    rows: tuple[list[AxisMembers], list[Line]]
    columns: tuple[list[AxisMembers], list[Line]]
    values: list[dict[str, Any]]
    cells: Mapping[tuple[Keys, Keys], tuple[object, ...]]


def pivot(installation: Installation, ctx: Context, key: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a pivot of records. Raises Invalid with every mistake, and where there would be too many cells; Forbidden, NotFound."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        made = answer(work, entity, given)
        return {
            "rows": _side(*made.rows),
            "columns": _side(*made.columns),
            "values": made.values,
            "totals": sorted(made.pivot.totals),
            "sort": made.pivot.sort,
            "cells": [
                [_cell(work, made, made.cells.get((row.keys, column.keys))) for column in made.columns[1]]
                for row in made.rows[1]
            ],
        }


def answer(work: Work, entity: Entity, given: Mapping[str, Any], also: tuple[RowScope, ...] = EVERYTHING) -> Answer:
    """Return a pivot of the records that may be read, and that `also` reaches. Raises as `pivot` does."""
    work.require("read", entity)
    view = view_of(work, entity, given["view"])
    asked = pivot_of(work, entity, given, view)
    query = replace(query_of(work, entity, given, given["filter"], view, asked.paths), also=also)
    axes = (*asked.rows, *asked.columns)
    found = groups_of(
        work.tx,
        work.tables,
        entity.key,
        (axes, [(one.function, one.field) for one in asked.values], _groupings(asked)),
        query,
        MOST_CELLS + 1,
    )
    _refuse_above(len(found))
    return _laid_out(work, entity, asked, found)


def _groupings(asked: Pivot) -> list[Grouping]:
    """Return what to sum over, the finest first: as far as totals are shown, or rows are put in order by them."""
    across = len(asked.rows)
    rows = [depth for depth in range(across, -1, -1) if _is_shown(asked, "rows", depth) or asked.sort]
    columns = [
        depth
        for depth in range(len(asked.columns), -1, -1)
        if _is_shown(asked, "columns", depth) or (asked.sort and depth == 0)
    ]
    return [(*range(row), *range(across, across + column)) for row in rows for column in columns]


def _is_shown(asked: Pivot, side: Literal["rows", "columns"], depth: int) -> bool:
    """Say whether a side has figures for lines of so many values."""
    deepest = len(asked.rows if side == "rows" else asked.columns)
    return depth == deepest or (side if depth == 0 else "groups") in asked.totals


def _laid_out(work: Work, entity: Entity, asked: Pivot, found: Sequence[Group]) -> Answer:
    across = len(asked.rows)
    cells: dict[tuple[Keys, Keys], tuple[object, ...]] = {}
    for group in found:
        depth = sum(place < across for place in group.grouping)
        cells[group.keys[:depth], group.keys[depth:]] = group.values
    finest = [group.keys for group in found if len(group.grouping) == across + len(asked.columns)]
    values = [{keys[place] for keys in finest} for place in range(across + len(asked.columns))]
    members = members_of(work, entity, (*asked.rows, *asked.columns), values)
    down, along = members[:across], members[across:]
    order = by_members(down)
    if asked.sort:
        place = [one.name for one in asked.values].index(asked.sort.removeprefix("-"))
        worth = {row: worked[place] for (row, column), worked in cells.items() if column == ()}
        order = by_value(down, worth, descending=asked.sort.startswith("-"))
    rows = lines_of(
        down,
        {keys[:across] for keys in finest},
        parents_first=True,
        shown=lambda depth: depth > 0 or _is_shown(asked, "rows", 0),
        order=order,
    )
    columns = lines_of(
        along,
        {keys[across:] for keys in finest},
        parents_first=False,
        shown=lambda depth: _is_shown(asked, "columns", depth),
        order=by_members(along),
    )
    _refuse_above(len(rows) * len(columns))
    return Answer(entity, asked, (down, rows), (along, columns), _values(work, entity, asked), cells)


def _refuse_above(cells: int) -> None:
    if cells > MOST_CELLS:
        raise Invalid([Problem("pivot_too_large", "/rows", {"limit": MOST_CELLS})])


def _values(work: Work, entity: Entity, asked: Pivot) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "fn": one.function, "field": one.field} | _shape_of(work, entity, one)
        for one in asked.values
    ]


def _shape_of(work: Work, entity: Entity, value: PivotValue) -> dict[str, Any]:
    """Return title, type and digits of a value."""
    language = work.ctx.language
    if not value.field:
        return {"title": in_language(_RECORDS, language), "type": "integer", "scale": 0}
    field = need(work, entity, value.field).field
    title = in_language(_WORDS[value.function], language).format(title=title_at(work, entity, value.field))
    if value.function in {"count", "distinct"}:
        return {"title": title, "type": "integer", "scale": 0}
    scale = FIELD_TYPES[field.type].column(field).scale or 0
    is_finer = value.function not in {"sum", "min", "max"}
    kind = "decimal" if field.type == "integer" and is_finer else field.type
    return {"title": title, "type": kind, "scale": scale + (_FINER if is_finer else 0)}


def _cell(work: Work, made: Answer, worked: tuple[object, ...] | None) -> list[Any] | None:
    if worked is None:
        return None
    return [
        total(work, made.entity, one.field, one.function, value)
        for one, value in zip(made.pivot.values, worked, strict=True)
    ]


def _side(axes: Sequence[AxisMembers], lines: Sequence[Line]) -> dict[str, Any]:
    return {"axes": [axis.view() for axis in axes], "lines": [line.view() for line in lines]}
