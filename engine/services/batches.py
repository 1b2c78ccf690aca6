"""Many records written at once: judged one by one as anywhere else, stored together.

What takes time are the questions to the database. A batch asks them once for all: what is pointed at, what is unique,
which numbers come next, what the actor's grants reach. The meaning stays that of writing the records one after the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.definition.model import Entity, Rule
from engine.definition.rows import every_field, source_parts
from engine.errors import Conflict, FormworkError, NotFound, Stale
from engine.expressions import Compiled
from engine.expressions.tree import Lookup, walk
from engine.problems import Problem
from engine.projection.rights import Levels
from engine.services.access import access_on_many
from engine.services.batch_storing import Case, store, within
from engine.services.batch_uniques import Uniques
from engine.services.judging import judge
from engine.services.lifecycle import submit_record
from engine.services.references import References, pointing, target
from engine.services.seats import seats_on
from engine.services.seen_references import unseen
from engine.services.work import Work
from engine.services.writing import OPEN_STATUSES, refuse_ledger
from engine.storage.record_batches import lock_records
from engine.storage.records import Record
from engine.storage.row_changes import record_changes

Done = Literal["created", "updated", "unchanged", "refused"]
CHUNK = 500
"""How many records are stored together: more makes nothing faster."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One record to write: a new one, or with `record_id` a change, on `version` where somebody saw one.

    `place` is whatever the caller knows it by: a line of a file, a place in a list. `problems` were found before; with an
    error among them nothing is written.
    """

    place: int
    values: Mapping[str, object]
    record_id: str = ""
    version: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a wish, or would become of it. `values` are what was judged; `problems` has warnings too."""

    place: int
    done: Done
    record_id: str = ""
    version: int = 0
    values: Mapping[str, object] | None = None
    problems: tuple[Problem, ...] = ()


class Batch:
    """Writes many records of one entity within a use case.

    Without `stores` it only says what would become of them; `submits` hands every document in as well.
    """

    def __init__(self, work: Work, entity: Entity, *, stores: bool = True, submits: bool = False) -> None:
        refuse_ledger(entity)
        self._work = work
        self._entity = entity
        self._stores = stores
        self._submits = submits
        self._references = References(work)
        self._uniques = Uniques(work, entity, locking=stores)
        self._new_access = work.rights.new_access(entity)
        self._one_by_one = submits or depends_on_others(work, entity)

    def write(self, wishes: Sequence[Wish]) -> list[Written]:
        """Write records and return what became of each, in their order. A refused one leaves the others as they are.

        Raises Forbidden when the actor may not create, or not change, any record of the entity.
        """
        for action, with_id in (("create", False), ("update", True)):
            if any(bool(wish.record_id) is with_id for wish in wishes):
                self._work.require(action, self._entity)
        chunks = _chunks(wishes, 1 if self._one_by_one else CHUNK)
        return [written for chunk in chunks for written in self._chunk(chunk)]

    def _chunk(self, wishes: Sequence[Wish]) -> list[Written]:
        self._read_together(wishes)
        known = self._existing(wishes)
        reach = within(self._work, self._entity, list(known), "update")
        access = access_on_many(self._work, self._entity, list(known))
        cases = [self._case(wish, known.get(wish.record_id), reach, access) for wish in wishes]
        if not self._one_by_one:
            cases = self._uniquely(cases)
        good = [case for case in cases if not case.is_refused]
        answers = self._stored(good) if self._stores else {case.place: self._foreseen(case) for case in good}
        if self._one_by_one:
            self._references.forget(self._entity.key)
        return [answers[case.place] if case.place in answers else _refused(case) for case in cases]

    def _read_together(self, wishes: Sequence[Wish]) -> None:
        """Read what all of them point at: one statement for each entity pointed at."""
        wanted: dict[str, list[str]] = {}
        for wish in wishes:
            for _, field, _, key in pointing(self._entity, wish.values):
                wanted.setdefault(target(self._entity, field), []).append(key)
        for shape, keys in wanted.items():
            self._references.prefetch(shape, keys)
            unseen(self._work, shape, keys)

    def _existing(self, wishes: Sequence[Wish]) -> Mapping[str, Record]:
        """Return the records to change that the actor may see, locked where they are to be stored."""
        work, key = self._work, self._entity.key
        ids = list(dict.fromkeys(wish.record_id for wish in wishes if wish.record_id))
        if not ids:
            return {}
        if self._stores:
            lock_records(work.tx, work.tables, key, ids)
        seen = within(work, self._entity, ids, "read")
        seen |= {one for one in ids if one not in seen and seats_on(work, key, one)}
        found = work.records.get_many(key, sorted(seen))
        for record in found.values():
            self._references.of_record(self._entity, record.values)
        return found

    def _case(self, wish: Wish, existing: Record | None, reach: frozenset[str], access: Mapping[str, Levels]) -> Case:
        refusal = self._refusal(wish, existing, reach) if wish.record_id else None
        if refusal is not None:
            return Case(wish.place, None, None, (*wish.problems, *as_problems(refusal)))
        judged = judge(
            self._work,
            self._entity,
            wish.values,
            existing,
            access=access[existing.id] if existing else self._new_access,
            references=self._references,
            among_many=not self._one_by_one,
        )
        told = {problem.pointer for problem in wish.problems}
        more = (problem for problem in judged.problems if problem.pointer not in told)
        return Case(wish.place, existing, judged, (*wish.problems, *more))

    def _refusal(self, wish: Wish, existing: Record | None, reach: frozenset[str]) -> FormworkError | None:
        """Return why a record cannot be changed at all, as changing it alone would say it."""
        if existing is None:
            return NotFound(self._entity.key, wish.record_id)
        if existing.id not in reach:
            return self._work.outside("update", self._entity)
        if existing.status not in OPEN_STATUSES:
            return Conflict("not_open", {"status": existing.status})
        if wish.version is not None and wish.version != existing.version:
            return Stale(wish.version, existing.version)
        return None

    def _uniquely(self, cases: Sequence[Case]) -> list[Case]:
        """Return the cases with what is taken already, by others or by an earlier one of them."""
        self._uniques.read([case.values for case in cases if not case.is_refused])
        return [case if case.is_refused else self._uniques.judged(case) for case in cases]

    def _stored(self, cases: Sequence[Case]) -> dict[int, Written]:
        """Store cases together; where that is refused, halves of them, down to the one that is at fault."""
        if not cases:
            return {}
        try:
            with self._work.tx.savepoint():
                stored = store(self._work, self._entity, cases)
                if self._submits:
                    for one in stored:
                        submit_record(self._work, self._entity, one.id, one.version)
        except FormworkError as error:
            if len(cases) == 1:
                return {cases[0].place: _refused(cases[0], as_problems(error))}
            middle = len(cases) // 2
            return self._stored(cases[:middle]) | self._stored(cases[middle:])
        return {
            case.place: Written(case.place, one.done, one.id, one.version, case.values, case.problems)
            for case, one in zip(cases, stored, strict=True)
        }

    def _foreseen(self, case: Case) -> Written:
        if case.existing is None:
            return Written(case.place, "created", "", 0, case.values, case.problems)
        changes = record_changes(case.existing.values, case.to_store(self._entity), self._entity.tables)
        done: Done = "updated" if changes else "unchanged"
        return Written(case.place, done, case.existing.id, case.existing.version, case.values, case.problems)


