"""The rows and the columns of a pivot in their order: groups with what is in them, and the totals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.services.pivots.members import AxisMembers, Member
from engine.services.pivots.stretches import is_told_by

Keys = tuple[object, ...]
"""The values of the outermost axes; none of them is the total of all."""
Order = Callable[[Keys], Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One row or column: what it stands for, from the outermost axis on."""

    keys: Keys
    members: tuple[Member, ...]

    def view(self) -> dict[str, Any]:
        """Return the line as it is told."""
        axes = [member.axis for member in self.members]
        wheres = [one.where for one in self.members if not any(is_told_by(one.axis, other) for other in axes)]
        where = None if None in wheres else [one for part in wheres if part for one in part]
        return {
            "keys": [member.key for member in self.members],
            "labels": [member.label for member in self.members],
            "where": where,
        }


def lines_of(
    axes: Sequence[AxisMembers], keys: set[Keys], *, parents_first: bool, shown: Callable[[int], bool], order: Order
) -> list[Line]:
    """Return the lines of one side: below each group what is in it, or above it without `parents_first`; the total of all last.

    `keys` are those of the finest lines, `shown` says whether lines of so many values are drawn, `order` sorts what stands in one group.
    """
    below: dict[Keys, set[Keys]] = {}
    for full in keys:
        for depth in range(1, len(axes) + 1):
            below.setdefault(full[: depth - 1], set()).add(full[:depth])
    found: list[Line] = []

    def walk(at: Keys) -> None:
        own = [Line(at, tuple(axis.of(key) for axis, key in zip(axes, at, strict=False)))]
        own = own if at and shown(len(at)) else []
        found.extend(own if parents_first else ())
        for child in sorted(below.get(at, ()), key=order):
            walk(child)
        found.extend(() if parents_first else own)

    walk(())
    return [*found, Line((), ())] if shown(0) else found


def by_members(axes: Sequence[AxisMembers]) -> Order:
    """Return the order of the values themselves."""
    return lambda keys: axes[len(keys) - 1].of(keys[-1]).rank


def by_value(axes: Sequence[AxisMembers], worth: Mapping[Keys, Any], *, descending: bool) -> Order:
    """Return the order of what lines are worth, blanks last; what is worth the same stands in the order of its own values."""
    ranks: dict[Any, int] = {
        one: number for number, one in enumerate(sorted({w for w in worth.values() if w is not None}))
    }

    def order(keys: Keys) -> Any:
        found = worth.get(keys)
        rank = ranks[found] if found is not None else 0
        return (found is None, -rank if descending else rank, axes[len(keys) - 1].of(keys[-1]).rank)

    return order
