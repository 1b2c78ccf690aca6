"""Automations as frozen values: when this happens, do that, in a declared order; and which of them answers to what.

Pure: what an effect leads to is worked out by `services/automations`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Literal

from engine.definition.model import Entity, Field, Text
from engine.definition.rows import every_field, rows_of
from engine.expressions import Compiled

Event = Literal["create", "change", "effect", "void", "delete", "restore"]
"""What happens to a record; when one comes back from the recycle bin, only its timers are set anew."""
TriggerType = Literal[
    "create", "change", "effect", "void", "delete", "field_change", "schedule", "date", "button", "webhook"
]
EffectType = Literal["create", "update", "post", "submit", "notify", "call"]
Every = Literal["day", "week", "month"]
OnFailure = Literal["refuse", "log"]

DEFAULT_ORDER = 100


@dataclass(frozen=True, slots=True)
class Trigger:
    """When an automation runs; which members count depends on `type`.

    `fields` are paths (`state`, `lines.count`). `at` is local time in `timezone` (empty: the installation's). `weekday` is 1
    for Monday; `day` is of the month, its last one where it is shorter. `date` is the date field of the record and `days`
    what is added to it. `roles` are qualified; none means everybody who sees the record. `payload` are the fields of what a
    webhook brings.
    """

    type: TriggerType
    fields: tuple[str, ...] = ()
    every: Every = "day"
    weekday: int = 1
    day: int = 1
    at: time = time()
    timezone: str = ""
    date: str = ""
    days: int = 0
    title: Text = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    allow: Compiled | None = None
    secret: str = ""
    payload: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """How the rows of a new record are made: one for each row of `each`, or one."""

    values: Mapping[str, Compiled]
    each: str = ""
    when: Compiled | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """People to tell: those who have a role (qualified), or those that an expression gives."""

    role: str = ""
    user: Compiled | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that is done.

    `entity` is what is created, changed or posted to; an update without `where` changes the record that triggers. `values`
    are by field (for a call: by key of the body), `rows` by sub-table. `holes` are the expressions of `text` by theirs.
    """

    type: EffectType
    entity: str = ""
    where: Compiled | None = None
    values: Mapping[str, Compiled] = field(default_factory=dict)
    rows: Mapping[str, Rows] = field(default_factory=dict)
    each: str = ""
    when: Compiled | None = None
    submit: bool = False
    to: tuple[Who, ...] = ()
    text: Text = field(default_factory=dict)
    holes: Mapping[str, Compiled] = field(default_factory=dict)
    url: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Automation:
    """When this happens, do that. `order` says who goes first where several answer; `entity` may be empty."""

    module: str
    id: str
    name: str
    title: Text
    on: Trigger
    do: tuple[Effect, ...]
    entity: str = ""
    order: int = DEFAULT_ORDER
    when: Compiled | None = None
    on_failure: OnFailure = "refuse"
    description: Text = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return the qualified name."""
        return f"{self.module}.{self.name}"


def in_order(automations: Iterable[Automation]) -> tuple[Automation, ...]:
    """Return automations in the order in which they run: by their number, and by key between equals."""
    return tuple(sorted(automations, key=lambda one: (one.order, one.key)))


def answering(
    automations: Iterable[Automation], event: Event, changed: frozenset[str] = frozenset()
) -> tuple[Automation, ...]:
    """Return those that answer to an event on a record, in their order; `changed` are the paths that a change touched."""
    return tuple(one for one in in_order(automations) if _answers(one.on, event, changed))


def _answers(trigger: Trigger, event: Event, changed: frozenset[str]) -> bool:
    if trigger.type == "field_change":
        return event == "change" and bool(changed.intersection(trigger.fields))
    return trigger.type == event


def changed_paths(entity: Entity, before: Mapping[str, object], after: Mapping[str, object]) -> frozenset[str]:
    """Return the paths whose values differ: fields, sub-tables, and fields of rows.

    A row that came or went changes every field of its sub-table.
    """
    return frozenset(_changed(entity.fields, before, after, ""))


def _changed(
    fields: Iterable[Field], before: Mapping[str, object], after: Mapping[str, object], at: str
) -> Iterator[str]:
    for one in fields:
        old, new, path = before.get(one.name), after.get(one.name), at + one.name
        if not one.is_table:
            yield from (path,) if old != new else ()
        elif list(rows_of(old)) != list(rows_of(new)):
            yield path
            yield from _changed_rows(one, _by_id(old), _by_id(new), f"{path}.")


def _changed_rows(
    table: Field, old: Mapping[object, Mapping[str, object]], new: Mapping[object, Mapping[str, object]], at: str
) -> Iterator[str]:
    if old.keys() != new.keys():
        yield from (path for path, _ in every_field(table.fields, at))
    for key in old.keys() & new.keys():
        yield from _changed(table.fields, old[key], new[key], at)


def _by_id(rows: object) -> dict[object, Mapping[str, object]]:
    return {row.get("id"): row for row in rows_of(rows) if isinstance(row, Mapping)}
