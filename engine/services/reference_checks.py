"""Whether a record may point at what it points at."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.expressions import Environment, evaluate
from engine.problems import Problem
from engine.services.references import References, dynamic_links, pointing, target
from engine.services.work import Work


def reference_problems(
    work: Work,
    entity: Entity,
    values: Mapping[str, object],
    before: Mapping[str, object],
    references: References,
    env: Environment,
) -> Iterator[Problem]:
    """Report references to nothing, to what a filter excludes, and to a node of a tree that only takes leaves.

    What pointed there already may stay: a rule of today does not unmake a record of yesterday.
    """
    kept = {(field.id, key) for _, field, _, key in pointing(entity, before)}
    branches = _branches(work, entity, values, references)
    for at, field, row, key in pointing(entity, values):
        shape = target(entity, field)
        found = references.get(shape, key)
        told = {"field": field.title, "key": key}
        if found is None:
            yield Problem("reference_missing", at, told)
        elif (field.id, key) in kept:
            continue
        elif field.filter is not None and not _candidate(field, found, values, row, env):
            yield Problem(
                "reference_filtered", at, told | {"filter": field.filter.text, "label": str(found.get("name") or key)}
            )
        elif key in branches.get(shape, ()):
            yield Problem("reference_not_leaf", at, told | {"label": str(found.get("name") or key)})

    for at, field, shape, key in dynamic_links(entity, values):
        if references.get(shape, key) is None:
            yield Problem("reference_missing", at, {"field": field.title, "key": key})


def _candidate(
    field: Field,
    found: Mapping[str, object],
    values: Mapping[str, object],
    row: Mapping[str, object] | None,
    env: Environment,
) -> bool:
    record = {**values, **(row or {})}
    return (
        field.filter is None
        or evaluate(field.filter, replace(env, values={**found, "RECORD": record}, row=None, rows_as=None)) is True
    )


def _branches(
    work: Work, entity: Entity, values: Mapping[str, object], references: References
) -> dict[str, frozenset[str]]:
    """Return, for every tree that only takes leaves, those nodes pointed at that have something below them."""
    wanted: dict[str, set[str]] = {}
    for _, field, _, key in pointing(entity, values):
        tree = work.configuration.entities.get(target(entity, field))
        if tree and tree.leaf_only and tree.parent and FIELD_TYPES[field.type].points_by_to:
            wanted.setdefault(tree.key, set()).add(key)
    return {key: references.branches(key, found) for key, found in wanted.items()}
