"""A pivot as a workbook: heads over what they stand for, groups that open and close, and the totals as they are shown."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.projection.texts import in_language
from engine.services.context import Context
from engine.services.exports.asking import Finished, file_name
from engine.services.exports.columns import kind_of
from engine.services.imports.uploads import MEDIA
from engine.services.installation import Installation
from engine.services.pivots.answers import Answer, answer
from engine.services.pivots.lines import Line
from engine.services.reach import need
from engine.services.showing import total
from engine.services.work import Work, reading, writing
from engine.services.workbooks import Grid, GridLine, HeadCell, SheetColumn, Written

_TOTAL = {"zh-CN": "总计", "en": "Total"}
_SUBTOTAL = {"zh-CN": "小计", "en": "Subtotal"}
_ALL = {"zh-CN": "全部", "en": "All"}
_BLANK = {"zh-CN": "（空）", "en": "(blank)"}
_FIRST_WIDTH = 28
_ONLY_COUNTED = frozenset({"count", "distinct"})


def export(installation: Installation, ctx: Context, key: str, given: Mapping[str, Any]) -> Finished:
    """Return a pivot of the records that may be exported as a workbook. Raises Invalid, Forbidden, NotFound."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        work.require("export", entity)
        made = answer(work, entity, given, work.scopes("export", entity))
        target = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed by who sends it
        installation.workbooks.grid(target, _grid(work, made))
        size = target.tell()
        target.seek(0)
        finished = Finished(target, file_name(work, entity, "xlsx"), MEDIA, size)
    told = {name: given[name] for name in ("view", "filter", "q")} | {"pivot": list(made.pivot.paths)}

    def act(work: Work) -> dict[str, Any]:
        work.audit("export", "export", key, told)
        return {}

    writing(installation, Context(ctx.actor, ctx.now, ctx.request_id, ctx.language), act)
    return finished


def _grid(work: Work, made: Answer) -> Grid:
    language = work.ctx.language
    (axes, rows), (across, columns) = made.rows, made.columns
    named = len(made.values) > 1 or not across
    height = len(across) + named
    heads = [HeadCell(0, 0, " / ".join(axis.title for axis in axes) or in_language(_ALL, language), rows=height)]
    heads += _heads(columns, len(across), len(made.values), language)
    if named:
        titles = [str(value["title"]) for _ in columns for value in made.values]
        heads += [HeadCell(len(across), 1 + place, title) for place, title in enumerate(titles)]
    shapes = [_column(work, made, place) for place in range(len(made.values))]
    strong = {
        1 + place * len(shapes) + which
        for place, column in enumerate(columns)
        if len(column.keys) < len(across)
        for which in range(len(shapes))
    }
    return Grid(
        name=in_language(made.entity.title, language),
        heads=tuple(heads),
        height=height,
        columns=(SheetColumn("", width=_FIRST_WIDTH), *(shape for _ in columns for shape in shapes)),
        lines=tuple(_line(work, made, row, len(axes), shapes) for row in rows),
        strong=frozenset(strong),
    )


def _heads(columns: Sequence[Line], depth: int, width: int, language: str) -> list[HeadCell]:
    """Return a head for each value of each axis, over all columns that have it in common."""
    found: list[HeadCell] = []
    for level in range(depth):
        start = 0
        while start < len(columns):
            keys = columns[start].keys
            end = start + 1
            if len(keys) > level:
                while end < len(columns) and columns[end].keys[: level + 1] == keys[: level + 1]:
                    end += 1
                text = columns[start].members[level].label or in_language(_BLANK, language)
                found.append(HeadCell(level, 1 + start * width, text, columns=(end - start) * width))
            elif len(keys) == level:
                text = in_language(_SUBTOTAL if level else _TOTAL, language)
                found.append(HeadCell(level, 1 + start * width, text, rows=depth - level, columns=width))
            start = end
    return found


def _column(work: Work, made: Answer, place: int) -> SheetColumn:
    told, value = made.values[place], made.pivot.values[place]
    if not value.field or value.function in _ONLY_COUNTED:
        return SheetColumn(told["title"], "number", 0)
    kind = kind_of(need(work, made.entity, value.field).field)
    scale = max(told["scale"] - 2, 0) if kind == "percent" else told["scale"]
    return SheetColumn(told["title"], kind, scale, width=16)


def _line(work: Work, made: Answer, row: Line, depth: int, shapes: Sequence[SheetColumn]) -> GridLine:
    language = work.ctx.language
    if row.members:
        name = row.members[-1].label or in_language(_BLANK, language)
    else:
        name = in_language(_TOTAL if depth else _ALL, language)
    cells: list[Written] = [name]
    for column in made.columns[1]:
        worked = made.cells.get((row.keys, column.keys))
        cells += [_written(work, made, place, worked[place] if worked else None) for place in range(len(shapes))]
    return GridLine(tuple(cells), level=max(len(row.keys) - 1, 0), strong=len(row.keys) < depth)


def _written(work: Work, made: Answer, place: int, value: object) -> Written:
    one, scale = made.pivot.values[place], made.values[place]["scale"]
    match value:
        case None:
            return None
        case datetime():
            return value.astimezone(work.timezone).replace(tzinfo=None)
        case Decimal():
            # A spreadsheet keeps 15 digits: of an average those that are shown.
            return value.quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP)
        case bool() | int() | date():
            return value
    shown = total(work, made.entity, one.field, one.function, value)
    return None if shown is None else str(shown)
