"""A change that was made on an older version: it is put together with what others changed meanwhile, or told where they meet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.definition import values as record_values
from engine.definition.model import Entity
from engine.definition.values.differences import difference
from engine.definition.values.keeping import read_back
from engine.definition.values.merging import Clash, merge
from engine.errors import Invalid, MergeConflict, Stale
from engine.paths import pointer
from engine.problems import Problem, errors
from engine.projection.masking import without_masks
from engine.services.attachments import with_stored_files
from engine.services.reading import require_visible
from engine.services.seats import held_access
from engine.services.versions import state_at
from engine.services.work import Work


@dataclass(frozen=True, slots=True)
class OnTop:
    """A change as it is to be made on the present version; `note` tells what came together."""

    version: int
    payload: Mapping[str, object]
    note: Mapping[str, Any]


def on_top(work: Work, entity: Entity, record_id: str, version: int, payload: Mapping[str, object]) -> OnTop:
    """Return a change of an older version as one of the present version.

    Raises MergeConflict where both changed the same, Stale where history does not know the older version or a hidden field
    is concerned, Invalid for values that are none, NotFound.
    """
    existing = require_visible(work, entity, record_id, "read", lock=True)
    base = state_at(work, entity, existing, version) if version < existing.version else None
    if base is None:
        raise Stale(version, existing.version)
    access = held_access(work, entity, existing)
    theirs = record_values.dump(entity, existing.values)
    for known in (theirs, base):
        payload = without_masks(entity, payload, known, access, work.ctx.language)
    told, unknown = with_stored_files(work, entity, payload, record_id)
    sent, found = record_values.accept(entity, told, partial=True, current=read_back(entity.fields, base))
    if errors([*unknown, *found]):
        raise Invalid([*unknown, *found])
    yours = record_values.dump(entity, sent)
    merged = merge(entity.fields, base, theirs, yours)
    hidden = {path for path, allowed in access.items() if allowed in ("hidden", "mask")}
    if any(_path(clash.place) in hidden for clash in merged.clashes):
        raise Stale(version, existing.version)
    if merged.clashes:
        raise MergeConflict(version, existing.version, _problems(merged.clashes, yours, hidden))
    note = {
        "base": version,
        "onto": existing.version,
        "yours": sorted({_path(place) for place in merged.yours}),
        "theirs": sorted(path for path in _changed(entity, base, theirs) if path not in hidden),
    }
    return OnTop(existing.version, merged.values, note)


def _problems(clashes: Iterable[Clash], yours: Mapping[str, Any], hidden: set[str]) -> list[Problem]:
    found = []
    for clash in clashes:
        path = _path(clash.place)
        states = {
            name: _seen(getattr(clash, name), path, hidden) if clash.field.is_table else getattr(clash, name)
            for name in ("base", "theirs", "yours")
        }
        told = {"path": path, "place": list(clash.place), "title": clash.field.title, **states}
        found.append(Problem("changed_by_another", _pointer(clash.place, yours), told))
    return found


def _seen(row: Mapping[str, Any] | None, path: str, hidden: set[str]) -> dict[str, Any] | None:
    if row is None:
        return None
    return {name: value for name, value in row.items() if f"{path}.{name}" not in hidden}


def _pointer(place: tuple[str, ...], yours: Mapping[str, Any]) -> str:
    """Return where it stands in what was sent; a row that is not there any more is told at its sub-table."""
    steps: list[str | int] = []
    here: Any = yours
    for number, step in enumerate(place):
        if number % 2 == 0:
            steps.append(step)
            here = here.get(step) or []
            continue
        at = next((position for position, row in enumerate(here) if row.get("id") == step), None)
        if at is None:
            break
        steps.append(at)
        here = here[at]
    return pointer(steps)


def _path(place: tuple[str, ...]) -> str:
    return ".".join(place[::2])


def _changed(entity: Entity, base: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    change = difference(entity.fields, base, theirs)
    return [*change.get("after", {}), *change.get("rows", {})]
