"""Fields as they are declared: names, types, options, bounds. Formulas come later, when every field is known."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import get_args

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import (
    Part,
    Workbench,
    choice,
    object_of,
    parts,
    qualified_name,
    strings,
    text_of,
)
from engine.definition.field_paths import system_fields
from engine.definition.field_types import FIELD_TYPES, FieldType
from engine.definition.model import Field, OnDelete, Option, Series, WhenHidden
from engine.definition.near import meant
from engine.definition.rows import MOST_LEVELS
from engine.expressions import RESERVED
from engine.paths import join
from engine.problems import Problem

_EVERYWHERE = frozenset(
    {"id", "type", "default", "formula", "copy", "lookup", "visible", "required", "read_only", "when_hidden", "help", "index"}
)  # fmt: skip
_ALWAYS = frozenset({"title", "description", "type", "format", "readOnly", "default", "deprecated", "x-field"})
_BY_FORM = {
    ("string", "decimal"): "decimal",
    ("string", "date"): "date",
    ("string", "time"): "time",
    ("string", "date-time"): "datetime",
    ("string", None): "text",
    ("integer", None): "integer",
    ("boolean", None): "boolean",
}
_SERIES_PART = re.compile(r"\{(yyyy|yy|mm|dd|seq(:[1-9])?|[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*)\}")


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
    to = _target(document, kind, settings)
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
        options=_options(bench, document, part, settings, at),
        series=_series(settings) if kind == "series" else None,
        to=to,
        on_delete=choice(settings.get("on_delete"), get_args(OnDelete), "restrict"),
        scale=_scale(field_type, settings),
        copy=text_of(settings, "copy"),
        lookup=text_of(settings, "lookup"),
        when_hidden=choice(settings.get("when_hidden"), get_args(WhenHidden), "keep"),
        index=settings.get("index") is True,
        fields=rows,
        min_rows=_count(part.get("minItems")) or 0,
        max_rows=_count(part.get("maxItems")),
        expression_type=field_type.expression_type(document.key, f"{owner}/{name}" if kind == "sub_table" else to),
    )
    _check(bench, document, field, field_type, at)
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


def _target(document: Document, kind: str, settings: Part) -> str:
    if kind == "tree_parent":
        return document.key
    if kind in ("user", "department"):
        return f"system.{kind}"
    to = text_of(settings, "to")
    return qualified_name(to, document.module) if to else ""


def _scale(field_type: FieldType, settings: Part) -> int | None:
    return _count(settings.get("scale", field_type.default_scale))


def _count(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _series(settings: Part) -> Series:
    start = _count(settings.get("start"))
    first = 1 if start is None else start
    return Series(text_of(settings, "pattern"), "unique" if settings.get("policy") == "unique" else "gap_free", first)


def _options(bench: Workbench, document: Document, part: Part, settings: Part, at: str) -> tuple[Option, ...]:
    items = object_of(part, "items")
    source, place = (part, at) if not items else (items, join(at, "items"))
    retired = {value for _, value in strings(settings.get("retired"))}
    colors = object_of(settings, "colors")
    found = [
        (pointer, text_of(choice, "const"), bench.text(document, join(pointer, "title"), choice.get("title")), choice)
        for pointer, choice in parts(source.get("oneOf"), join(place, "oneOf"))
    ]
    nothing: Part = {}
    found += [(p, value, {"zh-CN": value}, nothing) for p, value in strings(source.get("enum"), join(place, "enum"))]
    seen: set[str] = set()
    for pointer, value, _, _ in found:
        if value in seen:
            bench.report(document, pointer, "duplicate_name", name=value)
        seen.add(value)
    for key in [*colors, *retired]:
        if seen and key not in seen:
            bench.unknown(document, join(at, "x-field"), "unknown_option", key, seen)
    return tuple(
        Option(value, title, text_of(colors, value), value in retired, text_of(choice, "id", value))
        for _, value, title, choice in found
    )


def _check(bench: Workbench, document: Document, field: Field, field_type: FieldType, at: str) -> None:
    """Note what contradicts the field's type."""
    given = (field.schema.get("type"), field.schema.get("format"))
    if given != (field_type.json_type, field_type.json_format):
        expected = f'"type": "{field_type.json_type}"'
        expected += f', "format": "{field_type.json_format}"' if field_type.json_format else ""
        bench.report(document, at, "field_type_mismatch", name=field.name, type=field_type.title, expected=expected)
    _check_keys(bench, document, field, field_type, at)
    if field.type in ("select", "multi_select") and not field.options and not field.lookup:
        bench.report(document, at, "select_without_options", name=field.name)
    if field.type == "reference" and not field.to:
        bench.report(document, at, "reference_without_target", name=field.name)
    if field.series is not None:
        _check_series(bench, document, field, at)
    _check_sources(bench, document, field, field_type, at)
    if not _is_pattern(field.schema.get("pattern", "")):
        meaning = {"zh-CN": "正则表达式。", "en": "A regular expression."}
        bench.report(document, join(at, "pattern"), "schema_malformed", value=field.schema["pattern"], meaning=meaning)
    if not any(low is None or high is None or low <= high for low, high in [_range(field.settings)]):
        bench.report(document, join(at, "x-field", "min"), "range_empty", name=field.name)
    if "default" in field.schema and given == (field_type.json_type, field_type.json_format):
        value = field_type.coerce(field.schema["default"], field)
        found = (value,) if isinstance(value, Problem) else field_type.problems(value, field)
        for problem in found:
            bench.note(problem.under(join(at, "default")).within(document.path))


