"""Creating and changing records."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.definition import values as record_values
from engine.definition.model import Entity, Field
from engine.definition.rows import rows_of
from engine.definition.values import differences
from engine.errors import Conflict, Forbidden, Invalid, Stale
from engine.problems import errors
from engine.projection.masking import guarded, guarded_pair
from engine.services.access import access_on
from engine.services.attachments import attach
from engine.services.context import Context
from engine.services.evaluation import environment
from engine.services.given import with_given
from engine.services.installation import Installation
from engine.services.judging import Judged, judge
from engine.services.link_circles import refuse_moved_circles
from engine.services.merging import on_top
from engine.services.numbering import with_numbers
from engine.services.reading import record_view, require_granted, require_visible, seen_values, visible
from engine.services.references import References
from engine.services.seats import step_access
from engine.services.unfinished import end
from engine.services.wording import problem_view
from engine.services.work import Work, reading, writing
from engine.storage.records import Record
from engine.storage.row_changes import record_changes

OPEN_STATUSES = frozenset({"", "draft", "returned"})
"""A document may be changed while it is not in approval and has no effect; masters always."""


def template(installation: Installation, ctx: Context, key: str) -> dict[str, Any]:
    """Return what a new record starts with."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        work.require("create", entity)
        env = environment(work, References(work), {})
        values, _ = record_values.compute(entity, record_values.fill(entity, {}, env), env)
        return {"values": seen_values(entity, values, work.rights.new_access(entity), ctx.language)}


def check(
    installation: Installation,
    ctx: Context,
    key: str,
    payload: Mapping[str, object],
    record_id: str | None,
    moment: str,
) -> dict[str, Any]:
    """Judge a record without storing it: computed values and all findings."""
    with reading(installation, ctx) as work:
        entity = work.entity(key)
        existing = require_visible(work, entity, record_id, "read") if record_id else None
        access = step_access(work, entity, existing) if existing else None
        if access is None:
            work.require("update" if existing else "create", entity)
            access = access_on(work, entity, existing) if existing else work.rights.new_access(entity)
        judged = judge(work, entity, payload, existing, moment=moment, access=access)
        return {
            "values": seen_values(entity, judged.values, access, ctx.language),
            "problems": [problem_view(problem, ctx.language) for problem in judged.problems],
        }


def create(
    installation: Installation, ctx: Context, key: str, payload: Mapping[str, object], *, finishes: bool = False
) -> dict[str, Any]:
    """Create a record; with `finishes` the actor's unfinished form of a new one is done with. Raises Invalid with every finding, Forbidden."""

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        record, judged = create_record(work, entity, payload)
        if finishes:
            end(work, entity)
        return answer(work, entity, record, judged)

    return writing(installation, ctx, act)


def create_record(work: Work, entity: Entity, payload: Mapping[str, object]) -> tuple[Record, Judged]:
    """Create a record within a use case."""
    refuse_ledger(entity)
    work.require("create", entity)
    judged = judge(work, entity, payload, None, access=work.rights.new_access(entity))
    _refuse(judged)
    values = with_numbers(work, entity, judged.values, judged.env)
    status = "draft" if entity.kind == "document" else ""
    record = work.records.insert(entity.key, values, actor=work.ctx.actor.id, now=work.ctx.now, status=status)
    if not visible(work, entity, record, "create"):
        raise Forbidden("create", entity.key, "outside_scope", entity.title)
    attach(work, entity, record.id, values)
    work.audit(
        "create",
        entity.key,
        record.id,
        {"version": 1, "after": guarded(entity, record_values.dump(entity, record.values))},
    )
    if work.happened("create", entity, record):
        record = work.records.need(entity.key, record.id)
    return record, judged


