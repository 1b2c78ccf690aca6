"""The values of a pivot's axes: what they are called, in which order they stand, and which records have them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field, Option
from engine.definition.pivot import Axis
from engine.projection.entity_view import column_view
from engine.projection.system_fields import system_field, system_fields
from engine.projection.texts import in_language
from engine.services.catalogue import viewer
from engine.services.listing import shape_at
from engine.services.pivots.stretches import within
from engine.services.reach import need
from engine.services.references import References
from engine.services.showing import shown_at
from engine.services.work import Work

Rank = tuple[bool, int, Any]
"""Sorts the values of one axis: blanks last, choices as they were declared, things by their names, anything else by itself."""


@dataclass(frozen=True, slots=True)
class Member:
    """One value of an axis as it is shown; `where` is the filter that its records meet, None where no filter can tell them."""

    axis: Axis
    key: Any
    label: str
    where: tuple[Mapping[str, Any], ...] | None
    rank: Rank


@dataclass(slots=True)
class AxisMembers:
    """An axis with the members that its values were made into; `end` is the field that its path leads to."""

    axis: Axis
    end: Field
    title: str
    shape: str
    _titles: Mapping[str, str]
    _shown: Callable[[object], Any]
    _name: Callable[[str, str], str]
    _language: str
    _known: dict[object, Member] = field(default_factory=dict)

    def of(self, value: object) -> Member:
        """Return the member that a value stands for."""
        if value not in self._known:
            self._known[value] = self._made(value)
        return self._known[value]

    def view(self) -> dict[str, Any]:
        """Return the axis as it is told."""
        told = {"name": self.axis.name, "field": self.axis.field, "by": self.axis.by}
        return told | {"title": self.title, "type": self.end.type}

    def _made(self, value: object) -> Member:
        path, grain = self.axis.field, self.axis.by
        if value is None:
            return Member(self.axis, None, "", ({"field": path, "op": "blank"},), (True, 0, ""))
        if grain is not None:
            name = str(value)
            return Member(self.axis, name, name, tuple(within(path, name, grain, self.end.type)), (False, 0, name))
        key = self._shown(value)
        label, rank = self._called(value)
        can_tell = "eq" in FIELD_TYPES[self.end.type].operators_for(self.end)
        condition: dict[str, Any] = {"field": path, "op": "eq", "value": key}
        # What is known by a name has it beside its id, so that whoever shows the filter need not ask.
        condition |= {"label": label} if self.shape or self._titles else {}
        return Member(self.axis, key, label, (condition,) if can_tell else None, rank)

    def _called(self, value: object) -> tuple[str, Rank]:
        if self.shape:
            label = self._name(self.shape, str(value))
            return label, (False, 0, label)
        if str(value) in self._titles:
            return self._titles[str(value)], (False, list(self._titles).index(str(value)), "")
        kind = FIELD_TYPES[self.end.type]
        choice = (False, len(self._titles), str(value)) if self._titles else (False, 0, value)
        return kind.to_text(value, self.end, self._language), choice


def members_of(work: Work, entity: Entity, axes: Iterable[Axis], values: Iterable[set[object]]) -> list[AxisMembers]:
    """Return the axes with what is needed to name their values: one statement for the names of all things."""
    references, found = References(work), []
    wanted: dict[str, list[str]] = {}
    for axis, own in zip(axes, values, strict=True):
        reached = need(work, entity, axis.field).field
        shape = shape_at(work, entity, axis.field)
        if shape:
            wanted.setdefault(shape, []).extend(str(one) for one in own if one is not None)
        titles = _titles(work, entity, axis.field, reached)
        shown = shown_at(work, entity, axis.field)
        title = title_at(work, entity, axis.field)
        language = work.ctx.language
        found.append(AxisMembers(axis, reached, title, shape, titles, shown, references.label, language))
    references.learn_names(wanted)
    return found


def title_at(work: Work, entity: Entity, path: str) -> str:
    """Return what the values at a path are called."""
    return str(column_view(viewer(work), entity, path)["title"])


def _titles(work: Work, entity: Entity, path: str, reached: Field) -> dict[str, str]:
    """Return the titles of choices by their values, in their order."""
    if path in system_fields(entity):
        options: list[dict[str, Any]] = system_field(entity, path, work.ctx.language).get("options", [])
        return {one["value"]: one["title"] for one in options}
    return {one.value: in_language(one.title, work.ctx.language) for one in _flat(reached.options)}


def _flat(options: Iterable[Option]) -> Iterable[Option]:
    for one in options:
        yield one
        yield from _flat(one.options)
