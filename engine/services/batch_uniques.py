"""What must be unique, asked for many records together: among them in their order, and against what is stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.definition.model import Entity, Unique
from engine.problems import Problem
from engine.services.batch_storing import Case
from engine.services.work import Work
from engine.storage.line_values import Line, lines_of, table_of
from engine.storage.locks import lock_keys
from engine.storage.not_unique import problem
from engine.storage.record_batches import keep_writers_out
from engine.storage.uniqueness import holders, key_of, repeated, target_of, uniques_of

_Values = tuple[object, ...]
MOST_LOCKS = 1000
"""Above this many combinations the table is kept from other writers instead: a server has room for few thousand locks."""


@dataclass(frozen=True, slots=True)
class _Asked:
    unique: Unique
    table: str
    has_index: bool


class Uniques:
    """Knows who holds which combination of values, in the database and among the records of a batch that came before."""

    def __init__(self, work: Work, entity: Entity, *, locking: bool) -> None:
        self._work = work
        self._entity = entity
        self._locking = locking
        self._locks = 0
        place = work.tables.entity(entity.key)
        self._asked = [
            _Asked(
                unique,
                table_of(unique.fields, unique.each),
                not unique.each and all(name in place.columns for name in unique.fields),
            )
            for unique in uniques_of(entity)
        ]
        self._holders: dict[tuple[int, _Values], set[str]] = {}
        self._claims: dict[tuple[int, _Values], str] = {}
        self._moved: set[str] = set()

    def read(self, records: Sequence[Mapping[str, object]]) -> None:
        """Ask who holds what the records want, in one statement for each combination of fields."""
        self._holders.clear()
        for number, asked in enumerate(self._asked):
            lines = {line.values: line for values in records for line in self._lines(asked, values)}
            if lines:
                self._lock(asked, list(lines.values()))
                wanted = list(lines.values())
                args = (self._work.tx, self._work.tables, self._entity, asked.unique.fields, asked.table, wanted)
                for at, holder in holders(*args):
                    self._holders.setdefault((number, wanted[at].values), set()).add(holder)

    def judged(self, case: Case) -> Case:
        """Return a case with what is taken of what it wants; else it has it from now on."""
        own = case.existing.id if case.existing else f"#{case.place}"
        found = tuple(self._problems(case.values, own))
        if found:
            return replace(case, problems=(*case.problems, *found))
        self._moved.add(own)
        for number, asked in enumerate(self._asked):
            for line in self._lines(asked, case.values):
                self._claims[number, line.values] = own
        return case

    def _problems(self, values: Mapping[str, object], own: str) -> Iterator[Problem]:
        for number, asked in enumerate(self._asked):
            lines = list(self._lines(asked, values))
            twice = repeated(lines)
            for line in lines:
                if line in twice or self._is_taken((number, line.values), own):
                    at = line.at(self._entity, asked.table, target_of(asked.unique.fields, asked.table))
                    yield problem(self._entity, asked.unique.fields, at, asked.unique.message)

    def _is_taken(self, key: tuple[int, _Values], own: str) -> bool:
        # What a record of the batch held before is free again, once that record has been judged.
        others = self._holders.get(key, set()) - self._moved - {own}
        return bool(others) or self._claims.get(key, own) != own

    def _lines(self, asked: _Asked, values: Mapping[str, object]) -> list[Line]:
        found = lines_of(self._entity, values, asked.unique.fields, asked.table)
        return [line for line in found if None not in line.values]

    def _lock(self, asked: _Asked, lines: Sequence[Line]) -> None:
        # Where the database has a unique index of its own, that refuses the second one.
        if not self._locking or asked.has_index:
            return
        self._locks += len(lines)
        if self._locks > MOST_LOCKS:
            keep_writers_out(self._work.tx, self._work.tables, self._entity.key)
        else:
            lock_keys(self._work.tx, (key_of(self._entity, asked.unique, line) for line in lines))