def as_problems(error: FormworkError) -> tuple[Problem, ...]:
    """Return a refusal as findings about one record among many."""
    return error.problems or (Problem(error.code, params=error.params),)


def depends_on_others(work: Work, entity: Entity) -> bool:
    """Say whether storing one record can change what is found of the next, beyond what is unique.

    So it is with intervals that may not overlap, with links that may not close a circle, with records that point at their own kind, with formulas and rules that
    measure records of this kind, and with automations, which may change anything.
    """
    fields = tuple(field for _, field in every_field(entity.fields))
    if work.configuration.automations_for(entity.key):
        return True
    if entity.no_overlap or entity.acyclic or any(target(entity, field) == entity.key for field in fields):
        return True
    asked = [one for field in fields for one in (field.default, field.formula, field.follow)]
    asked += [one for rule in entity.rules if "save" in rule.on for one in _expressions(rule)]
    return any(_measures(work, entity, one) for one in asked if one is not None)


def _chunks(wishes: Sequence[Wish], size: int) -> Iterator[Sequence[Wish]]:
    """Yield stretches of at most `size` wishes in which no record is changed twice."""
    chunk: list[Wish] = []
    changed: set[str] = set()
    for wish in wishes:
        if len(chunk) == size or wish.record_id in changed:
            yield chunk
            chunk, changed = [], set()
        chunk.append(wish)
        changed |= {wish.record_id} - {""}
    if chunk:
        yield chunk


def _expressions(rule: Rule) -> list[Compiled | None]:
    return [rule.check, rule.when, *rule.holes.values()]


def _measures(work: Work, entity: Entity, expression: Compiled) -> bool:
    found = (work.configuration.measure(name, entity.module) for name in expression.measures)
    reads = any(one.formula is not None or source_parts(one.source)[0] == entity.key for one in found)
    return reads or any(isinstance(node, Lookup) for node in walk(expression.tree))


def _refused(case: Case, more: tuple[Problem, ...] = ()) -> Written:
    record_id = case.existing.id if case.existing else ""
    values = case.judged.values if case.judged else None
    return Written(case.place, "refused", record_id, 0, values, (*case.problems, *more))
