"""Choices that a publication would take away although records still have them: told before, so that they are retired instead."""

from collections.abc import Iterator

from engine.definition import Configuration
from engine.definition.choices import Option
from engine.definition.model import Entity, Field
from engine.definition.rows import every_field
from engine.problems import Problem
from engine.services.configurations import Published
from engine.storage.conditions import Leaf
from engine.storage.database import Transaction
from engine.storage.queries import Queries, Query


def removed_in_use(tx: Transaction, old: Published, new: Configuration) -> tuple[Problem, ...]:
    """Return a warning for every choice that goes while records hold it; one statement for each that goes."""
    by_id = {(one.module, one.id): one for one in new.entities.values()}
    found: list[Problem] = []
    for entity in old.configuration.entities.values():
        after = by_id.get((entity.module, entity.id))
        if after is not None:
            found += _of_entity(tx, old, entity, after)
    return tuple(found)


def _of_entity(tx: Transaction, old: Published, entity: Entity, after: Entity) -> Iterator[Problem]:
    kept = {field.id: field for _, field in every_field(after.fields)}
    for path, field in every_field(entity.fields):
        now = kept.get(field.id)
        if now is None or not field.options or not field.is_stored:
            continue
        for gone in _gone(field, now):
            rows = Queries(tx, old.tables).count(entity.key, Query(where=Leaf(path, "eq", gone.value)))
            if rows:
                told = {"table": entity.title, "field": field.title, "value": gone.title, "rows": rows}
                yield Problem("option_in_use", params=told, severity="warning")


def _gone(field: Field, now: Field) -> list[Option]:
    left = {one.value for one in _all(now.options)}
    return [one for one in _all(field.options) if one.value not in left]


def _all(options: tuple[Option, ...]) -> Iterator[Option]:
    for one in options:
        yield one
        yield from _all(one.options)
