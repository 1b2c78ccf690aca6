"""How a roll-up changes when what counts for a record changes; pure.

Sums and counts change by their differences. A least or greatest value is asked of the database again only when it may have
left: what comes can only push it further.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.definition.model import Entity
from engine.definition.values import as_value, average, of_nothing
from engine.storage.record_tables import EntityTable
from engine.storage.rollup_feeds import COUNT, SUM, Feed, kept_name
from engine.storage.rollup_tallies import EXTREMES, NOTHING, Tally


@dataclass(frozen=True, slots=True)
class Delta:
    """What is different for one record: sum and count by how much; of extremes, what left and what came.

    In a tree `below` says the same of what lies directly below the record.
    """

    total: Decimal = Decimal(0)
    count: int = 0
    left: frozenset[Any] = frozenset()
    came: frozenset[Any] = frozenset()
    below: "Delta | None" = None

    def __bool__(self) -> bool:
        return bool(self.total or self.count or self.left or self.came or self.below)

    def __add__(self, other: "Delta") -> "Delta":
        below = self.below + other.below if self.below and other.below else self.below or other.below
        left, came = self.left | other.left, self.came | other.came
        return Delta(self.total + other.total, self.count + other.count, left, came, below)

    def __neg__(self) -> "Delta":
        return Delta(-self.total, -self.count, self.came, self.left, -self.below if self.below else None)


Deltas = dict[str, Delta]


def differences(feed: Feed, before: Mapping[str, Tally], after: Mapping[str, Tally]) -> Deltas:
    """Return what changed for whom, from what counted before and after."""
    found: Deltas = {}
    for target in dict.fromkeys((*before, *after)):
        old, new = before.get(target, NOTHING), after.get(target, NOTHING)
        if feed.rollup.aggregate not in EXTREMES:
            delta = Delta(new.total - old.total, new.count - old.count)
        elif (old.extreme, old.count) == (new.extreme, new.count):
            delta = Delta()
        else:
            left, came = ({one.extreme} - {None} for one in (old, new))
            delta = Delta(left=frozenset(left), came=frozenset(came))
        if delta:
            found[target] = delta
    return found


def merged(one: Mapping[str, Delta], other: Mapping[str, Delta]) -> Deltas:
    """Return two sets of differences as one."""
    return {key: one.get(key, Delta()) + other.get(key, Delta()) for key in dict.fromkeys((*one, *other))}


def changed(feed: Feed, row: Mapping[str, Any], delta: Delta, ask: Callable[[], Any]) -> dict[str, object]:
    """Return the new values of a roll-up's columns by name. `ask` gives the extreme as the database has it now."""
    name, aggregate = feed.field.name, feed.rollup.aggregate
    if aggregate in EXTREMES:
        return {name: extreme(feed, row.get(name), delta, ask)}
    if aggregate == "sum":
        return {name: as_value(feed.field, Decimal(row[name] or 0) + delta.total)}
    if aggregate == "count":
        return {name: as_value(feed.field, Decimal(int(row[name] or 0) + delta.count))}
    counted = kept_name(feed.field, COUNT)
    count = int(row[counted] or 0) + delta.count
    if aggregate == "avg":
        summed = kept_name(feed.field, SUM)
        total = Decimal(row[summed] or 0) + delta.total
        return {name: average(feed.field, total, count), summed: total, counted: count}
    return {name: count > 0 if aggregate == "any" else count == 0, counted: count}


def extreme(feed: Feed, now: Any, delta: Delta, ask: Callable[[], Any]) -> Any:
    """Return the new least or greatest value."""
    best = min if feed.rollup.aggregate == "min" else max
    left: set[Any] = {as_value(feed.field, one) for one in delta.left}
    came: set[Any] = {as_value(feed.field, one) for one in delta.came}
    reached = best(came - left, default=None)
    if reached is not None and (now is None or best(reached, now) == reached):
        return reached
    # What left may have been the extreme, or may have come and left again meanwhile.
    return as_value(feed.field, ask()) if now in left or left & came else now


def state(feed: Feed, tally: Tally) -> dict[str, object]:
    """Return the values of a roll-up's columns for what counts, from nothing."""
    aggregate, blank = feed.rollup.aggregate, dict.fromkeys((feed.field.name, *(one.name for one in feed.kept)))
    if aggregate in EXTREMES:
        return dict.fromkeys(blank, as_value(feed.field, tally.extreme))
    return changed(feed, blank, Delta(tally.total, tally.count), lambda: None)


def tally_of(feed: Feed, row: Mapping[str, Any]) -> Delta:
    """Return all that counts for a record as it is stored: what its place in a tree takes along."""
    name, aggregate = feed.field.name, feed.rollup.aggregate
    value = row.get(name)
    if aggregate in EXTREMES:
        return Delta(below=Delta(came=frozenset({value} - {None})))
    if aggregate == "sum":
        return Delta(total=Decimal(value or 0))
    count = int((value if aggregate == "count" else row.get(kept_name(feed.field, COUNT))) or 0)
    total = Decimal(row.get(kept_name(feed.field, SUM)) or 0) if aggregate == "avg" else Decimal(0)
    return Delta(total, count)


def unfed(place: EntityTable) -> dict[str, object]:
    """Return the columns of the roll-ups of a new record, for which nothing counts yet."""
    found: dict[str, object] = {one.name: of_nothing(one) for one in place.entity.fields if one.rollup}
    counts = {one.name: 0 for one in place.kept if one.name.endswith((f"_{COUNT}", f"_{SUM}"))}
    return found | counts


def is_kept(entity: Entity, name: str) -> bool:
    """Say whether a field is a roll-up: nobody writes it but what keeps it."""
    field = entity.field(name)
    return field is not None and field.rollup is not None
