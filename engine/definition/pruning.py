"""Take out of a document what breaks its schema, so that the rest can still be checked.

A designer sees all mistakes at once only if one wrong key does not hide what stands beside it. What is taken out is
remembered by name, because things that refer to it are not mistakes of their own.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass

from engine.definition.structure import check_structure
from engine.paths import split
from engine.problems import Problem

_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Pruned:
    """What is left (None if nothing can be read), every finding of the structure, and the names that went."""

    body: Mapping[str, object] | None
    problems: tuple[Problem, ...]
    names: frozenset[str]


def prune(kind: str, body: Mapping[str, object]) -> Pruned:
    """Return the sound part of a document. Members of lists are replaced by None, so that pointers stay true."""
    problems = check_structure(kind, body)
    rest, names = (copy.deepcopy(body) if problems else body), set[str]()
    current = tuple(problem for problem in problems if not _is_left(rest, problem))
    for _ in range(_ROUNDS):
        if not current:
            return Pruned(rest, problems, frozenset(names))
        if not all(_remove(rest, problem, names) for problem in current):
            break
        current = tuple(problem for problem in check_structure(kind, rest) if not _is_left(rest, problem))
    return Pruned(None, problems, frozenset(names))


def _remove(body: Mapping[str, object], problem: Problem, names: set[str]) -> bool:
    """Remove what a problem points at; say whether that was possible."""
    tokens = split(problem.pointer)
    if problem.code == "schema_missing_key" and problem.params["key"] == "title":
        target = _follow(body, tokens)
        if isinstance(target, dict):
            target["title"] = "?"
        return True
    if not tokens:
        return False
    parent, last = _follow(body, tokens[:-1]), tokens[-1]
    if isinstance(parent, dict):
        names.update((last, *_names_in(parent.pop(last, None))))
    elif isinstance(parent, list) and int(last) < len(parent):
        names.update(_names_in(parent[int(last)]))
        parent[int(last)] = None
    return True


def _follow(value: object, tokens: tuple[str, ...]) -> object:
    for token in tokens:
        if isinstance(value, dict):
            value = value.get(token)
        elif isinstance(value, list) and token.isdigit() and int(token) < len(value):
            value = value[int(token)]
        else:
            return None
    return value


def _names_in(value: object) -> set[str]:
    if not isinstance(value, dict):
        return set()
    properties = value.get("properties")
    inner = set(properties) if isinstance(properties, dict) else set()
    return inner | ({value["name"]} if isinstance(value.get("name"), str) else set())


def _is_left(body: Mapping[str, object], problem: Problem) -> bool:
    """Say whether a finding may stay: a hole made here, or a key that the whole document lacks."""
    if not problem.pointer:
        return problem.code in ("schema_missing_key", "schema_exactly_one")
    tokens = split(problem.pointer)
    parent = _follow(body, tokens[:-1]) if tokens else None
    return isinstance(parent, list) and _follow(body, tokens) is None
