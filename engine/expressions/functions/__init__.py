"""The function table: one entry a function, one file a kind."""

from collections.abc import Mapping

from engine.expressions.functions import (
    dates,
    identifiers,
    lists,
    logic,
    money,
    numbers,
    people,
    periods,
    rows,
    statistics,
    text,
    workdays,
    writing,
)
from engine.expressions.functions.entry import Function, Parameter

KINDS: Mapping[str, tuple[Function, ...]] = {
    "logic": logic.FUNCTIONS,
    "numbers": numbers.FUNCTIONS,
    "money": money.FUNCTIONS,
    "text": text.FUNCTIONS,
    "writing": writing.FUNCTIONS,
    "identifiers": identifiers.FUNCTIONS,
    "dates": dates.FUNCTIONS,
    "periods": periods.FUNCTIONS,
    "workdays": workdays.FUNCTIONS,
    "lists": lists.FUNCTIONS,
    "rows": rows.FUNCTIONS,
    "statistics": statistics.FUNCTIONS,
    "people": people.FUNCTIONS,
}
FUNCTIONS: Mapping[str, Function] = {function.name: function for kind in KINDS.values() for function in kind}
NAMED: Mapping[str, str] = {"指标": "MEASURE", "查询": "LOOKUP", "MEASURE": "MEASURE", "LOOKUP": "LOOKUP"}
"""Functions with named arguments; they are nodes of their own."""
VOLATILE = frozenset(function.name for function in FUNCTIONS.values() if function.volatile)

_NAMES: Mapping[str, str] = {
    **{alias: function.name for function in FUNCTIONS.values() for alias in function.aliases},
    **{name: name for name in FUNCTIONS},
    **NAMED,
}


def canonical_name(written: str) -> str | None:
    """Return the function's own name for a name or alias in any case, None if there is no such function."""
    return _NAMES.get(written.upper())


def all_names() -> tuple[str, ...]:
    """Return every name and alias."""
    return tuple(_NAMES)


__all__ = ["FUNCTIONS", "KINDS", "NAMED", "VOLATILE", "Function", "Parameter", "all_names", "canonical_name"]
