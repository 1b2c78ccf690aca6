"""LOOKUP: a field of another record, found by the values of some of its fields."""

from collections.abc import Mapping

from engine.definition.model import Entity
from engine.expressions import Bounds
from engine.services.references import References
from engine.services.work import Work
from engine.storage.conditions import And, Leaf, Operator
from engine.storage.queries import Queries, Query
from engine.storage.record_indexes import DEAD_STATUSES

_OPERATORS: Mapping[str, Operator] = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


class LookUps:
    """Answers LOOKUP within a use case: what is stored now, of records that count, without the record that asks (`own`).

    Several may fit: where a key has to lie above something, the one closest to it is taken; where a key has to lie below
    something, the one closest to that and the newest; else the oldest. Grants are not asked, as a reference is followed.
    """

    def __init__(self, work: Work, references: References, own: str | None = None) -> None:
        self._work = work
        self._references = references
        self._own = own
        self._known: dict[tuple[str, tuple[tuple[str, object], ...]], str | None] = {}

    def __call__(self, shape: str, name: str, keys: Mapping[str, object]) -> object:
        """Return the field of the first record; blank where there is none, or where a key is blank."""
        entity = self._work.configuration.entities.get(shape)
        if entity is None or any(value is None for value in keys.values()):
            return None
        asked = (shape, tuple(keys.items()))
        if asked not in self._known:
            self._known[asked] = self._first(entity, keys)
        found = self._known[asked]
        return None if found is None else self._references(shape, found, name)

    def _first(self, entity: Entity, keys: Mapping[str, object]) -> str | None:
        held = [Leaf("id", "ne", self._own)] if self._own else []
        if entity.kind == "document":
            held.append(Leaf("status", "not_in", DEAD_STATUSES))
        elif entity.kind == "ledger":
            held.append(Leaf("stage", "eq", "effective"))
        sort: list[str] = []
        for name, value in keys.items():
            if isinstance(value, Bounds):
                held += [Leaf(name, _OPERATORS[operator], side) for operator, side in value.sides]
                sort.append(name if value.sides[0][0].startswith(">") else f"-{name}")
            else:
                held.append(Leaf(name, "eq", value))
        newest = any(one.startswith("-") for one in sort)
        query = Query(where=And(tuple(held)), sort=(*sort, "-id" if newest else "id"), limit=1)
        found = Queries(self._work.tx, self._work.tables).ids(entity.key, query)
        return found[0] if found else None
