"""What an approval gives a person beside grants: to see the record, and to write what the step lets be written."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.definition.model import Entity
from engine.definition.rows import every_field
from engine.services.access import access_on
from engine.services.work import Work
from engine.storage.instances import Instance, Instances
from engine.storage.participants import takes_part
from engine.storage.records import Record
from engine.workflow import FieldAccess, Program, field_access

_STRICT = ("hidden", "mask", "read", "write", "required")
_IN_FLOW = frozenset({"in_approval", "approved", "rejected", "void"})


@dataclass(frozen=True, slots=True)
class Running:
    """The newest approval of a record, with all of its seats and the program that it is pinned to."""

    instance: Instance
    program: Program


def seats_on(work: Work, entity: str, record_id: str) -> bool:
    """Say whether the actor started, decides, decided or was told of an approval of a record."""
    return takes_part(work.tx, entity, record_id, work.ctx.actor.id)


def running(work: Work, entity: Entity, record_id: str) -> Running | None:
    """Return the newest approval of a record, None where there never was one; read once in a use case."""
    key = ("running", entity.key, record_id)
    if key not in work.memo:
        latest = Instances(work.tx).latest_of(entity.key, record_id)
        work.memo[key] = _whole(work, latest) if latest else None
    found = work.memo[key]
    return found if isinstance(found, Running) else None


def step_access(work: Work, entity: Entity, record: Record) -> Mapping[str, str] | None:
    """Return the access to every path while the actor sits at a step that lets something be written.

    None where there is no such step; then grants alone decide.
    """
    found = _at_step(work, entity, record) if record.status == "in_approval" else None
    if found is None or not {"write", "required"} & set(found.fields.values()):
        return None
    return {path: found.of(path) for path in _paths(entity)}


def held_access(work: Work, entity: Entity, record: Record) -> dict[str, str]:
    """Return what is not freely writable of a record for the actor now, by path.

    What a role hides stays hidden, unless the step that asks the actor lets it be written. While a document is in approval
    nothing else is writable.
    """
    by_role: dict[str, str] = dict(access_on(work, entity, record))
    if entity.kind != "document" or record.status not in _IN_FLOW or entity.key not in work.with_flow:
        return by_role
    at_step = _at_step(work, entity, record)
    if at_step is not None:
        return {path: _opened(by_role.get(path, "write"), at_step.of(path)) for path in _paths(entity)}
    found = running(work, entity, record.id)
    seen = field_access(found.program, found.instance.state, work.ctx.actor.id) if found else FieldAccess()
    return by_role | {path: access for path, access in seen.fields.items() if access == "hidden"}


def _at_step(work: Work, entity: Entity, record: Record) -> FieldAccess | None:
    found, user = running(work, entity, record.id), work.ctx.actor.id
    if found is None or not any(seat.user == user and seat.status == "pending" for seat in found.instance.state.seats):
        return None
    return field_access(found.program, found.instance.state, user)


def _opened(by_role: str, at_step: str) -> str:
    return at_step if at_step in {"write", "required"} or by_role != "hidden" else "hidden"


def _whole(work: Work, instance: Instance) -> Running:
    published = work.installation.configurations.at(work.tx, instance.publication_id)
    return Running(instance, published.programs[instance.flow])


def _paths(entity: Entity) -> list[str]:
    return [path for path, _ in every_field(entity.fields)]
