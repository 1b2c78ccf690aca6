"""Putting values in order: texts by code point, equals as they come."""

from collections.abc import Iterable
from functools import cmp_to_key

from engine.expressions.values import Value, compare


def in_order(values: Iterable[Value], *, descending: bool = False) -> list[Value]:
    """Return values that are not blank, sorted. Raises ExpressionError("wrong_value") for a mixture."""
    return sorted(values, key=cmp_to_key(compare), reverse=descending)


def by_keys(items: list[Value], keys: list[Value]) -> list[Value]:
    """Return items in the order of their keys; those without a key come last, equals stay as they come."""

    def earlier(one: int, other: int) -> int:
        return compare(keys[one], keys[other])

    known = sorted((at for at, key in enumerate(keys) if key is not None), key=cmp_to_key(earlier))
    return [items[at] for at in (*known, *(at for at, key in enumerate(keys) if key is None))]