def update(
    installation: Installation,
    ctx: Context,
    key: str,
    record_id: str,
    version: int,
    payload: Mapping[str, object],
    *,
    strict: bool = False,
    finishes: bool = False,
) -> dict[str, Any]:
    """Change a record on the version that the actor saw; with `finishes` the actor's unfinished form of it is done with.

    Where others changed something else meanwhile, the changes are put together, and the answer has `merged`; where they changed the
    same, MergeConflict is raised. With `strict` every older version is Stale. Raises Invalid, Forbidden, NotFound, Conflict.
    """

    def act(work: Work) -> dict[str, Any]:
        entity = work.entity(key)
        if finishes:
            end(work, entity, record_id)
        try:
            return answer(work, entity, *update_record(work, entity, record_id, version, payload))
        except Stale:
            if strict:
                raise
        change = on_top(work, entity, record_id, version, payload)
        record, judged = update_record(work, entity, record_id, change.version, change.payload)
        return answer(work, entity, record, judged) | {"merged": change.note}

    return writing(installation, ctx, act)


def update_record(
    work: Work,
    entity: Entity,
    record_id: str,
    version: int,
    payload: Mapping[str, object],
    note: Mapping[str, Any] | None = None,
) -> tuple[Record, Judged]:
    """Change a record within a use case; `note` is kept in its history."""
    refuse_ledger(entity)
    existing = require_visible(work, entity, record_id, "read", lock=True)
    at_step = step_access(work, entity, existing)
    if at_step is None:
        require_granted(work, entity, existing, "update")
        if existing.status not in OPEN_STATUSES:
            raise Conflict("not_open", {"status": existing.status})
    _refuse_stale(existing, version)
    # An automation has rights of its own; a step that asks the actor only says that the record is open now.
    access = at_step if at_step is not None and not work.acting.chain else access_on(work, entity, existing)
    judged = judge(work, entity, payload, existing, access=access)
    _refuse(judged)
    changes = record_changes(existing.values, stored_values(entity.fields, judged.values), entity.tables)
    if not changes:
        return existing, judged
    work.records.update(
        entity.key,
        record_id,
        version,
        changes.values,
        changes.rows,
        actor=work.ctx.actor.id,
        now=work.ctx.now,
        whole=judged.values,
    )
    attach(work, entity, record_id, judged.values)
    after = work.records.need(entity.key, record_id)
    refuse_moved_circles(work, entity, existing, after)
    if at_step is None:
        # Nobody moves a record to where the own grants do not reach.
        require_granted(work, entity, after, "update", fresh=True)
    work.audit("update", entity.key, record_id, difference(entity, existing, after) | dict(note or {}))
    if work.happened("change", entity, after, existing):
        after = work.records.need(entity.key, record_id)
    return after, judged


def stored_values(fields: Sequence[Field], values: Mapping[str, object]) -> dict[str, object]:
    """Return values without those that are looked up elsewhere: they have no column, so they are no change."""
    values = with_given(fields, values)
    kept: dict[str, object] = {"id": values["id"]} if "id" in values else {}
    for field in fields:
        if field.name in values and (field.is_stored or field.is_table):
            value = values[field.name]
            kept[field.name] = [stored_values(field.fields, row) for row in rows_of(value)] if field.is_table else value
    return kept


def difference(entity: Entity, before: Record, after: Record) -> dict[str, Any]:
    """Return what history keeps of a change: the new version, and what differs."""
    old, new = guarded_pair(entity, before.values, after.values)
    return {"version": after.version, "since": before.version} | differences.difference(entity.fields, old, new)


def answer(work: Work, entity: Entity, record: Record, judged: Judged) -> dict[str, Any]:
    """Return a record that was just written, with the findings that did not block it."""
    shown = record_view(work, entity, record, judged.references)
    return shown | {"warnings": [problem_view(problem, work.ctx.language) for problem in judged.warnings]}


def _refuse(judged: Judged) -> None:
    if errors(judged.problems):
        raise Invalid(judged.problems)


def _refuse_stale(existing: Record, version: int) -> None:
    if existing.version != version:
        raise Stale(version, existing.version)


def refuse_ledger(entity: Entity) -> None:
    """Refuse to write to a ledger by hand. Raises Forbidden."""
    if entity.kind == "ledger":
        raise Forbidden("update", entity.key, "ledger_is_written_by_postings", entity.title)
