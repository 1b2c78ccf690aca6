"""The inbox: what waits for a person, what they did, started and were told."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.definition.model import Entity
from engine.projection.flow_cards import title_of
from engine.projection.texts import in_language
from engine.services.approvals import seat_key
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.reach import closed_paths
from engine.services.references import USER, References, label, target
from engine.services.work import Work, reading
from engine.storage.inbox import Box, Inbox, InboxLine

_BOXES: Mapping[str, Box] = {"todo": "to_do", "done": "done", "started": "started", "copied": "copied"}
_SUMMARY = 3
_SHOWN = frozenset({"reference", "money", "date", "decimal", "text", "select", "user", "integer"})


def page(installation: Installation, ctx: Context, query: Mapping[str, Any]) -> dict[str, Any]:
    """Return one page of a box, each line with a few values of its record."""
    with reading(installation, ctx) as work:
        found = Inbox(work.tx).page(
            _BOXES[query["box"]], ctx.actor.id, limit=query["limit"], after=query["cursor"] or None, search=query["q"]
        )
        references = References(work)
        references.prefetch(USER, [line.started_by for line in found.lines])
        values = _values(work, found.lines)
        return {
            "items": [_line(work, line, references, values) for line in found.lines],
            "next_cursor": found.next_cursor,
        }


def counts(installation: Installation, ctx: Context) -> dict[str, Any]:
    """Return how many wait for a person, and how many copies are not read."""
    with installation.database.reading() as tx:
        found = Inbox(tx).counts(ctx.actor.id)
    return {"todo": found["to_do"], "copied_unread": found["copied"]}


def _values(work: Work, lines: Iterable[InboxLine]) -> dict[str, Mapping[str, object]]:
    """Return the summary fields of the records of a page: one statement for each entity."""
    wanted: dict[str, list[str]] = {}
    for line in lines:
        if line.entity in work.configuration.entities:
            wanted.setdefault(line.entity, []).append(line.record_id)
    found: dict[str, Mapping[str, object]] = {}
    for key, ids in wanted.items():
        found |= work.records.many(key, ids, _summary_fields(work, work.entity(key)))
    return found


def _summary_fields(work: Work, entity: Entity) -> list[str]:
    """Return the first fields that say what a document is about, amounts before all; what the actor may not see is left out."""
    hidden = closed_paths(work, entity)
    usable = [
        one
        for one in entity.fields
        if one.is_stored and one.type in _SHOWN and one.name not in hidden | {entity.display}
    ]
    amounts = [one.name for one in usable if one.type == "money" and one.formula][-1:]
    plain = [
        one.name
        for one in usable
        if one.type in {"reference", "date", "user"} and (one.required or one.type == "reference")
    ]
    return [*plain[: _SUMMARY - len(amounts)], *amounts]


def _line(
    work: Work, line: InboxLine, references: References, values: Mapping[str, Mapping[str, object]]
) -> dict[str, Any]:
    language, entity = work.ctx.language, work.configuration.entities.get(line.entity)
    flow = work.configuration.flows.get(line.flow)
    starter = references.get(USER, line.started_by)
    return {
        "seat_id": seat_key(line.instance_id, line.seat) if line.seat is not None else None,
        "rev": line.seat_rev,
        "entity": line.entity,
        "entity_title": in_language(entity.title, language) if entity else line.entity,
        "record_id": line.record_id,
        "record_label": line.title,
        "summary": _summary(work, entity, values.get(line.record_id, {}), references) if entity else [],
        "node_title": title_of(flow, line.node, language) if flow and line.node else "",
        "flow_title": in_language(flow.title, language) if flow else line.flow,
        "started_by": {"id": line.started_by, "name": str(starter["name"]) if starter else line.started_by},
        "started_at": line.started_at.isoformat(),
        "arrived_at": line.at.isoformat(),
        "status": line.status,
        "seat_status": line.seat_status,
        "read": line.read_at is not None,
    }


def _summary(work: Work, entity: Entity, values: Mapping[str, object], references: References) -> list[dict[str, Any]]:
    shown = []
    for name, value in values.items():
        field = entity.field(name)
        if field is None or value is None:
            continue
        text = str(value)
        if field.type in {"reference", "user", "department"}:
            shape = target(entity, field)
            text = label(work.configuration, shape, references.get(shape, text), text)
        shown.append(
            {"name": name, "title": in_language(field.title, work.ctx.language), "value": text, "type": field.type}
        )
    return shown
