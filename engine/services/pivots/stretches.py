"""Stretches of the calendar: from the name that stands in a pivot to the days that belong to it, and to a filter."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from engine.definition.pivot import Axis, Grain
from engine.expressions.functions.periods import end_of

_FIRST_MONTH_OF_QUARTER = {"1": 1, "2": 4, "3": 7, "4": 10}

_WITHIN: Mapping[Grain, frozenset[Grain]] = {
    "year": frozenset({"quarter", "month", "day"}),
    "quarter": frozenset({"month", "day"}),
    "month": frozenset({"day"}),
    "week": frozenset({"day"}),
    "day": frozenset(),
}


def is_told_by(axis: Axis, other: Axis) -> bool:
    """Say whether the value of an axis follows from that of another: the year from the month."""
    return axis.field == other.field and axis.by is not None and (other.by is None or other.by in _WITHIN[axis.by])


def first_day(name: str, grain: Grain) -> date:
    """Return the first day of a stretch by its name: 2026-11-20, 2026-W47, 2026-11, 2026-Q4, 2026."""
    match grain:
        case "day":
            return date.fromisoformat(name)
        case "week":
            return date.fromisocalendar(int(name[:4]), int(name[6:]), 1)
        case "month":
            return date(int(name[:4]), int(name[5:]), 1)
        case "quarter":
            return date(int(name[:4]), _FIRST_MONTH_OF_QUARTER[name[6:]], 1)
    return date(int(name), 1, 1)


def last_day(name: str, grain: Grain) -> date:
    """Return the last day of a stretch."""
    first = first_day(name, grain)
    return first if grain == "day" else end_of(first, grain)


def within(path: str, name: str, grain: Grain, kind: str) -> list[dict[str, Any]]:
    """Return the filter that records of a stretch meet; `kind` is the type of the field at the path."""
    first, last = first_day(name, grain), last_day(name, grain)
    if kind == "datetime":
        since = {"field": path, "op": "ge", "value": first.isoformat()}
        if last == date.max:
            return [since]
        return [since, {"field": path, "op": "lt", "value": (last + timedelta(days=1)).isoformat()}]
    ends = [first.isoformat(), last.isoformat()]
    if kind == "local_datetime":
        ends = [f"{ends[0]}T00:00", f"{ends[1]}T23:59"]
    return [{"field": path, "op": "between", "value": ends}]
