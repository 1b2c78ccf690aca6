"""What the roll-ups of the depot should be, worked out from all records with plain Python."""

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Rows = Mapping[str, Mapping[str, Any]]
CENT = Decimal("0.01")


def rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def groups(groups_: Rows, areas: Mapping[str, Mapping[str, object]], area_rows: Rows) -> dict[str, dict[str, object]]:
    found = {}
    for key in groups_:
        inside = [areas[area]["left"] for area, row in area_rows.items() if row["group"] == key]
        lefts = [one for one in inside if isinstance(one, Decimal)]
        left = rounded(sum(lefts, Decimal(0)))
        found[key] = {"left": left, "fullest": max(lefts, default=None), "double": left * 2}
    return found


def areas(
    area_rows: Rows, items: Rows, orders: Rows, moves: Iterable[Mapping[str, Any]]
) -> dict[str, dict[str, object]]:
    entries = list(moves)
    return {key: _area(key, area_rows, items, orders, entries) for key in area_rows}


def _area(key: str, area_rows: Rows, items: Rows, orders: Rows, moves: list[Mapping[str, Any]]) -> dict[str, object]:
    inside = below(area_rows, key)
    own = [one for one in items.values() if one["area"] == key]
    all_ = [one for one in items.values() if one["area"] in inside]
    lines = [
        line
        for order in orders.values()
        if order["area"] in inside and order["status"] not in ("void", "rejected", "withdrawn")
        for line in order["lines"]
        if line["count"] is not None and line["count"] > 1 and line["price"] is not None
    ]
    spare = _sum(area_rows[one]["spare"] for one in inside)
    ordered = _sum(rounded(line["count"] * line["price"]) for line in lines)
    checked = [one["checked"] is True for one in own if not one["broken"]]
    taken = (one["total"] for one in orders.values() if one["area"] == key and one["status"] == "approved")
    return {
        "spare_total": spare,
        "areas": sum(one["within"] == key for one in area_rows.values()),
        "items": len(all_),
        "dearest": _best(max, (one["price"] for one in all_)),
        "cheapest": _best(min, (one["price"] for one in own if one["price"] is not None and one["price"] > 1)),
        "third": _sum(rounded(one["price"] / 3) for one in all_ if one["price"] is not None),
        "mean": _mean(one["price"] for one in own),
        "mean_below": _mean(one["price"] for one in all_),
        "any_broken": any(one["broken"] for one in all_),
        "all_checked": all(checked),
        "first_day": _best(min, (one["day"] for one in all_)),
        "ordered": ordered,
        "taken": _sum(taken),
        "left": spare - ordered,
        "moved": _sum(one["amount"] for one in moves if one["area"] == key and one["stage"] == "effective"),
    }


def below(area_rows: Rows, key: str) -> set[str]:
    found, waiting = {key}, [key]
    while waiting:
        here = waiting.pop()
        inside = {one for one, row in area_rows.items() if row["within"] == here} - found
        found |= inside
        waiting += inside
    return found


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return rounded(sum((one for one in values if one is not None), Decimal(0)))


def _best(choose: Callable[..., Any], values: Iterable[Any]) -> Any:
    return choose((one for one in values if one is not None), default=None)


def _mean(values: Iterable[Decimal | None]) -> Decimal | None:
    present = [one for one in values if one is not None]
    return rounded(sum(present, Decimal(0)) / len(present)) if present else None
