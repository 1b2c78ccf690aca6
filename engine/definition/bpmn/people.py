"""Who decides at an activity, as other tools write it: by attribute or element of a local name, whatever the tool's namespace."""

from collections.abc import Mapping
from typing import Any

from engine.definition.bpmn.naming import slug
from engine.definition.bpmn.source import Node
from engine.definition.interchange import Element

_INITIATOR = ("initiator", "starter", "startuserid", "applicant", "applyuser")
_PERFORMERS = ("potentialOwner", "humanPerformer", "performer", "resourceRole")
_USERS = ("assignee", "candidateUsers", "actorId", "actor_id")
_GROUPS = ("candidateGroups", "groupId", "group_id")


def people_of(
    node: Node, roles: Mapping[str, str], space: str, initiators: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """Return the rules that name who decides, none where nobody is named.

    `roles` knows roles by name and title, `initiators` the variables in which start events keep who began.
    """
    found: list[dict[str, Any]] = []
    told = _told(node.element, space)
    for local in _USERS:
        found += [rule for part in _parts(told.get(local, "")) if (rule := _user(part, initiators))]
    for local in (*_GROUPS, "performer"):
        found += [rule for part in _parts(told.get(local, "")) if (rule := _role(part, roles))]
    if not found and node.lane and (rule := _role(node.lane, roles)):
        found = [rule]
    return [rule for index, rule in enumerate(found) if rule not in found[:index]]


def initiators_of(process: Element) -> frozenset[str]:
    """Return the variables in which other tools keep who began a process."""
    return frozenset(
        value
        for one in process.within()
        if one.local == "startEvent"
        for name, value in one.attributes.items()
        if name.rpartition(":")[2] == "initiator"
    )


def mode_of(node: Node, space: str) -> str:
    """Return how those who are asked decide together: one after the other or all for a multiple activity, else any."""
    for one in node.element.elements:
        if one.space == space and one.local == "multiInstanceLoopCharacteristics":
            return "sequential" if one.get("isSequential") == "true" else "all"
    return "any"


def _told(element: Element, space: str) -> dict[str, str]:
    told: dict[str, str] = {}
    for name, value in element.attributes.items():
        if element.space_of(name) not in ("", space):
            told.setdefault(name.rpartition(":")[2], value)
    for one in element.within():
        if one.space != space and "assignmentDefinition" in one.local:
            told |= {name: value.removeprefix("=").strip('"') for name, value in one.attributes.items()}
        if one.space == space and one.local in _PERFORMERS:
            said = " ".join(" ".join(part.text for part in one.within()).split())
            told["performer"] = ",".join(part for part in (told.get("performer", ""), said or one.get("name")) if part)
    return told


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _user(text: str, initiators: frozenset[str]) -> dict[str, Any] | None:
    """Return the rule for one user; an expression of another tool names nobody, save where it means the initiator."""
    bare = text.strip("${}#= ").strip()
    if bare in initiators or bare.lower().replace("_", "").rpartition(".")[2] in _INITIATOR:
        return {"initiator": True}
    inner = bare.removeprefix("user(").removesuffix(")")
    return {"user": inner} if inner and "{" not in text else None


def _role(text: str, roles: Mapping[str, str]) -> dict[str, Any] | None:
    bare = text.strip("${}#= ").strip()
    if bare.startswith("user(") and bare.endswith(")"):
        return {"user": bare[5:-1]}
    if "{" in text and bare not in roles:
        return None
    bare = bare.removeprefix("group(").removesuffix(")")
    name = roles.get(bare) or roles.get(bare.lower()) or slug(bare)
    return {"role": name} if name else None
