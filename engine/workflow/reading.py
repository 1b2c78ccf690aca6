"""Reading the parts of a flow's definition: what is not understood becomes a problem at its place, and reading goes on."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.paths import join as under
from engine.problems import Problem
from engine.workflow.program import Rule
from engine.workflow.quorum import NAMED, Mode, parse_mode

FIELD_ACCESS = ("hidden", "read", "write", "required")
EMPTY = ("to_admin", "auto_pass", "auto_reject", "block")
TEXT_RULES = ("user", "role", "project_role", "user_field")
RULES = (*TEXT_RULES, "department_head", "initiator")


class Reader:
    """Turns JSON values into values of the program, and gathers problems."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def report(self, code: str, pointer: str, **params: object) -> None:
        """Add one problem."""
        self.problems.append(Problem(code, pointer, params))

    def mapping(self, value: object, pointer: str) -> Mapping[str, Any]:
        """Return `value` if it is an object, and an empty one with a problem if not."""
        if isinstance(value, Mapping):
            return value
        self.report("flow_value", pointer, expected="object")
        return {}

    def sequence(self, value: object, pointer: str) -> Sequence[Any]:
        """Return `value` if it is an array, and an empty one with a problem if not."""
        if isinstance(value, list):
            return value
        self.report("flow_value", pointer, expected="array")
        return []

    def choice(self, owner: Mapping[str, Any], key: str, pointer: str, allowed: tuple[str, ...]) -> str:
        """Return one of the allowed words; the first of them is the default."""
        value = owner.get(key, allowed[0])
        if value not in allowed:
            self.report("flow_choice", under(pointer, key), value=value, allowed=allowed)
            return allowed[0]
        return str(value)

    def fields(self, value: object, pointer: str, allowed: tuple[str, ...]) -> Mapping[str, str]:
        """Return the access to fields, path by path."""
        given = self.mapping({} if value is None else value, pointer)
        return {path: self.choice(given, path, pointer, allowed) for path in given}

    def mode(self, value: object, pointer: str) -> Mode:
        """Return how many must agree."""
        mode = parse_mode(value)
        if mode is None:
            self.report("flow_mode", pointer, value=value)
        return mode or NAMED["any"]

    def empty(self, value: object, pointer: str) -> tuple[str, tuple[Rule, ...]]:
        """Return what happens where nobody is found, and the rules for who is asked instead."""
        if isinstance(value, Mapping):
            return "assign", self.rules(value.get("assign"), under(pointer, "assign"))
        if value is not None and value not in EMPTY:
            self.report("flow_choice", pointer, value=value, allowed=EMPTY)
            return EMPTY[0], ()
        return str(value or EMPTY[0]), ()

    def rules(self, value: object, pointer: str) -> tuple[Rule, ...]:
        """Return the rules that find people; there must be one at least."""
        given = value if isinstance(value, list) else []
        if not given:
            self.report("flow_nobody_asked", pointer)
        found = (self._rule(entry, under(pointer, index)) for index, entry in enumerate(given))
        return tuple(rule for rules in found for rule in rules)

    def _rule(self, value: object, pointer: str) -> tuple[Rule, ...]:
        entry = self.mapping(value, pointer)
        kinds = [kind for kind in RULES if kind in entry]
        weight = entry.get("weight", 1)
        rule = _made(kinds[0], entry[kinds[0]], weight) if len(kinds) == 1 and _is_count(weight) else None
        if rule is None:
            self.report("flow_rule", pointer, allowed=RULES)
        return (rule,) if rule else ()


def _made(kind: str, given: object, weight: int) -> Rule | None:
    if kind in TEXT_RULES:
        return Rule(kind, given, weight=weight) if isinstance(given, str) and given else None
    if kind == "department_head" and isinstance(given, Mapping):
        level = given.get("level", 1)
        return Rule(kind, level=level, weight=weight) if _is_count(level) else None
    return Rule(kind, weight=weight) if given is True else None


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1
