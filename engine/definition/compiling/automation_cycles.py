"""Automations that may trigger each other without end: found in what they declare, before anything runs.

A warning and not an error: a condition may well end the circle, and at run time a limit does.
"""

from collections.abc import Iterator, Mapping, Sequence

from engine.definition.automations import Automation, Event, answering
from engine.definition.compiling.automation_effects import computed_names
from engine.definition.compiling.workbench import Workbench
from engine.definition.model import Entity
from engine.problems import Problem

Happening = tuple[Event, str, frozenset[str]]
"""An event on records of an entity, with the paths that a change may touch."""


def note_cycles(bench: Workbench, automations: Mapping[str, Automation], entities: Mapping[str, Entity]) -> None:
    """Warn of every shortest circle of automations, at the first of them by key, with the path."""
    following = {key: _followers(one, automations, entities) for key, one in automations.items()}
    seen: set[frozenset[str]] = set()
    for key in sorted(automations):
        circle = _shortest_way_back(key, following)
        if circle and frozenset(circle) not in seen:
            seen.add(frozenset(circle))
            first = automations[key]
            path = " -> ".join((*circle, key))
            file = f"{first.module}/automations/{first.name}.json"
            bench.note(Problem("automation_cycle", "/do", {"path": path}, "warning", file))


def _followers(
    one: Automation, automations: Mapping[str, Automation], entities: Mapping[str, Entity]
) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for event, entity, paths in _happenings(one, entities):
        there = [other for other in automations.values() if other.entity == entity]
        found |= dict.fromkeys(other.key for other in answering(there, event, paths))
    return tuple(found)


def _happenings(one: Automation, entities: Mapping[str, Entity]) -> Iterator[Happening]:
    """Yield what the effects of an automation make happen."""
    for effect in one.do:
        entity = entities.get(effect.entity)
        if entity is None:
            continue
        if effect.type == "create":
            yield "create", entity.key, frozenset()
        if effect.type == "update":
            yield "change", entity.key, frozenset(effect.values) | computed_names(entity)
        if effect.type == "submit" or effect.submit:
            yield "effect", entity.key, frozenset()


def _shortest_way_back(start: str, following: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the keys of the shortest circle through `start`, beginning with it; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    reached: set[str] = set()
    while ways:
        longer: list[tuple[str, ...]] = []
        for way in ways:
            for key in following.get(way[-1], ()):
                if key == start:
                    return way
                if key not in reached:
                    reached.add(key)
                    longer.append((*way, key))
        ways = longer
    return ()
