"""Values of lists on their way out: in the JSON form of their type, masked where the actor sees them so."""

from decimal import Decimal
from typing import Any

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity
from engine.services.filters import to_json
from engine.services.reach import Reached, reach
from engine.services.work import Work


def as_shown(work: Work, entity: Entity, path: str, value: object) -> Any:
    """Return the JSON form of a canonical value at a path; blank for one that the actor does not see."""
    if value is None:
        return None
    found = _reached(work, entity, path)
    if found is None:
        return None
    kind = FIELD_TYPES[found.field.type]
    if found.masked:
        return kind.mask(value, found.field, work.ctx.language)
    return to_json(kind.to_json(value))


def total(work: Work, entity: Entity, path: str, function: str, value: object) -> Any:
    """Return the JSON form of what a function made of the values at a path: a count and a number stay numbers.

    Sums and averages are numbers of the unit in which values are stored; the least and the greatest are values.
    """
    if function in {"min", "max"} and not isinstance(value, Decimal):
        return as_shown(work, entity, path, value)
    return to_json(value)


def _reached(work: Work, entity: Entity, path: str) -> Reached | None:
    key = ("reached", entity.key, path)
    if key not in work.memo:
        work.memo[key] = reach(work, entity, path)
    found = work.memo[key]
    return found if isinstance(found, Reached) else None
