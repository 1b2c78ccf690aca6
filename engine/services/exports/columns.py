"""The columns of a file that is written: titles in the person's language, and how values stand in cells."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.definition.rows import RowShape
from engine.projection.entity_view import column_view
from engine.projection.system_fields import system_field, system_fields
from engine.services.catalogue import viewer
from engine.services.imports.targets import title_of
from engine.services.reach import reach
from engine.services.references import ids_in
from engine.services.work import Work
from engine.services.workbooks import Link, SheetColumn, Written

Kind = Literal["text", "number", "percent", "date", "datetime", "time"]
_FILES = frozenset({"attachment", "image", "signature"})
_NEVER = frozenset({"secret"})
_PERCENT = frozenset({"percent"})
_NOT_NUMBERS = frozenset({"duration"})
_KINDS: Mapping[str, Kind] = {
    "integer": "number",
    "decimal": "number",
    "date": "date",
    "datetime": "datetime",
    "time": "time",
}
_WIDTHS: Mapping[Kind, int] = {"text": 18, "number": 14, "percent": 10, "date": 12, "datetime": 20, "time": 10}


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column: where its values come from, what stands above it, and how they are written."""

    path: str
    field: Field
    sheet: SheetColumn
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Titles of the values of a system field."""
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """What writing a value depends on beside the value: language, the zone of the wall clock, the address of the product."""

    language: str
    zone: ZoneInfo
    address: str


def list_columns(work: Work, entity: Entity, paths: tuple[str, ...]) -> list[ExportColumn]:
    """Return the columns of a list; what the actor may not see is not among them."""
    found = []
    for path in paths:
        reached = reach(work, entity, path)
        if reached is None or reached.field.type in _NEVER:
            continue
        title = column_view(viewer(work), entity, path)["title"]
        sheet = _sheet(title, reached.field, masked=reached.masked)
        found.append(ExportColumn(path, reached.field, sheet, _choices(work, entity, path), reached.masked))
    return found


def row_columns(work: Work, entity: Entity, shape: RowShape, *, full_titles: bool) -> list[ExportColumn]:
    """Return the columns of a sub-table's rows that the actor may see."""
    access = work.rights.query_access(entity)
    found = []
    for one in shape.table.fields:
        level = access.get(f"{shape.path}.{one.name}", "write")
        if not one.is_table and level != "hidden" and one.type not in _NEVER:
            masked = level == "mask"
            title = title_of(one, shape if full_titles else None, work.ctx.language)
            found.append(ExportColumn(one.name, one, _sheet(title, one, masked=masked), masked=masked))
    return found


def written(value: object, column: ExportColumn, labels: Mapping[str, str], style: Style) -> Written:
    """Return what stands in a cell for a stored value; `labels` say what it points at."""
    if value is None:
        return None
    if column.masked:
        return FIELD_TYPES[column.field.type].mask(value, column.field, style.language)
    if column.choices:
        return column.choices.get(str(value), str(value))
    if labels:
        return "、".join(labels.get(key, key) for key in ids_in(value))
    if column.field.type in _FILES:
        return _files(value, style)
    match value:
        case datetime():
            return value.astimezone(style.zone).replace(tzinfo=None)
        case bool() | date() | time():
            return value
        case Decimal() | int() if column.sheet.kind in {"number", "percent"}:
            return value
    return FIELD_TYPES[column.field.type].to_text(value, column.field, style.language)


def kind_of(field: Field) -> Kind:
    """Return how a field's values are written."""
    if field.type in _PERCENT:
        return "percent"
    if field.type in _NOT_NUMBERS:
        return "text"
    return _KINDS.get(FIELD_TYPES[field.type].column(field).kind, "text") if not field.is_table else "text"


def _sheet(title: str, field: Field, *, masked: bool = False) -> SheetColumn:
    kind: Kind = "text" if masked else kind_of(field)
    scale = FIELD_TYPES[field.type].column(field).scale or 0
    width = max(_WIDTHS[kind], min(len(title.encode("gb18030")) + 2, 40))
    return SheetColumn(title, kind, max(scale - 2, 0) if kind == "percent" else scale, width)


def _choices(work: Work, entity: Entity, path: str) -> dict[str, str]:
    if path not in system_fields(entity):
        return {}
    shown: list[dict[str, Any]] = system_field(entity, path, work.ctx.language).get("options", [])
    return {one["value"]: one["title"] for one in shown}


def _files(value: object, style: Style) -> Written:
    files = value if isinstance(value, list) else []
    links = [Link(str(one["name"]), f"{style.address}/api/v1/files/{one['id']}") for one in files]
    if len(links) == 1 and style.address:
        return links[0]
    return "\n".join(f"{one.text} {one.address}" if style.address else one.text for one in links)
