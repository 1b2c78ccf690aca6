"""Whether what a field says fits its type: the one place where settings and types meet."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Part, Workbench
from engine.definition.field_types import FieldType
from engine.definition.model import Field
from engine.definition.near import meant
from engine.paths import join
from engine.problems import Problem

_EVERYWHERE = frozenset(
    {"id", "type", "default", "formula", "copy", "lookup", "rollup", "visible", "required", "read_only", "when_hidden", "help",
     "index", "control", "reverse"}
)  # fmt: skip
_ALWAYS = frozenset({"title", "description", "type", "format", "readOnly", "default", "deprecated", "x-field"})
_SERIES_PART = re.compile(r"\{(yyyy|yy|mm|dd|seq(:[1-9])?|[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*)\}")


def check_field(bench: Workbench, document: Document, field: Field, field_type: FieldType, at: str) -> None:
    """Note what contradicts the field's type."""
    given = (field.schema.get("type"), field.schema.get("format"))
    fits = not field_type.json_type or given == (field_type.json_type, field_type.json_format)
    if not fits:
        expected = f'"type": "{field_type.json_type}"'
        expected += f', "format": "{field_type.json_format}"' if field_type.json_format else ""
        bench.report(document, at, "field_type_mismatch", name=field.name, type=field_type.title, expected=expected)
    _check_keys(bench, document, field, field_type, at)
    if (
        field_type.choices in ("own", "tree")
        and not field.options
        and not field.lookup
        and "options" not in field.settings
    ):
        bench.report(document, at, "select_without_options", name=field.name)
    if field_type.points_by_to and not field.to:
        bench.report(document, at, "reference_without_target", name=field.name)
    if field.series is not None:
        _check_series(bench, document, field, at)
    _check_sources(bench, document, field, field_type, at)
    if "reverse" in field.settings and document.body.get("kind") != "ledger":
        bench.report(document, join(at, "x-field", "reverse"), "reverse_not_in_a_ledger", name=field.name)
    if not _is_pattern(field.schema.get("pattern", "")):
        meaning = {"zh-CN": "正则表达式。", "en": "A regular expression."}
        bench.report(document, join(at, "pattern"), "schema_malformed", value=field.schema["pattern"], meaning=meaning)
    if not any(low is None or high is None or low <= high for low, high in [_range(field.settings)]):
        bench.report(document, join(at, "x-field", "min"), "range_empty", name=field.name)
    for problem in field_type.setting_problems(field):
        bench.note(problem.under(join(at, "x-field")).within(document.path))
    if "default" in field.schema and fits:
        _check_default(bench, document, field, field_type, join(at, "default"))


def _check_default(bench: Workbench, document: Document, field: Field, field_type: FieldType, at: str) -> None:
    value = field_type.coerce(field.schema["default"], field)
    for problem in (value,) if isinstance(value, Problem) else field_type.problems(value, field):
        bench.note(problem.under(at).within(document.path))


def _check_keys(bench: Workbench, document: Document, field: Field, field_type: FieldType, at: str) -> None:
    for problem in _key_problems(field, field_type):
        bench.note(replace(problem, pointer=at + problem.pointer, file=document.path))


def _key_problems(field: Field, field_type: FieldType) -> Iterator[Problem]:
    known = sorted(_EVERYWHERE | field_type.settings)
    for key in field.settings:
        if key not in known:
            params: Mapping[str, object] = {"key": key, "type": field_type.title, "hint": meant(key, known)}
            yield Problem("setting_not_for_type", join("/x-field", key), params)
    for key in field.schema:
        if key not in _ALWAYS | field_type.keywords:
            params = {"key": key, "type": field_type.title, "hint": meant("", ())}
            yield Problem("setting_not_for_type", join("", key), params)
    for key in sorted(field_type.needed - set(field.settings)):
        yield Problem("setting_missing", "/x-field", {"key": key, "type": field_type.title})
    control = field.settings.get("control")
    if control is not None and control not in field_type.controls:
        params = {"control": str(control), "type": field_type.title, "controls": list(field_type.controls)}
        yield Problem("control_not_for_type", "/x-field/control", params)


def _check_sources(bench: Workbench, document: Document, field: Field, field_type: FieldType, at: str) -> None:
    """A value comes from one place; what is computed cannot be typed in, and the JSON Schema must say so."""
    computed = "formula" in field.settings or "rollup" in field.settings
    sources = [key for key in ("formula", "copy", "lookup", "rollup") if key in field.settings]
    sources += ["default"] if sources and sources != ["copy"] and ("default" in field.settings) else []
    if len(sources) > 1 or (field_type.made and sources):
        bench.report(document, join(at, "x-field"), "field_sources_conflict", name=field.name, keys=sources)
    if (computed or field.lookup or field_type.made) and not field.read_only:
        bench.report(document, at, "computed_not_read_only", name=field.name)
    if computed and not field_type.computable:
        bench.report(document, join(at, "x-field", sources[0]), "type_not_computable", type=field_type.title)


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
