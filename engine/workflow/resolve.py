"""Who is asked at a node, and why: rules, inactive people, the policy for nobody, the policy for the initiator, each once.

The order is that of the semantics: rules, drop inactive, nobody found, initiator found, once each. What the policy for nobody
finds is asked as it is, save for people who are inactive.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.workflow.env import People
from engine.workflow.program import Node, Rule

HIGHEST_LEVEL = 10

Answer = Literal["ask", "pass", "reject", "block"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One person and the weight of the vote."""

    user: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Resolution:
    """What comes of looking for people; `why` is the trace that people may read, as plain JSON."""

    answer: Answer
    people: tuple[Asked, ...]
    why: Mapping[str, object]


Lookup = Callable[[Rule, People, str], Iterable[str]]

LOOKUPS: Mapping[str, Lookup] = {
    "user": lambda rule, _people, _initiator: (rule.value,),
    "role": lambda rule, people, _initiator: people.users_of_role(rule.value),
    "project_role": lambda rule, people, _initiator: people.project_role(rule.value),
    "user_field": lambda rule, people, _initiator: people.user_field(rule.value),
    "department_head": lambda rule, people, initiator: people.department_heads(initiator, rule.level),
    "initiator": lambda _rule, _people, initiator: (initiator,),
}


def find(rules: Iterable[Rule], people: People, initiator: str) -> tuple[tuple[Asked, ...], dict[str, object]]:
    """Return the active people that rules find, once each, and the trace."""
    kept: dict[str, Asked] = {}
    dropped: list[str] = []
    trace: list[dict[str, object]] = []
    for rule in rules:
        users = list(LOOKUPS[rule.kind](rule, people, initiator))
        trace.append({"rule": rule.to_document(), "users": users})
        for user in users:
            if people.is_active(user):
                kept.setdefault(user, Asked(user, rule.weight))
            else:
                dropped.append(user)
    why: dict[str, object] = {"rules": trace}
    return tuple(kept.values()), why | ({"inactive": dropped} if dropped else {})


def resolve(node: Node, people: People, initiator: str) -> Resolution:
    """Return whom an approval asks, or what happens instead."""
    found, why = find(node.by, people, initiator)
    if not found:
        return _nobody(node, people, initiator, why)
    if node.self_policy == "self" or all(asked.user != initiator for asked in found):
        return Resolution("ask", found, why)
    return _without_initiator(node, people, initiator, found, why)


def _nobody(node: Node, people: People, initiator: str, why: Mapping[str, object]) -> Resolution:
    traced: dict[str, object] = {**why, "empty": node.empty}
    if node.empty == "auto_pass":
        return Resolution("pass", (), traced)
    if node.empty == "auto_reject":
        return Resolution("reject", (), traced)
    asked: tuple[Asked, ...] = ()
    if node.empty == "assign":
        asked, traced["assign"] = find(node.assign, people, initiator)
    if not asked and node.empty != "block":
        asked = _active(people.admins(), people)
        traced |= {"admins": [one.user for one in asked]}
    return Resolution("ask" if asked else "block", asked, traced)


def _without_initiator(
    node: Node, people: People, initiator: str, found: tuple[Asked, ...], why: Mapping[str, object]
) -> Resolution:
    traced: dict[str, object] = {**why, "self": node.self_policy}
    if node.self_policy == "skip":
        others = tuple(asked for asked in found if asked.user != initiator)
        return Resolution("ask" if others else "pass", others, traced)
    instead = _instead(node.self_policy, people, initiator)
    kept: dict[str, Asked] = {}
    for asked in found:
        users = instead if asked.user == initiator else (asked.user,)
        for user in users:
            kept.setdefault(user, Asked(user, asked.weight))
    traced["instead"] = list(instead)
    return Resolution("ask", tuple(kept.values()), traced) if kept else _nobody(node, people, initiator, traced)


def _instead(policy: str, people: People, initiator: str) -> tuple[str, ...]:
    """Return who decides for the initiator; never the initiator, who may be the head of the own department."""
    if policy == "superior":
        superior = people.superior(initiator)
        wanted = [superior] if superior else []
        return tuple(asked.user for asked in _active(wanted, people) if asked.user != initiator)
    for level in range(1, HIGHEST_LEVEL + 1):
        heads = [asked.user for asked in _active(people.department_heads(initiator, level), people)]
        others = tuple(head for head in heads if head != initiator)
        if others:
            return others
    return ()


def _active(users: Iterable[str], people: People) -> tuple[Asked, ...]:
    return tuple(Asked(user) for user in dict.fromkeys(users) if people.is_active(user))
