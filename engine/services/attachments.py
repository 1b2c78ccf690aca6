"""Files that records hold: what a client says about a file is replaced by what was stored of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.definition.rows import every_field
from engine.paths import pointer
from engine.problems import Problem
from engine.services.work import Work
from engine.storage.files import Files, StoredFile

Held = tuple[list[str | int], str, Field, list[Any]]
"""Where a list of files stands, the path of its field, the field, and the files."""


def with_stored_files(
    work: Work, entity: Entity, payload: Mapping[str, object], record_id: str | None
) -> tuple[Mapping[str, object], list[Problem]]:
    """Return a payload in which every file is told as it was stored, and a finding for each that is not to be had.

    To be had are those of the record itself, and those that the actor brought and that belong to none yet.
    """
    held = list(_held(entity, payload))
    if not held:
        return payload, []
    ids = [str(one.get("id")) for _, _, _, files in held for one in files if isinstance(one, dict)]
    known = Files(work.tx).many(ids) if ids else {}
    problems: list[Problem] = []
    changed = _copied(payload)
    for place, _, field, files in held:
        told = [
            _told(work, known.get(str(one.get("id"))), record_id) if isinstance(one, dict) else None for one in files
        ]
        problems += [
            Problem("file_not_yours", pointer([*place, n]), {"field": field.title})
            for n, one in enumerate(told)
            if one is None
        ]
        _put(changed, place, [one for one in told if one is not None])
    return changed, problems


def attach(work: Work, entity: Entity, record_id: str, values: Mapping[str, object]) -> None:
    """Make the files of a stored record belong to it, so that who may see the record may see them."""
    for _, path, _, files in _held(entity, values):
        if files:
            Files(work.tx).attach([str(one["id"]) for one in files], entity.key, record_id, path)


def _held(entity: Entity, values: Mapping[str, object]) -> Iterator[Held]:
    if entity.once((__name__, "files"), _may_hold_files):
        yield from _held_in(entity.fields, values, [], "")


def _may_hold_files(entity: Entity) -> bool:
    return any(FIELD_TYPES[field.type].holds_files for _, field in every_field(entity.fields))


def _held_in(
    fields: Sequence[Field], holder: Mapping[str, object], place: list[str | int], prefix: str
) -> Iterator[Held]:
    for field in fields:
        value = holder.get(field.name)
        if FIELD_TYPES[field.type].holds_files and isinstance(value, list):
            yield [*place, field.name], prefix + field.name, field, value
        for position, row in enumerate(value if field.is_table and isinstance(value, list) else []):
            if isinstance(row, Mapping):
                yield from _held_in(field.fields, row, [*place, field.name, position], f"{prefix}{field.name}.")


def _told(work: Work, found: StoredFile | None, record_id: str | None) -> dict[str, object] | None:
    if found is None:
        return None
    mine = found.record_id is None and found.uploaded_by == work.ctx.actor.id
    if not mine and (record_id is None or found.record_id != record_id):
        return None
    return {"id": found.id, "name": found.name, "size": found.size, "media_type": found.media_type}


def _copied(payload: Mapping[str, object]) -> dict[str, Any]:
    return {
        name: [_copied(row) if isinstance(row, Mapping) else row for row in value] if isinstance(value, list) else value
        for name, value in payload.items()
    }


def _put(payload: dict[str, Any], place: list[str | int], files: list[dict[str, object]]) -> None:
    holder: Any = payload
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = files
