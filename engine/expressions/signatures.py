"""Matching arguments with the kinds of a function's parameters."""

from engine.expressions.functions import Parameter
from engine.expressions.types import (
    BLANK,
    DEPARTMENT,
    ORDERED,
    PEOPLE,
    SCALARS,
    TEXT,
    UNKNOWN,
    USER,
    ListOf,
    RecordOf,
    Scope,
    Type,
    type_words,
    unify,
)

Bound = dict[str, Type]
"""What the type variables T, S and O stand for so far."""

_ANY = {"zh-CN": "任意", "en": "any value"}
_SPECIAL = {
    "O": {"zh-CN": "数字、文本、日期或时间", "en": "number, text, date or time"},
    "calendar": {"zh-CN": "工作日历", "en": "calendar of working days"},
}


def accepts(kind: str, actual: Type, bound: Bound, scope: Scope) -> bool:
    """Return whether an argument of a type may stand for a parameter of a kind, and bind its type variables."""
    if kind.startswith("@"):
        return accepts(kind[1:], actual, bound, scope)
    if kind.startswith("~"):
        return accepts(kind[1:], actual.item if isinstance(actual, ListOf) else actual, bound, scope)
    if actual in (UNKNOWN, BLANK) or kind == "any":
        return True
    if kind.startswith("["):
        return isinstance(actual, ListOf) and accepts(kind[1:-1], actual.item, bound, scope)
    if kind == "scalar":
        return not isinstance(actual, ListOf)
    if kind in ("T", "S", "O"):
        return _binds(kind, actual, bound)
    if kind == "calendar":
        return isinstance(actual, RecordOf) and actual.entity in scope.calendars
    return actual == SCALARS[kind] or (kind == USER.name and actual in (RecordOf(PEOPLE[USER]), TEXT))


def _binds(kind: str, actual: Type, bound: Bound) -> bool:
    joined = unify(bound.get(kind, BLANK), actual)
    if joined is not None and kind == "O" and joined not in ORDERED:
        joined = None
    bound[kind] = bound.get(kind, UNKNOWN) if joined is None else joined
    return joined is not None


def result_type(kind: str, bound: Bound, scope: Scope) -> Type:
    """Return the type of a call whose arguments bound the type variables."""
    if kind.startswith("["):
        item = result_type(kind[1:-1], bound, scope)
        return item if isinstance(item, ListOf) else ListOf(item)
    if kind in ("T", "S", "O"):
        return bound.get(kind, BLANK)
    return scope.person(SCALARS[kind]) if kind in (USER.name, DEPARTMENT.name) else SCALARS[kind]


def kind_words(parameter: Parameter, bound: Bound) -> dict[str, str]:
    """Return what a parameter takes, for people, by language."""
    bare = parameter.kind.strip("[]~@")
    known = SCALARS.get(bare, bound.get(bare))
    words = _SPECIAL.get(bare, _ANY) if known is None or known == UNKNOWN else type_words(known)
    if parameter.kind.startswith("["):
        return {"zh-CN": f"{words['zh-CN']}列表", "en": f"list of {words['en']}"}
    return dict(words)
