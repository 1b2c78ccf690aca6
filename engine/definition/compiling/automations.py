"""Automations: when they run, for which records, and that what they do can be done."""

from datetime import time
from typing import get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.definition.automations import DEFAULT_ORDER, Automation, Every, OnFailure, Trigger, TriggerType
from engine.definition.compiling.automation_effects import compile_effects
from engine.definition.compiling.automation_scopes import Sight
from engine.definition.compiling.documents import Document
from engine.definition.compiling.entities import field_names
from engine.definition.compiling.workbench import Part, Workbench, choice, entries, object_of, strings, text_of
from engine.definition.field_paths import resolve
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.expressions import BOOLEAN
from engine.paths import join

_WITHOUT_RECORD = frozenset({"schedule", "webhook"})
_OF_DOCUMENTS = frozenset({"effect", "void"})
_KINDS = {
    ("string", "decimal"): "decimal",
    ("string", "date"): "date",
    ("string", "time"): "time",
    ("string", "date-time"): "datetime",
    ("integer", ""): "integer",
    ("boolean", ""): "boolean",
}


def compile_automation(bench: Workbench, document: Document) -> Automation | None:
    """Return an automation, None if its trigger or its entity cannot be told."""
    body, on = document.body, object_of(document.body, "on")
    kind = choice(on.get("type"), get_args(TriggerType), "create")
    if not on:
        return None
    entity = bench.entity(document, "/entity", body.get("entity"))
    if entity is None and ("entity" in body or kind not in _WITHOUT_RECORD):
        if "entity" not in body:
            bench.report(document, "/on/type", "automation_needs_entity", type=kind)
        return None
    if entity is not None:
        _check_kind(bench, document, entity, kind)
    sight = Sight(bench, document, entity, kind, _payload(bench, document, object_of(on, "payload")))
    # What a schedule looks for is found by the database, which knows neither measures nor OLD.
    whose = bench.scopes.plain(entity) if entity and kind == "schedule" else sight.scope()
    number = body.get("order")
    return Automation(
        module=document.module,
        id=document.id,
        name=document.name,
        title=bench.text(document, "/title", body.get("title")),
        on=_trigger(bench, document, sight, on, kind),
        do=compile_effects(sight, body.get("do"), "/do"),
        entity=entity.key if entity else "",
        order=number if isinstance(number, int) else DEFAULT_ORDER,
        when=bench.formula(document, "", body, "when", whose, BOOLEAN),
        on_failure=choice(body.get("on_failure"), get_args(OnFailure), "refuse"),
        description=bench.text(document, "/description", body.get("description")),
    )


def _check_kind(bench: Workbench, document: Document, entity: Entity, kind: str) -> None:
    if entity.kind == "ledger":
        bench.report(document, "/entity", "automation_on_ledger", entity=entity.title)
    elif kind in _OF_DOCUMENTS and entity.kind != "document":
        bench.report(document, "/on/type", "automation_not_a_document", entity=entity.title, type=kind)


def _trigger(bench: Workbench, document: Document, sight: Sight, on: Part, kind: TriggerType) -> Trigger:
    return Trigger(
        type=kind,
        fields=_fields(bench, document, sight.entity, on),
        every=choice(on.get("every"), get_args(Every), "day"),
        weekday=_number(on, "weekday", 1),
        day=_number(on, "day", 1),
        at=time.fromisoformat(text_of(on, "at", "00:00")),
        timezone=_zone(bench, document, on),
        date=_date_field(bench, document, sight.entity, on),
        days=_number(on, "days", 0),
        title=bench.text(document, "/on/title", on.get("title")),
        roles=_roles(bench, document, on),
        allow=bench.formula(document, "/on", on, "allow", sight.scope(), BOOLEAN),
        secret=text_of(on, "secret"),
        payload=sight.payload,
    )


def _fields(bench: Workbench, document: Document, entity: Entity | None, on: Part) -> tuple[str, ...]:
    found = []
    for at, path in strings(on.get("fields"), "/on/fields"):
        target = resolve(bench.entities, entity, path) if entity else None
        if entity is not None and (target is None or target.hops or target.field is None):
            bench.unknown(document, at, "unknown_field", path, field_names(entity))
        else:
            found.append(path)
    return tuple(found)


def _date_field(bench: Workbench, document: Document, entity: Entity | None, on: Part) -> str:
    name = text_of(on, "field")
    field = entity.field(name) if entity and name else None
    if name and entity and (field is None or field.type != "date" or not field.is_stored):
        dates = [one.name for one in entity.fields if one.type == "date" and one.is_stored]
        bench.unknown(document, "/on/field", "automation_date_field", name, dates)
    return name


def _roles(bench: Workbench, document: Document, on: Part) -> tuple[str, ...]:
    found = (bench.role(document, at, name) for at, name in strings(on.get("roles"), "/on/roles"))
    return tuple(role for role in found if role)


def _zone(bench: Workbench, document: Document, on: Part) -> str:
    name = text_of(on, "timezone")
    try:
        return ZoneInfo(name).key if name else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        bench.report(document, "/on/timezone", "automation_unknown_zone", zone=name)
        return ""


def _number(part: Part, key: str, default: int) -> int:
    value = part.get(key)
    return value if isinstance(value, int) else default


def _payload(bench: Workbench, document: Document, part: Part) -> tuple[Field, ...]:
    """Return the fields of what a webhook brings; they are judged like those of a record."""
    required = {name for _, name in strings(part.get("required"))}
    properties = object_of(part, "properties")
    for at, name in strings(part.get("required"), "/on/payload/required"):
        if name not in properties:
            bench.unknown(document, at, "unknown_field", name, properties)
    fields = []
    for at, name, one in entries(properties, "/on/payload/properties"):
        if not isinstance(one, dict):
            continue
        kind = _KINDS.get((text_of(one, "type"), text_of(one, "format")), "text")
        title = bench.text(document, join(at, "title"), one.get("title", name))
        schema = {key: value for key, value in one.items() if key != "title"}
        scale = FIELD_TYPES["decimal"].default_scale if kind == "decimal" else None
        seen = FIELD_TYPES[kind].expression_type("", "")
        fields.append(
            Field(name, name, title, kind, name in required, schema=schema, scale=scale, expression_type=seen)
        )
    return tuple(fields)
