"""Figures along time: totals so far, and what stood there a period or a year before."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from engine.definition.along import Along, Show

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


def later(period: object, show: Show) -> object:
    """Return the period at which an earlier one is shown: the next one, or the same of the next year; None if there is none."""
    if isinstance(period, date):
        try:
            return period + timedelta(days=1) if show == "previous_period" else period.replace(year=period.year + 1)
        except (ValueError, OverflowError):
            return None
    if isinstance(period, Decimal):
        return period + 1
    matched = _PERIOD.fullmatch(period) if isinstance(period, str) else None
    if matched is None:
        return None
    year, dash, month, mark, quarter = matched.groups()
    if not (month or quarter):
        return f"{int(year) + 1:04}"
    count, within = (12, int(month)) if month else (4, int(quarter))
    whole = int(year) * count + within - 1 + (1 if show == "previous_period" else count)
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
