"""Fields as they are declared: names, types, options, bounds. Formulas come later, when every field is known."""

from typing import get_args

from engine.definition.compiling.documents import Document
from engine.definition.compiling.field_settings import check_field
from engine.definition.compiling.options import read_options
from engine.definition.compiling.workbench import (
    Part,
    Workbench,
    choice,
    object_of,
    qualified_name,
    strings,
    text_of,
)
from engine.definition.field_paths import system_fields
from engine.definition.field_types import FIELD_TYPES, FieldType
from engine.definition.model import Field, OnDelete, Series, WhenHidden
from engine.definition.rows import MOST_LEVELS
from engine.expressions import RESERVED
from engine.paths import join

_BY_FORM = {
    ("string", "decimal"): "decimal",
    ("string", "date"): "date",
    ("string", "time"): "time",
    ("string", "date-time"): "datetime",
    ("string", "duration"): "duration",
    ("string", "uri"): "url",
    ("string", "email"): "email",
    ("string", "uuid"): "uuid",
    ("string", None): "text",
    ("integer", None): "integer",
    ("boolean", None): "boolean",
}


def read_fields(bench: Workbench, document: Document, record: Part, at: str, table: str = "") -> tuple[Field, ...]:
    """Return the fields of a record, or of a row of the sub-table at the path `table`; `at` points at the object schema."""
    properties = object_of(record, "properties")
    required = frozenset(name for _, name in strings(record.get("required")))
    for pointer, name in strings(record.get("required"), join(at, "required")):
        if name not in properties:
            bench.unknown(document, pointer, "unknown_field", name, properties)
    fields = []
    for name, part in properties.items():
        place = join(at, "properties", name)
        if isinstance(part, dict) and _may_be_named(bench, document, place, name, table):
            found = _read_field(bench, document, part, place, name, required, table)
            fields += [found] if found else []
    _unique_ids(bench, document, at, fields)
    return tuple(fields)


def _may_be_named(bench: Workbench, document: Document, at: str, name: str, table: str) -> bool:
    kind = text_of(document.body, "kind")
    reserved = {"id"} if table else {*system_fields(kind), "id", "record"}
    if name in reserved or name.upper() in RESERVED:
        bench.report(document, at, "reserved_name", name=name)
        return False
    return True


def _unique_ids(bench: Workbench, document: Document, at: str, fields: list[Field]) -> None:
    seen: set[str] = set()
    for field in fields:
        if field.id in seen:
            bench.report(document, join(at, "properties", field.name), "duplicate_name", name=field.id)
        seen.add(field.id)


def _read_field(
    bench: Workbench, document: Document, part: Part, at: str, name: str, required: frozenset[str], table: str
) -> Field | None:
    settings = object_of(part, "x-field")
    kind = _kind(part, settings)
    if kind is None:
        bench.report(document, at, "field_type_unclear", name=name)
        return None
    field_type = FIELD_TYPES[kind]
    rows = _rows(bench, document, part, at, f"{table}.{name}" if table else name) if kind == "sub_table" else ()
    to = _target(document, field_type, settings)
    owner = "/".join((document.key, *table.split("."))) if table else document.key
    field = Field(
        id=text_of(settings, "id", name),
        name=name,
        title=bench.text(document, join(at, "title"), part.get("title")),
        type=kind,
        required=name in required,
        read_only=part.get("readOnly") is True,
        help=bench.text(document, join(at, "x-field", "help"), settings.get("help")),
        schema={key: value for key, value in part.items() if key != "x-field"},
        settings=settings,
        options=read_options(bench, document, part, field_type, at),
        series=_series(settings) if kind == "series" else None,
        to=to,
        on_delete=choice(settings.get("on_delete"), get_args(OnDelete), "restrict"),
        scale=_scale(field_type, settings),
        copy=text_of(settings, "copy"),
        lookup=text_of(settings, "lookup"),
        when_hidden=choice(settings.get("when_hidden"), get_args(WhenHidden), "keep"),
        index=settings.get("index") is True,
        kept_on_reverse=settings.get("reverse") == "keep",
        fields=rows,
        min_rows=_count(part.get("minItems")) or 0,
        max_rows=_count(part.get("maxItems")),
        expression_type=field_type.expression_type(document.key, f"{owner}/{name}" if kind == "sub_table" else to),
    )
    check_field(bench, document, field, field_type, at)
    return field


def _rows(bench: Workbench, document: Document, part: Part, at: str, table: str) -> tuple[Field, ...]:
    if table.count(".") >= MOST_LEVELS:
        bench.report(document, at, "too_many_levels", path=table, limit=MOST_LEVELS)
        return ()
    return read_fields(bench, document, object_of(part, "items"), join(at, "items"), table)


def _kind(part: Part, settings: Part) -> str | None:
    given = text_of(settings, "type")
    if given:
        return given
    items = object_of(part, "items")
    if part.get("type") == "array":
        return "sub_table" if "properties" in items else "multi_select" if items else None
    if "oneOf" in part or "enum" in part:
        return "select"
    return _BY_FORM.get((text_of(part, "type"), text_of(part, "format") or None))


def _target(document: Document, field_type: FieldType, settings: Part) -> str:
    to = text_of(settings, "to")
    named = qualified_name(to, document.module) if to else ""
    nothing = Field("", "", {}, field_type.name, to=named)
    return field_type.target(document.key, nothing) or named


def _scale(field_type: FieldType, settings: Part) -> int | None:
    return _count(settings.get("scale", field_type.default_scale))


def _count(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _series(settings: Part) -> Series:
    start = _count(settings.get("start"))
    first = 1 if start is None else start
    return Series(text_of(settings, "pattern"), "unique" if settings.get("policy") == "unique" else "gap_free", first)
