"""The configuration: everything that documents declare, compiled, frozen, and found by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from engine.definition.automations import Automation, in_order
from engine.definition.model import (
    Dashboard,
    Entity,
    Field,
    Flow,
    Form,
    Grant,
    Measure,
    Module,
    OptionSet,
    Posting,
    Role,
    Scenario,
    View,
)
from engine.definition.rows import above, every_field
from engine.definition.scope import Scopes, measure_type

_T = TypeVar("_T")
_Shown = TypeVar("_Shown", Form, View)


@dataclass(frozen=True)
class Configuration:
    """Immutable; every mapping is by qualified name. Look-ups raise KeyError for what does not exist.

    `documents` are what it was compiled from, by path.
    """

    modules: Mapping[str, Module] = field(default_factory=dict)
    option_sets: Mapping[str, OptionSet] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    views: Mapping[str, View] = field(default_factory=dict)
    flows: Mapping[str, Flow] = field(default_factory=dict)
    automations: Mapping[str, Automation] = field(default_factory=dict)
    grants: tuple[Grant, ...] = ()
    measures: Mapping[str, Measure] = field(default_factory=dict)
    dashboards: Mapping[str, Dashboard] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    documents: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (
            "modules",
            "option_sets",
            "entities",
            "forms",
            "views",
            "flows",
            "automations",
            "measures",
            "dashboards",
            "scenarios",
            "documents",
        ):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def entity(self, key: str) -> Entity:
        """Return an entity by `module.name`. Raises KeyError."""
        return self.entities[key]

    def measure(self, name: str, module: str = "") -> Measure:
        """Return a measure by its qualified name, or by its bare name inside `module`. Raises KeyError."""
        return self.measures[name if name in self.measures else f"{module}.{name}"]

    def flow_for(self, entity: str) -> Flow | None:
        """Return the approval of an entity's documents, None if they take effect when submitted."""
        return self._flows.get(entity)

    def automations_for(self, entity: str) -> tuple[Automation, ...]:
        """Return the automations that a record of an entity may trigger, in the order in which they run."""
        return self._automations.get(entity, ())

    def ledgers_of(self, entity: str) -> frozenset[str]:
        """Return the ledgers that documents of an entity write to, by postings and by automations."""
        return self._ledgers.get(entity, frozenset())

    def forms_for(self, entity: str) -> tuple[Form, ...]:
        """Return the forms of an entity, at least one; the first is the usual one."""
        return self._forms.get(entity, ())

    def views_for(self, entity: str) -> tuple[View, ...]:
        """Return the views of an entity, at least one; the first is the usual one."""
        return self._views.get(entity, ())

    def grants_on(self, entity: str) -> tuple[Grant, ...]:
        """Return the grants that are about an entity."""
        return self._grants.get(entity, ())

    def postings_to(self, ledger: str) -> tuple[tuple[Entity, Posting], ...]:
        """Return what writes to a ledger."""
        pairs = ((entity, posting) for entity in self.entities.values() for posting in entity.postings)
        return tuple((entity, posting) for entity, posting in pairs if posting.to == ledger)

    def referrers(self, entity: str) -> tuple[tuple[Entity, str, Field], ...]:
        """Return every stored field that refers to an entity: its owner, the path of its sub-table (or ""), and the field."""
        return self._referrers.get(entity, ())

    def sources_of(self, measure: str) -> frozenset[str]:
        """Return the entities that a measure is made of, those of its parts for a derived one."""
        found = self.measures[measure]
        if found.formula is None:
            return frozenset({found.source.partition("/")[0]})
        parts = (self.measure(name, found.module) for name in found.formula.measures)
        return frozenset(entity for part in parts for entity in self.sources_of(part.key))

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """Return the roles that hold everywhere, by qualified name."""
        return {role.key: role for module in self.modules.values() for role in module.roles}

    @cached_property
    def project_roles(self) -> Mapping[str, Role]:
        """Return the roles that are held in the team of one record, by qualified name."""
        return {role.key: role for module in self.modules.values() for role in module.project_roles}

    @cached_property
    def grants_in_teams(self) -> bool:
        """Say whether any grant depends on who stands in which team."""
        return any(grant.role in self.project_roles for grant in self.grants)

    @cached_property
    def scopes(self) -> Scopes:
        """Return what formulas may name, for everything that is typed while the product runs."""
        return Scopes(
            self.entities, {key: measure_type(one) for key, one in self.measures.items() if not one.figures_only}
        )

    @cached_property
    def _flows(self) -> Mapping[str, Flow]:
        return {flow.entity: flow for flow in self.flows.values()}

    @cached_property
    def _automations(self) -> Mapping[str, tuple[Automation, ...]]:
        return _grouped((one.entity, one) for one in in_order(self.automations.values()) if one.entity)

    @cached_property
    def _ledgers(self) -> Mapping[str, frozenset[str]]:
        pairs = [(entity.key, posting.to) for entity in self.entities.values() for posting in entity.postings]
        pairs += [
            (one.entity, effect.entity)
            for one in self.automations.values()
            for effect in one.do
            if effect.type == "post"
        ]
        return {entity: frozenset(ledgers) for entity, ledgers in _grouped(pairs).items()}

    @cached_property
    def _forms(self) -> Mapping[str, tuple[Form, ...]]:
        return _grouped((form.entity, form) for form in _own_name_first(self.forms.values()))

    @cached_property
    def _views(self) -> Mapping[str, tuple[View, ...]]:
        return _grouped((view.entity, view) for view in _own_name_first(self.views.values()))

    @cached_property
    def _grants(self) -> Mapping[str, tuple[Grant, ...]]:
        return _grouped((grant.entity, grant) for grant in self.grants)

    @cached_property
    def _referrers(self) -> Mapping[str, tuple[tuple[Entity, str, Field], ...]]:
        found = []
        for entity in self.entities.values():
            fields = every_field(entity.fields)
            found += [(one.to, (entity, above(path), one)) for path, one in fields if one.to and one.is_stored]
        return _grouped(found)


def _own_name_first(shown: Iterable[_Shown]) -> list[_Shown]:
    """Return forms or views so that the one that is named for its entity comes first."""
    return sorted(shown, key=lambda one: (one.key != one.entity, one.key))


def _grouped(pairs: Iterable[tuple[str, _T]]) -> dict[str, tuple[_T, ...]]:
    groups: dict[str, tuple[_T, ...]] = {}
    for key, value in pairs:
        groups[key] = (*groups.get(key, ()), value)
    return groups
