"""Limits of measures: what is raised where a figure is not as it should be, and who is told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.definition.choices import Text
from engine.expressions import Compiled

LimitSeverity = Literal["warn", "alert"]


@dataclass(frozen=True, slots=True)
class Told:
    """People who are told: of a role, of a role in the team of the record that a dimension (`of`) is, or by an expression."""

    role: str = ""
    project_role: str = ""
    of: str = ""
    user: Compiled | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """Asked at every place that the dimensions `by` make: where `when` holds, it is raised until it does not any more.

    `when` sees the dimensions, `value`, and `others`: the figures of all other places that have the same values of `among`.
    """

    name: str
    by: tuple[str, ...]
    among: tuple[str, ...]
    when: Compiled
    message: Text
    holes: Mapping[str, Compiled] = field(default_factory=dict)
    severity: LimitSeverity = "warn"
    to: tuple[Told, ...] = ()
    id: str = ""

    @property
    def asks_others(self) -> bool:
        """Say whether the figures of other places are asked for."""
        return any("others" in one.reads for one in (self.when, *self.holes.values()))


def parts_of(key: str, formulas: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield a measure and all that it is worked out of; `formulas` are the measures that each derived one asks."""
    waiting, seen = [key], set[str]()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            yield one
            waiting += formulas.get(one, ())
