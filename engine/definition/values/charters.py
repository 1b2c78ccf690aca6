"""Whether the whole of a record obeys the charter of its entity."""

from collections.abc import Mapping, Sequence

from engine.definition.charter import Charter, Place, Shape
from engine.definition.exchange.dialects import broken_charter
from engine.definition.exchange.instances import to_instance
from engine.definition.model import Entity
from engine.definition.values.accept import dump
from engine.paths import join, pointer
from engine.problems import Problem


def charter_problems(entity: Entity, values: Mapping[str, object]) -> tuple[Problem, ...]:
    """Return what canonical values break of the charter, each at the field that holds the place, or at the rest."""
    charter = entity.charter
    return judged(charter, entity, dump(entity, values)) if charter is not None else ()


def judged(charter: Charter, entity: Entity, values: Mapping[str, object]) -> tuple[Problem, ...]:
    """Return what values in their JSON form break of a charter."""
    instance = to_instance(charter, entity.fields, values)
    found = broken_charter(charter.schema, charter.draft, instance, formats=charter.formats)
    return tuple(
        Problem("charter_broken", _field_at(charter.shape, path), {"at": pointer(path), "reason": reason})
        for path, reason in found
    )


def _field_at(shape: Shape, path: Sequence[str | int], start: str = "") -> str:
    """Return the pointer of the field that holds what stands at a path of the instance."""
    members: Mapping[str, Place] = shape.members
    for depth, key in enumerate(path):
        place = members.get(str(key))
        if place is None:
            break
        if place.members is None:
            at, after = join(start, place.field), path[depth + 1 :]
            if place.rows is not None and after and isinstance(after[0], int):
                return _field_at(place.rows, after[1:], join(at, after[0]))
            return at
        members = place.members
    return start
