"""Shares as grants: one record, given by somebody to a person, a role or a department, counts like a grant that reaches exactly it.

A share gives no more than who gave it had: the fields that were open to them when they shared are kept by stable ids, and what is
not among them (also a field that is added later) is hidden. Nor does it give more than the receiver's own roles leave open on every
record that they reach, where these read the entity at all.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from engine.definition.model import Access, Entity, Field, Grant
from engine.projection.rights import Levels, Rights, level, narrowest

ShareLevel = Literal["read", "comment", "edit"]
ACTIONS: Mapping[ShareLevel, frozenset[str]] = {
    "read": frozenset({"read"}),
    "comment": frozenset({"read", "comment"}),
    "edit": frozenset({"read", "comment", "update"}),
}
"""What each level of a share allows. To delete, to hand in, to export or to share on is nobody's to give."""

Kept = Mapping[str, Access]
"""How far each field was open to who shared, by the ids of the field and of the sub-tables around it (`f1.f2`)."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody was given on the same terms: a level, and as text the fields that were open to who gave it."""

    level: ShareLevel
    fields: str
    records: frozenset[str]
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shared(Grant):
    """A grant that shares make: of the records that were given on the same terms."""

    records: frozenset[str] = frozenset()
    shares: tuple[str, ...] = ()

    def opens(self, paths: Iterable[str]) -> bool:
        """Say whether some fields are seen in full on these records: only then may they be found by them."""
        return all(level(self, path) in ("read", "write") for path in paths)


def shared_grants(entity: Entity, by_role: Rights, given: Iterable[Given]) -> tuple[Shared, ...]:
    """Return what a person is given of an entity as grants, one for all records that were given on the same terms."""
    return tuple(
        Shared(
            role="",
            entity=entity.key,
            actions=ACTIONS[one.level],
            scope="shared",
            fields=_closed(entity, by_role, _kept(one.fields)),
            records=one.records,
            shares=one.shares,
        )
        for one in given
    )


def kept_text(kept: Kept) -> str:
    """Return how far fields are open as text; the same terms are the same text."""
    return json.dumps(kept, separators=(",", ":"), sort_keys=True)


@lru_cache(maxsize=1024)
def _kept(text: str) -> Kept:
    found: Kept = json.loads(text)
    return found


def kept_fields(entity: Entity, access: Levels) -> dict[str, Access]:
    """Return how far each field of an entity is open, by ids: what somebody can give away, from what is open to them."""
    found: dict[str, Access] = {}
    for path, ids in _paths(entity.fields):
        open_to = narrowest(*(access.get(outer, "write") for outer in _beginnings(path)))
        if open_to != "hidden":
            found[ids] = open_to
    return found


def _closed(entity: Entity, by_role: Rights, kept: Kept) -> dict[str, Access]:
    seen = by_role.query_access(entity)
    changing = by_role.granted("update", entity.key)
    found: dict[str, Access] = {}
    for path, ids in _paths(entity.fields):
        writes: Access = "write" if all(level(grant, path) == "write" for grant in changing) else "read"
        own = narrowest(*(seen.get(outer, "write") for outer in _beginnings(path)))
        access = narrowest(kept.get(ids, "hidden"), own, writes)
        if access != "write":
            found[path] = access
    return found


def _paths(fields: Sequence[Field], path: str = "", ids: str = "") -> Iterable[tuple[str, str]]:
    for field in fields:
        yield path + field.name, ids + field.id
        if field.is_table:
            yield from _paths(field.fields, f"{path}{field.name}.", f"{ids}{field.id}.")


def _beginnings(path: str) -> list[str]:
    names = path.split(".")
    return [".".join(names[:end]) for end in range(1, len(names) + 1)]
