"""Figures along time: totals so far, and what stood there a period or a year before."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from engine.definition.along import Along, Show
from engine.expressions import Bounds

Keys = tuple[object, ...]
Found = dict[Keys, Decimal | None]
Ask = Callable[[Sequence[str], Mapping[str, object]], Found]

_PERIOD = re.compile(r"(\d{4})(?:(-)(\d{2})|(-?Q)([1-4]))?")


def figures_along(along: Along, by: Sequence[str], where: Mapping[str, object], ask: Ask) -> Found:
    """Return figures by dimensions; `ask` answers those of the measure itself, without its way along time.

    Where the dimension of time is neither asked for nor given, a running total is that of the last period, and a
    comparison is blank: it would be with nothing.
    """
    name = along.dimension
    inner = list(by) if name in by else [*by, name]
    at, chosen = inner.index(name), where.get(name)
    found = ask(inner, {key: value for key, value in where.items() if key != name})
    found = _running(found, at, chosen) if along.show == "running_total" else _moved(found, at, along.show)
    if name in where:
        found = {keys: value for keys, value in found.items() if keys[at] == chosen}
    if name in by:
        return found
    if name not in where:
        last = max((keys[at] for keys in found), key=_order, default=None)
        found = (
            {keys: value for keys, value in found.items() if keys[at] == last} if along.show == "running_total" else {}
        )
    whole = {(*keys[:at], *keys[at + 1 :]): value for keys, value in found.items()}
    return whole or ({} if by else {(): None})


def periods_behind(along: Along, chosen: object, ask: Ask, where: Mapping[str, object]) -> list[object]:
    """Return the periods whose documents stand behind the figure of one period."""
    rest = {key: value for key, value in where.items() if key != along.dimension}
    known = [keys[0] for keys in ask([along.dimension], rest)]
    if along.show == "running_total":
        return [one for one in known if _order(one) <= _order(chosen)]
    return [one for one in known if later(one, along.show) == chosen]


def asked_along(along: Along, dimensions: Mapping[str, object]) -> Mapping[str, object] | None:
    """Return where the measure itself is asked for one figure along time; None where there is no such period.

    A total so far is one question up to the period. Where no period is given it is the whole; a comparison is with nothing.
    """
    name = along.dimension
    if name not in dimensions:
        return dimensions if along.show == "running_total" else None
    period = dimensions[name]
    if isinstance(period, Bounds) or period is None:
        return None
    if along.show == "running_total":
        return {**dimensions, name: Bounds().and_also("<=", period)}
    before = earlier(period, along.show)
    return None if before is None else {**dimensions, name: before}


def earlier(period: object, show: Show) -> object:
    """Return the period that is shown at a later one: the one before, or the same of the year before; None if there is none."""
    if isinstance(period, date):
        try:
            return period - timedelta(days=1) if show == "previous_period" else period.replace(year=period.year - 1)
        except (ValueError, OverflowError):
            return None
    return period - 1 if isinstance(period, Decimal) else _moved_by(period, -1, show)


def later(period: object, show: Show) -> object:
    """Return the period at which an earlier one is shown: the next one, or the same of the next year; None if there is none."""
    if isinstance(period, date):
        try:
            return period + timedelta(days=1) if show == "previous_period" else period.replace(year=period.year + 1)
        except (ValueError, OverflowError):
            return None
    if isinstance(period, Decimal):
        return period + 1
    return _moved_by(period, 1, show)


def _moved_by(period: object, sign: int, show: Show) -> str | None:
    matched = _PERIOD.fullmatch(period) if isinstance(period, str) else None
    if matched is None:
        return None
    year, dash, month, mark, quarter = matched.groups()
    if not (month or quarter):
        return f"{int(year) + sign:04}"
    count, within = (12, int(month)) if month else (4, int(quarter))
    whole = int(year) * count + within - 1 + sign * (1 if show == "previous_period" else count)
    return f"{whole // count:04}{dash or mark}" + (f"{whole % count + 1:02}" if month else f"{whole % count + 1}")


def _moved(found: Found, at: int, show: Show) -> Found:
    moved = {(*keys[:at], later(keys[at], show), *keys[at + 1 :]): value for keys, value in found.items()}
    return {keys: value for keys, value in moved.items() if keys[at] is not None}


def _running(found: Found, at: int, chosen: object) -> Found:
    """Return the totals so far: at every period that occurs anywhere, from the first one of each group on."""
    periods = sorted({keys[at] for keys in found} | ({chosen} if chosen is not None else set()), key=_order)
    groups: dict[tuple[Keys, Keys], dict[object, Decimal | None]] = {}
    for keys, value in found.items():
        groups.setdefault((keys[:at], keys[at + 1 :]), {})[keys[at]] = value
    summed: Found = {}
    for (before, after), values in groups.items():
        total: Decimal | None = None
        for period in periods:
            value = values.get(period)
            total = value if total is None else total + (value or 0)
            if total is not None:
                summed[*before, period, *after] = total
    return summed


def _order(period: object) -> tuple[bool, str]:
    """Order periods; a blank one comes first: what has no day counts from the start."""
    number = f"{period:020.6f}" if isinstance(period, Decimal) else str(period)
    return (period is not None, number)
