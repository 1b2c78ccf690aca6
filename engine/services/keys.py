"""Finding records by what people know them by: a unique key, in which references may be told by keys of their own."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field, Unique
from engine.definition.rows import Place
from engine.errors import Invalid
from engine.paths import join
from engine.problems import Problem
from engine.services.batch_storing import within
from engine.services.evaluation import asking
from engine.services.reach import reach
from engine.services.references import is_pointing, target
from engine.services.work import Work
from engine.storage.conditions import And, Leaf
from engine.storage.line_values import Line
from engine.storage.locks import lock_keys
from engine.storage.queries import Queries, Query
from engine.storage.uniqueness import holders, key_of, uniques_of

Payload = Mapping[str, object]


def unique_key(work: Work, entity: Entity, names: Sequence[str]) -> Unique:
    """Return the declared uniqueness of some fields of the record itself, all of which the actor sees.

    Raises Invalid `key_not_unique`.
    """
    wanted = set(names)
    for unique in uniques_of(entity):
        if set(unique.fields) == wanted and _is_key(work, entity, unique):
            return unique
    known = [", ".join(one.fields) for one in uniques_of(entity) if _is_key(work, entity, one)]
    raise Invalid([Problem("key_not_unique", "/key", {"key": list(names), "known": known})])


def with_references(work: Work, entity: Entity, payload: Payload) -> tuple[Payload, tuple[Problem, ...]]:
    """Return a payload in which references that are told by a key (`{"code": "M1"}`) are ids, and findings of those that are not found.

    Only records that the actor may see are found.
    """
    problems: list[Problem] = []
    return _resolved(work, entity, entity.fields, payload, "", problems), tuple(problems)


def find(work: Work, entity: Entity, unique: Unique, payloads: Sequence[Payload]) -> list[str]:
    """Return the ids of the live records that have the keys of some payloads, "" where the actor sees none; in one statement.

    Until the transaction ends nobody else takes these keys: of two who bring the same one, the second finds the first.
    """
    lines = [Line(Place(""), tuple(_canonical(entity, name, one) for name in unique.fields)) for one in payloads]
    whole = [line for line in lines if None not in line.values]
    if not whole:
        return [""] * len(lines)
    distinct = list({line.values: line for line in whole}.values())
    lock_keys(work.tx, (key_of(entity, unique, line) for line in distinct))
    found = holders(work.tx, work.tables, entity, unique.fields, "", distinct)
    seen = within(work, entity, [record_id for _, record_id in found], "read", unique.fields)
    ids = {distinct[number].values: record_id for number, record_id in found if record_id in seen}
    return [ids.get(line.values, "") for line in lines]


def key_problems(entity: Entity, unique: Unique, payload: Payload, at: str = "") -> list[Problem]:
    """Return a finding for every field of a key that has no value."""
    missing = [name for name in unique.fields if _canonical(entity, name, payload) is None]
    return [Problem("key_incomplete", join(at, name), {"title": _title(entity, name)}) for name in missing]


def _is_key(work: Work, entity: Entity, unique: Unique) -> bool:
    own = not unique.each and all(entity.field(name) for name in unique.fields)
    return own and all(_is_seen(work, entity, name) for name in unique.fields)


def _is_seen(work: Work, entity: Entity, name: str) -> bool:
    found = reach(work, entity, name)
    return found is not None and not found.closed


def _title(entity: Entity, name: str) -> object:
    field = entity.field(name)
    return field.title if field else name


def _canonical(entity: Entity, name: str, payload: Payload) -> object:
    field, value = entity.field(name), payload.get(name)
    if field is None or value is None:
        return None
    found = FIELD_TYPES[field.type].coerce(value, field)
    return None if isinstance(found, Problem) else found


def _resolved(
    work: Work, entity: Entity, fields: Sequence[Field], payload: Payload, at: str, problems: list[Problem]
) -> dict[str, object]:
    known = {field.name: field for field in fields}
    found = dict(payload)
    for name, value in payload.items():
        field = known.get(name)
        if field is None:
            continue
        if field.is_table and isinstance(value, list):
            found[name] = [
                _resolved(work, entity, field.fields, row, join(at, name, number), problems)
                if isinstance(row, Mapping)
                else row
                for number, row in enumerate(value)
            ]
        elif is_pointing(field) and isinstance(value, Mapping):
            key = _by_key(work, target(entity, field), value)
            if key is None:
                told = {"field": field.title, "key": _said(value)}
                problems.append(Problem("reference_key_unknown", join(at, name), told))
            found[name] = key
    return found


def _by_key(work: Work, shape: str, wanted: Mapping[Any, object]) -> str | None:
    """Return the id of the one record that has some values, None where it is none or several."""
    entity = work.configuration.entities.get(shape)
    if entity is None or not wanted or not work.rights.may("read", entity.key):
        return None
    key = ("by key", shape, _said(wanted))
    if key not in work.memo:
        work.memo[key] = _only(work, entity, list(_leaves(work, entity, wanted)), len(wanted))
    found = work.memo[key]
    return found if isinstance(found, str) else None


def _only(work: Work, entity: Entity, leaves: list[Leaf], asked: int) -> str | None:
    if len(leaves) < asked:
        return None
    scopes = work.scopes("read", entity, (leaf.path for leaf in leaves))
    query = Query(where=And(tuple(leaves)), scopes=scopes, limit=2, environment=asking(work))
    ids = Queries(work.tx, work.tables).ids(entity.key, query)
    return ids[0] if len(ids) == 1 else None


def _leaves(work: Work, entity: Entity, wanted: Mapping[Any, object]) -> Iterator[Leaf]:
    for name in wanted:
        value = _canonical(entity, str(name), {str(key): one for key, one in wanted.items()})
        field = entity.field(str(name))
        if value is not None and field is not None and field.is_stored and _is_seen(work, entity, field.name):
            yield Leaf(str(name), "eq", value)


def _said(wanted: Mapping[Any, object]) -> str:
    return ", ".join(f"{name}={value}" for name, value in sorted(wanted.items(), key=str))[:200]
