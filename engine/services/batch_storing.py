"""Storing many judged records together: values, rows, numbers, files and history, as one by one but in few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.definition import values as record_values
from engine.definition.model import Entity
from engine.problems import Problem, errors
from engine.projection.masking import guarded
from engine.services.attachments import attach
from engine.services.evaluation import asking
from engine.services.judging import Judged
from engine.services.link_circles import refuse_moved_circles
from engine.services.numbering import with_numbers_of_many
from engine.services.work import Work
from engine.services.writing import difference, stored_values
from engine.storage.conditions import Leaf
from engine.storage.queries import Queries, Query
from engine.storage.record_batches import Change, insert_records, update_records
from engine.storage.records import Record
from engine.storage.row_changes import record_changes


@dataclass(frozen=True, slots=True)
class Case:
    """One record on its way: what it is now, what was judged of it (None where it could not be), and all findings."""

    place: int
    existing: Record | None
    judged: Judged | None
    problems: tuple[Problem, ...]

    @property
    def is_refused(self) -> bool:
        """Say whether it will not be stored."""
        return self.judged is None or bool(errors(self.problems))

    @property
    def values(self) -> Mapping[str, object]:
        """Return what was judged."""
        return self.judged.values if self.judged else {}

    def to_store(self, entity: Entity) -> dict[str, object]:
        """Return the values that have a column."""
        return stored_values(entity.fields, self.values)


@dataclass(frozen=True, slots=True)
class Stored:
    """One record as it is now."""

    id: str
    version: int
    done: Literal["created", "updated", "unchanged"]


def store(work: Work, entity: Entity, cases: Sequence[Case]) -> list[Stored]:
    """Store new and changed records and return them in the order of the cases.

    Raises Invalid (not unique, or a number that cannot be made) and Forbidden (outside the actor's scope), without saying
    which of the cases is meant.
    """
    new = [case for case in cases if case.existing is None]
    made = dict(zip((case.place for case in new), _create(work, entity, new), strict=True))
    changed = _update(work, entity, [case for case in cases if case.existing is not None])
    return [made[case.place] if case.existing is None else changed[case.existing.id] for case in cases]


def within(work: Work, entity: Entity, ids: Sequence[str], action: str, by: Sequence[str] = ()) -> frozenset[str]:
    """Return those records, of the ones named, that an action of the actor reaches, and on which the fields `by` are open."""
    scopes = work.scopes(action, entity, by)
    if not ids or any(scope.kind == "all" for scope in scopes):
        return frozenset(ids)
    query = Query(where=Leaf("id", "in", tuple(ids)), scopes=scopes, limit=len(ids), environment=asking(work))
    return frozenset(Queries(work.tx, work.tables).ids(entity.key, query))


def _create(work: Work, entity: Entity, cases: Sequence[Case]) -> list[Stored]:
    if not cases:
        return []
    judged = [(case.judged.values, case.judged.env) for case in cases if case.judged is not None]
    status = "draft" if entity.kind == "document" else ""
    made = insert_records(
        work.tx,
        work.tables,
        entity.key,
        with_numbers_of_many(work, entity, judged),
        actor=work.ctx.actor.id,
        now=work.ctx.now,
        status=status,
    )
    if len(within(work, entity, list(made), "create")) < len(made):
        raise work.outside("create", entity)
    for record_id, values in made.items():
        attach(work, entity, record_id, values)
    work.audit_many(
        "create",
        entity.key,
        {key: {"version": 1, "after": guarded(entity, record_values.dump(entity, one))} for key, one in made.items()},
    )
    return [Stored(record_id, _answered(work, entity, record_id, None), "created") for record_id in made]


def _update(work: Work, entity: Entity, cases: Sequence[Case]) -> dict[str, Stored]:
    found: dict[str, Stored] = {}
    wanted: dict[str, Change] = {}
    before: dict[str, Record] = {}
    for case in cases:
        if case.existing is None:
            continue
        one = case.existing
        changes = record_changes(one.values, case.to_store(entity), entity.tables)
        found[one.id] = (
            Stored(one.id, one.version + 1, "updated") if changes else Stored(one.id, one.version, "unchanged")
        )
        if changes:
            before[one.id] = one
            wanted[one.id] = Change(one.id, one.version, one.values, changes, case.values)
            attach(work, entity, one.id, case.values)
    if not wanted:
        return found
    update_records(work.tx, work.tables, entity.key, tuple(wanted.values()), actor=work.ctx.actor.id, now=work.ctx.now)
    if len(within(work, entity, list(wanted), "update")) < len(wanted):
        # Nobody moves a record to where the own grants do not reach.
        raise work.outside("update", entity)
    after = work.records.get_many(entity.key, list(wanted))
    for key, one in after.items():
        refuse_moved_circles(work, entity, before[key], one)
    work.audit_many("update", entity.key, {key: difference(entity, before[key], after[key]) for key in wanted})
    return found | {key: Stored(key, _answered(work, entity, key, before[key]), "updated") for key in wanted}


def _answered(work: Work, entity: Entity, record_id: str, before: Record | None) -> int:
    """Let automations answer to what was stored, and return the version of the record after that."""
    version = before.version + 1 if before else 1
    if not work.configuration.automations_for(entity.key):
        return version
    after = work.records.need(entity.key, record_id)
    done = work.happened("change" if before else "create", entity, after, before)
    return work.records.need(entity.key, record_id).version if done else version
