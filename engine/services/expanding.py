"""Expanded references: the records that are pointed at, whole, as far as the actor may see them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.definition.model import Entity
from engine.definition.rows import above, places
from engine.errors import Invalid
from engine.problems import Problem
from engine.services.evaluation import asking
from engine.services.reach import closed_paths, need
from engine.services.references import DEPARTMENT, USER, References, ids_in, is_pointing, target
from engine.services.showing import as_open, as_shown
from engine.services.work import Work
from engine.storage.conditions import Leaf
from engine.storage.queries import Queries, Query

_BUILT_IN: Mapping[str, tuple[str, ...]] = {USER: ("name", "login"), DEPARTMENT: ("name", "code")}


def asked_paths(work: Work, entity: Entity, asked: str) -> tuple[str, ...]:
    """Return the paths of `expand`: `project,lines.item`. Raises Invalid for one that points at nothing."""
    paths = tuple(dict.fromkeys(path for path in asked.split(",") if path))
    wrong = [path for path in paths if not is_pointing(need(work, entity, path).field)]
    if wrong:
        raise Invalid([Problem("unknown_path", params={"path": path}) for path in wrong])
    return paths


def expanded(
    work: Work, entity: Entity, paths: Iterable[str], holders: Sequence[Mapping[str, object]]
) -> dict[str, dict[str, Any]]:
    """Return by path and id what records point at: one statement for each path.

    `holders` are the values of the records. What the actor may not see of the pointed-at is left out, be it a field or a record.
    """
    return {path: _records(work, target(entity, need(work, entity, path).field), _ids(path, holders)) for path in paths}


def _ids(path: str, holders: Iterable[Mapping[str, object]]) -> list[str]:
    name = path.rpartition(".")[2]
    found = (
        (place.rows[-1] if place.rows else values).get(name)
        for values in holders
        for place in places(values, above(path))
    )
    return list(dict.fromkeys(key for one in found for key in ids_in(one)))


def _records(work: Work, shape: str, ids: list[str]) -> dict[str, Any]:
    if not ids:
        return {}
    if shape in _BUILT_IN:
        references = References(work)
        references.prefetch(shape, ids)
        known = {key: references.get(shape, key) for key in ids}
        return {key: {"id": key, **{name: one[name] for name in _BUILT_IN[shape]}} for key, one in known.items() if one}
    pointed = work.entity(shape)
    if not work.rights.may("read", shape):
        return {}
    closed = closed_paths(work, pointed)
    fields = tuple(one.name for one in pointed.fields if one.is_stored and one.name not in closed)
    query = Query(
        where=Leaf("id", "in", tuple(ids)),
        scopes=work.scopes("read", pointed),
        fields=fields,
        limit=len(ids),
        environment=asking(work),
    )
    found = as_open(work, pointed, Queries(work.tx, work.tables).page(shape, query).items)
    return {
        item.id: {
            "id": item.id,
            "version": item.version,
            "status": item.status,
            "values": {name: as_shown(work, pointed, name, value) for name, value in item.values.items()},
        }
        for item in found
    }
