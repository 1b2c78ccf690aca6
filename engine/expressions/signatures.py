"""Matching arguments with the kinds of a function's parameters."""

from engine.expressions.functions import Parameter
from engine.expressions.types import BLANK, SCALARS, UNKNOWN, ListOf, Scope, Type, type_words, unify

Bound = dict[str, Type]
"""What the type variables T and S stand for so far."""

_ANY = {"zh-CN": "任意", "en": "any value"}


def accepts(kind: str, actual: Type, bound: Bound) -> bool:
    """Return whether an argument of a type may stand for a parameter of a kind, and bind its type variables."""
    if kind.startswith("~"):
        return accepts(kind[1:], actual.item if isinstance(actual, ListOf) else actual, bound)
    if actual in (UNKNOWN, BLANK) or kind == "any":
        return True
    if kind.startswith("["):
        return isinstance(actual, ListOf) and accepts(kind[1:-1], actual.item, bound)
    if kind == "scalar":
        return not isinstance(actual, ListOf)
    if kind in ("T", "S"):
        joined = unify(bound.get(kind, BLANK), actual)
        bound[kind] = bound.get(kind, UNKNOWN) if joined is None else joined
        return joined is not None
    return actual == SCALARS[kind]


def result_type(kind: str, bound: Bound, scope: Scope) -> Type:
    """Return the type of a call whose arguments bound the type variables."""
    if kind.startswith("["):
        return ListOf(result_type(kind[1:-1], bound, scope))
    if kind in ("T", "S"):
        return bound.get(kind, BLANK)
    return scope.user() if kind == "user" else SCALARS[kind]


def kind_words(parameter: Parameter, bound: Bound) -> dict[str, str]:
    """Return what a parameter takes, for people, by language."""
    bare = parameter.kind.strip("[]~")
    known = SCALARS.get(bare, bound.get(bare))
    words = _ANY if known is None else type_words(known)
    if parameter.kind.startswith("["):
        return {"zh-CN": f"{words['zh-CN']}列表", "en": f"list of {words['en']}"}
    return dict(words)
