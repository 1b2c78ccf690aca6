"""The occasion of a run: which record, what it was before, what came with it; and what expressions see of that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine.definition import FIELD_TYPES
from engine.definition import values as record_values
from engine.definition.automations import Automation
from engine.definition.model import Entity, Field
from engine.definition.rows import places, row_environment
from engine.errors import Invalid
from engine.expressions import Environment, evaluate
from engine.problems import Problem
from engine.services.evaluation import combined, derived, environment
from engine.services.filters import to_json
from engine.services.happenings import Acting, Link
from engine.services.references import References
from engine.services.work import Work
from engine.storage.measures import Measures
from engine.storage.records import Record

DEEPEST = 12
"""How many automations may lead to each other."""

MOST_AGAIN = 3
"""How often one automation may run for one record within one chain."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why an automation runs. `moment` is the one that was due; NOW and TODAY are then its own."""

    trigger: str
    entity: Entity | None = None
    record: Record | None = None
    old: Mapping[str, object] | None = None
    payload: Mapping[str, object] | None = None
    moment: datetime | None = None

    @property
    def record_id(self) -> str | None:
        """Return the id of the record."""
        return self.record.id if self.record else None


def of_record(entity: Entity, record: Record, trigger: str, before: Record | None = None) -> Occasion:
    """Return the occasion of an event on a record."""
    return Occasion(trigger, entity, record, before.named if before else None)


def acting(work: Work, automation: Automation, record_id: str | None) -> Work:
    """Return the work in which an automation does its part: for the same person, with the rights of the system.

    Raises Invalid `automation_loop` with the chain, where automations led to each other too often.
    """
    before, link = work.acting, Link(automation.key, automation.title, record_id)
    chain = (*before.chain, link)
    again = sum(one.automation == link.automation and one.record_id == record_id for one in before.chain)
    before.runs_left[0] -= 1
    if len(chain) > DEEPEST or again >= MOST_AGAIN or before.runs_left[0] < 0:
        told = {language: " → ".join(_title(one, language) for one in chain) for language in ("zh-CN", "en")}
        limit = MOST_AGAIN if again >= MOST_AGAIN else DEEPEST
        raise Invalid([Problem("automation_loop", params={"chain": told, "limit": limit})])
    actor = replace(work.ctx.actor, is_admin=True)
    ctx = replace(work.ctx, actor=actor, idempotency_key="", via="automation")
    inner = Work(work.installation, ctx, work.tx, work.published)
    inner.acting = Acting(chain, before.runs_left, before.refused)
    return inner


def _title(link: Link, language: str) -> str:
    return link.title.get(language) or link.title.get("zh-CN", link.automation)


def sight(work: Work, occasion: Occasion) -> Environment:
    """Return what the expressions of a run see."""
    record, references = occasion.record, References(work)
    values: dict[str, object] = record.named if record else {}
    if occasion.entity is not None and record is not None:
        references.expect(occasion.entity, record.values)
    values |= {"PAYLOAD": dict(occasion.payload)} if occasion.payload is not None else {}
    env = environment(work, references, values, old=occasion.old)
    env = replace(env, now=occasion.moment or env.now)
    return replace(env, measure=_Stored(work, env))


class _Stored:
    """Measures as they are stored by now: an automation runs after the fact."""

    def __init__(self, work: Work, env: Environment) -> None:
        self._work = work
        self._env = env

    def __call__(self, name: str, dimensions: Mapping[str, object]) -> Decimal | None:
        if any(value is None for value in dimensions.values()):
            return None
        measure = self._work.configuration.measure(name)
        if measure.formula is not None:
            value = evaluate(measure.formula, derived(self._env, measure, dimensions, self))
            return value if isinstance(value, Decimal) else None
        return combined(measure, Measures(self._work.tx, self._work.tables, self._env).total(measure, dimensions), ())


def each_place(env: Environment, each: str) -> Iterator[tuple[int | None, Environment]]:
    """Yield the environment of the record, or those of every row of a sub-table with their place."""
    for number, place in enumerate(places(env.values, each)):
        yield (number if each else None), row_environment(env, place, current=True)


def kept(occasion: Occasion) -> dict[str, Any]:
    """Return what a replay needs of an occasion, as JSON."""
    entity, record = occasion.entity, occasion.record
    found: dict[str, Any] = {}
    if entity and occasion.old is not None:
        found["old"] = record_values.dump(entity, occasion.old)
    if entity and record and occasion.trigger == "delete":
        found["values"] = record_values.dump(entity, record.values)
    if occasion.payload is not None:
        found["payload"] = to_json(occasion.payload)
    if occasion.moment is not None:
        found["moment"] = occasion.moment.isoformat()
    return found


def values_of(fields: tuple[Field, ...], kept_values: Mapping[str, Any]) -> dict[str, object]:
    """Return canonical values of what was kept as JSON; what cannot be read any more is blank."""
    found: dict[str, object] = {"id": kept_values["id"]} if "id" in kept_values else {}
    for field in fields:
        value = kept_values.get(field.name)
        if field.is_table:
            found[field.name] = [values_of(field.fields, row) for row in value or ()]
        elif value is not None:
            canonical = FIELD_TYPES[field.type].coerce(value, field)
            found[field.name] = None if isinstance(canonical, Problem) else canonical
    return found