def _check_keys(bench: Workbench, document: Document, field: Field, field_type: FieldType, at: str) -> None:
    for key in field.settings:
        if key not in _EVERYWHERE | field_type.settings:
            known = sorted(_EVERYWHERE | field_type.settings)
            params: Mapping[str, object] = {"key": key, "type": field_type.title, "hint": meant(key, known)}
            bench.report(document, join(at, "x-field", key), "setting_not_for_type", **params)
    for key in field.schema:
        if key not in _ALWAYS | field_type.keywords:
            params = {"key": key, "type": field_type.title, "hint": meant("", ())}
            bench.report(document, join(at, key), "setting_not_for_type", **params)


def _check_sources(bench: Workbench, document: Document, field: Field, field_type: FieldType, at: str) -> None:
    """A value comes from one place; what is computed cannot be typed in, and the JSON Schema must say so."""
    formula = "formula" in field.settings
    sources = [key for key in ("formula", "copy", "lookup") if key in field.settings]
    sources += ["default"] if sources and sources != ["copy"] and ("default" in field.settings) else []
    if len(sources) > 1:
        bench.report(document, join(at, "x-field"), "field_sources_conflict", name=field.name, keys=sources)
    if (formula or field.lookup or field.series) and not field.read_only:
        bench.report(document, at, "computed_not_read_only", name=field.name)
    if formula and not field_type.computable:
        bench.report(document, join(at, "x-field", "formula"), "type_not_computable", type=field_type.title)


def _is_pattern(value: object) -> bool:
    """Say whether Python can match with a pattern; other dialects allow more."""
    try:
        re.compile(str(value))
    except re.error:
        return False
    return True


def _check_series(bench: Workbench, document: Document, field: Field, at: str) -> None:
    pattern = field.series.pattern if field.series else ""
    left = _SERIES_PART.sub("", pattern)
    if "{" in left or "}" in left or len(re.findall(r"\{seq(?::[1-9])?\}", pattern)) != 1:
        bench.report(document, join(at, "x-field", "pattern"), "series_pattern", pattern=pattern)


def _range(settings: Part) -> tuple[Decimal | None, Decimal | None]:
    low, high = settings.get("min"), settings.get("max")
    return (Decimal(low) if isinstance(low, str) else None, Decimal(high) if isinstance(high, str) else None)
