"""What a bulk request asks for, row by row: read, checked, and done in stretches of rows that can be written together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Literal, cast, get_args

from engine.definition.model import Entity, Unique
from engine.errors import FormworkError, Invalid
from engine.paths import join
from engine.problems import Problem
from engine.services.batch_deleting import Leaving, alone, delete_together
from engine.services.batches import CHUNK, Batch, Wish, as_problems
from engine.services.deleting import delete_record
from engine.services.keys import find, key_problems, unique_key, with_references
from engine.services.lifecycle import submit_record
from engine.services.wording import problem_view
from engine.services.work import Work

Verb = Literal["create", "update", "upsert", "delete", "submit"]
Status = Literal["created", "updated", "unchanged", "deleted", "submitted", "refused"]
_WRITES = frozenset({"create", "update", "upsert"})


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of a bulk request; `row` is its place. Without `version` the record is taken as it is."""

    row: int
    op: Verb
    id: str = ""
    version: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    submit: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one row. `problems` has warnings too."""

    row: int
    status: Status
    id: str = ""
    version: int = 0
    problems: tuple[Problem, ...] = ()

    def view(self, language: str) -> dict[str, Any]:
        """Return the result as it travels."""
        told = [problem_view(problem, language) for problem in self.problems]
        return {"row": self.row, "status": self.status, "id": self.id, "version": self.version, "problems": told}


def read_operations(given: Sequence[Mapping[str, Any]]) -> list[Operation]:
    """Return operations as they were sent. Raises Invalid with a finding for each that cannot be read."""
    problems: list[Problem] = []
    found = [_read(row, one, problems) for row, one in enumerate(given)]
    if problems:
        raise Invalid(problems)
    return found


def _read(row: int, one: Mapping[str, Any], problems: list[Problem]) -> Operation:
    at = join("/operations", row)
    shapes = {"id": str, "values": dict, "submit": bool, "reason": str, "version": int}
    for name, value in one.items():
        wanted = shapes.get(name)
        if name != "op" and (wanted is None or not isinstance(value, wanted) or (wanted is int and value is True)):
            problems.append(Problem("operation_malformed", join(at, name), {"name": str(name)[:80]}))
    op = one.get("op")
    if op not in get_args(Verb):
        problems.append(Problem("operation_unknown", join(at, "op"), {"op": str(op)[:80], "known": get_args(Verb)}))
    elif op in {"update", "delete", "submit"} and not one.get("id"):
        problems.append(Problem("operation_needs_id", join(at, "id"), {"op": op}))
    known: dict[str, Any] = {
        name: value for name, value in one.items() if name in shapes and isinstance(value, shapes[name])
    }
    return Operation(row, cast(Verb, op), **known)


class Bulk:
    """Does operations on records of one entity within a use case; a refused one leaves the others as they are."""

    def __init__(self, work: Work, entity: Entity, key: Sequence[str] = ()) -> None:
        self._work = work
        self._entity = entity
        self._unique: Unique | None = unique_key(work, entity, key) if key else None

    def do(self, operations: Sequence[Operation]) -> list[Result]:
        """Do operations in their order and return what became of each. Raises Forbidden, Invalid without a key to go by."""
        found: list[Result] = []
        for stretch in _stretches(operations):
            if stretch[0].op in _WRITES:
                found += self._written(stretch)
            elif stretch[0].op == "delete":
                found += [
                    one
                    for start in range(0, len(stretch), CHUNK)
                    for one in self._deleted(stretch[start : start + CHUNK])
                ]
            else:
                found += [self._alone(one) for one in stretch]
        return found

    def _deleted(self, stretch: Sequence[Operation]) -> list[Result]:
        """Delete records in their order: together as far as nothing points at them."""
        leaving = [Leaving(one.row, one.id, one.version, one.reason) for one in stretch]
        apart = alone(self._work, self._entity, leaving) if len(stretch) > 1 else {stretch[0].row}
        found: list[Result] = []
        for is_apart, some in groupby(stretch, lambda one: one.row in apart):
            run = list(some)
            found += [self._alone(one) for one in run] if is_apart else self._gone(run)
        return found

    def _gone(self, run: Sequence[Operation]) -> list[Result]:
        work = self._work
        try:
            with work.tx.savepoint():
                leaving = [Leaving(one.row, one.id, one.version, one.reason) for one in run]
                done = delete_together(work, self._entity, leaving)
        except FormworkError:
            # One of them is held in this very moment: each for itself says which.
            done = {}
        work.memo.clear()
        return [self._gone_one(one, *done[one.row]) if one.row in done else self._alone(one) for one in run]

    def _gone_one(self, one: Operation, version: int, refusal: FormworkError | None) -> Result:
        if refusal is not None:
            return Result(one.row, "refused", one.id, 0, as_problems(refusal))
        return Result(one.row, "deleted", one.id, version)

    def _written(self, stretch: Sequence[Operation]) -> list[Result]:
        """Write records together; where a key comes twice, what comes later finds what came before."""
        results: list[Result] = []
        for part in self._parts(stretch):
            wishes = self._wishes(part)
            # A batch of its own for each part: one that goes on would hold a new record for a stranger to its own key.
            batch = Batch(self._work, self._entity, submits=stretch[0].submit)
            results += [
                Result(one.place, one.done, one.record_id, one.version, one.problems) for one in batch.write(wishes)
            ]
        return results

    def _parts(self, stretch: Sequence[Operation]) -> Iterator[Sequence[Operation]]:
        if self._unique is None:
            yield stretch
            return
        part: list[Operation] = []
        seen: set[str] = set()
        for one in stretch:
            said = repr([one.values.get(name) for name in self._unique.fields]) if one.op == "upsert" else ""
            if said in seen:
                yield part
                part, seen = [], set()
            part.append(one)
            seen |= {said} - {""}
        yield part

    def _wishes(self, part: Sequence[Operation]) -> list[Wish]:
        wishes = []
        for one in part:
            values, problems = with_references(self._work, self._entity, one.values)
            more = key_problems(self._entity, self._unique, values) if one.op == "upsert" and self._unique else []
            wishes.append(Wish(one.row, values, one.id, one.version, (*problems, *more)))
        return self._by_key(part, wishes)

    def _by_key(self, part: Sequence[Operation], wishes: Sequence[Wish]) -> list[Wish]:
        upserts = [number for number, one in enumerate(part) if one.op == "upsert"]
        if not upserts:
            return list(wishes)
        if self._unique is None:
            raise Invalid([Problem("operation_needs_key", "/key", {})])
        ids = find(self._work, self._entity, self._unique, [wishes[number].values for number in upserts])
        known = dict(zip(upserts, ids, strict=True))
        return [replace(wish, record_id=known.get(number, wish.record_id)) for number, wish in enumerate(wishes)]

    def _alone(self, one: Operation) -> Result:
        work, entity = self._work, self._entity
        try:
            with work.tx.savepoint():
                version = one.version if one.version is not None else work.records.need(entity.key, one.id).version
                if one.op == "delete":
                    delete_record(work, entity, one.id, version, one.reason)
                    return Result(one.row, "deleted", one.id, version)
                record, judged = submit_record(work, entity, one.id, version)
                return Result(one.row, "submitted", one.id, record.version, judged.warnings)
        except FormworkError as error:
            # What was read inside may have been undone with it.
            work.memo.clear()
            return Result(one.row, "refused", one.id, 0, as_problems(error))


def _kind(one: Operation) -> tuple[str, bool]:
    return ("write" if one.op in _WRITES else one.op), one.submit


def _stretches(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    """Yield runs of operations that can be done together."""
    run: list[Operation] = []
    for one in operations:
        if run and _kind(one) != _kind(run[-1]):
            yield run
            run = []
        run.append(one)
    if run:
        yield run
