"""What automations do to records: the same paths as for people, so the same rules hold and the same history is written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.definition import FIELD_TYPES
from engine.definition.automations import Automation, Effect, Rows
from engine.definition.model import Entity, Field
from engine.definition.values import Entry, from_expression, is_computed
from engine.errors import Invalid
from engine.expressions import Environment, evaluate
from engine.expressions.values import identity
from engine.problems import Problem
from engine.services.automations.occasion import Occasion, each_place
from engine.services.lifecycle import submit_record
from engine.services.work import Work
from engine.services.writing import create_record, update_record
from engine.storage.ledgers import Source
from engine.storage.queries import Queries, Query
from engine.storage.records import Record

MOST_FOUND = 1000
"""How many records one effect may change."""


@dataclass(frozen=True, slots=True)
class Task:
    """One effect of one run. `env` is what its expressions see; `number` its place among the effects, from 0."""

    work: Work
    automation: Automation
    occasion: Occasion
    effect: Effect
    env: Environment
    run: str
    number: int


def create(task: Task) -> None:
    """Make a record, or one for each row, and hand it in where that is asked for."""
    entity = opened(task.work.entity(task.effect.entity))
    for _, env in asked_places(task):
        payload: dict[str, object] = _payload(entity.fields, task.effect.values, env)
        for name, rows in task.effect.rows.items():
            table = entity.field(name)
            payload[name] = _new_rows(table, rows, env) if table else []
        record, _ = create_record(task.work, entity, payload)
        if task.effect.submit:
            submit_record(task.work, entity, record.id, record.version)


def update(task: Task) -> None:
    """Change the record itself, or those that a condition finds."""
    entity = opened(task.work.entity(task.effect.entity))
    for _, env in asked_places(task):
        if task.effect.where is None:
            _change(task, entity, _own(task), env)
            continue
        for record_id in _found(task, entity, env):
            record = task.work.records.need(entity.key, record_id, lock=True)
            there = _at_found(task, record, env)
            # What was changed meanwhile, by the one before perhaps, need not fit any more.
            if evaluate(task.effect.where, there) is True:
                _change(task, entity, record, there)


def post(task: Task) -> None:
    """Write entries to a ledger; the key of each is the document, the effect and the row, so twice is once."""
    ledger, own = task.work.entity(task.effect.entity), _own(task)
    fields = {field.name: field for field in ledger.fields}
    posting = f"{task.automation.module}.{task.automation.id}:{task.number}"
    entries = []
    for index, env in asked_places(task):
        values = {
            name: from_expression(fields[name], evaluate(value, env)) for name, value in task.effect.values.items()
        }
        line = str(env.row["id"]) if index is not None and env.row is not None else ""
        entries.append(Entry(posting, ledger.key, line, values))
    ctx = task.work.ctx
    task.work.ledgers.reserve(Source(own.entity, own.id), entries, actor=ctx.actor.id, now=ctx.now, stage="effective")


def submit(task: Task) -> None:
    """Hand the document in."""
    for _ in asked_places(task):
        record = _own(task)
        submit_record(task.work, task.work.entity(record.entity), record.id, record.version)


def asked_places(task: Task) -> list[tuple[int | None, Environment]]:
    """Return the environments for which an effect is done: the record's, or those of the rows that fulfil its condition."""
    when = task.effect.when
    found = list(each_place(task.env, task.effect.each))
    return [(index, env) for index, env in found if when is None or evaluate(when, env) is True]


def opened(entity: Entity) -> Entity:
    """Return the entity as an automation may write it: what people may not type in, it may set; what is computed, it may not."""
    return replace(entity, fields=_opened(entity.fields))


def _opened(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(
        replace(field, read_only=field.read_only and is_computed(field), fields=_opened(field.fields))
        for field in fields
    )


def _own(task: Task) -> Record:
    record = task.occasion.record
    if record is None:
        raise Invalid([Problem("automation_without_record", params={"type": task.effect.type})])
    return task.work.records.need(record.entity, record.id, lock=True)


def _change(task: Task, entity: Entity, record: Record, env: Environment) -> None:
    payload = _payload(entity.fields, task.effect.values, env)
    update_record(task.work, entity, record.id, record.version, payload)


def _found(task: Task, entity: Entity, env: Environment) -> tuple[str, ...]:
    """Return the ids of the records that are looked for. Raises Invalid where there are too many."""
    where = task.effect.where
    asked = replace(env, values={**env.values, "RECORD": _record(env)}, row=None, rows_as=None)
    query = Query(expressions=(where,) if where else (), environment=asked, limit=MOST_FOUND + 1)
    ids = Queries(task.work.tx, task.work.tables).ids(entity.key, query)
    if len(ids) > MOST_FOUND:
        raise Invalid([Problem("automation_finds_many", params={"entity": entity.title, "limit": MOST_FOUND})])
    return tuple(sorted(ids))


def _at_found(task: Task, record: Record, env: Environment) -> Environment:
    given = {"RECORD": _record(env)} | {name: env.values[name] for name in ("PAYLOAD",) if name in env.values}
    return replace(env, values={**record.named, **given}, row=None, rows_as=None, row_number=None)


def _record(env: Environment) -> Mapping[str, object]:
    return {**env.values, **(env.row or {})}


def _payload(fields: tuple[Field, ...], values: Mapping[str, object], env: Environment) -> dict[str, object]:
    """Return values as they would be sent: JSON by field name."""
    known = {field.name: field for field in fields}
    return {name: _sent(known[name], value, env) for name, value in values.items() if name in known}


def _sent(field: Field, formula: object, env: Environment) -> object:
    value = from_expression(field, identity(evaluate(formula, env)))  # type: ignore[arg-type]  # values are compiled
    return None if value is None else FIELD_TYPES[field.type].to_json(value)


def _new_rows(table: Field, rows: Rows, env: Environment) -> list[dict[str, object]]:
    return [
        _payload(table.fields, rows.values, place)
        for _, place in each_place(replace(env, row=None, rows_as=None), rows.each)
        if rows.when is None or evaluate(rows.when, place) is True
    ]
