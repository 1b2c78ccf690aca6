"""What happens to records, told to whoever answers to it within the same transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.definition.automations import Event
from engine.definition.model import Entity
from engine.storage.automation_runs import Run
from engine.storage.records import Record


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a record: `record` is it as it is now (deleted: as it was), `before` as it was before a change."""

    event: Event
    entity: Entity
    record: Record
    before: Record | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One automation at work on one record (or on none)."""

    automation: str
    title: Mapping[str, str]
    record_id: str | None


@dataclass(slots=True)
class Acting:
    """Who acts when an automation does: the chain of automations that led here, the present one last.

    `runs_left` and `refused` are shared by all of one transaction: how many runs it may still have, and those that refused it.
    """

    chain: tuple[Link, ...] = ()
    runs_left: list[int] = field(default_factory=lambda: [2000])
    refused: list[Run] = field(default_factory=list)


Follow = Callable[[Any, Happening], bool]
"""Does what answers to a happening, with the `Work` in which it happened; says whether anything was done."""


def follow_nothing(_work: Any, _happening: Happening) -> bool:
    """The port of an installation without automations."""
    return False
