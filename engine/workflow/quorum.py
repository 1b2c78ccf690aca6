"""How many of those who are asked must agree: the modes of an approval, and the fold over its seats.

All comparisons are of whole numbers (`agreed * whole >= part * asked`), so that two thirds are two thirds and no rounding hides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

Measure = Literal["any", "share", "count", "weight"]
Verdict = Literal["passed", "rejected"]

AGREEING = frozenset({"agreed", "skipped"})
OPEN = frozenset({"waiting", "pending"})
OPTIONS = frozenset({"strict", "wait_all", "in_order"})


@dataclass(frozen=True, slots=True)
class Mode:
    """When an approval passes and when it fails.

    `any`: the first answer decides. `share`: at least part/whole of the seats. `count`: at least `part` seats. `weight`: seats
    that together weigh at least `part`. A count or weight beyond all seats asks for all of them. `strict` turns "at least"
    into "more than" (shares only); `wait_all` lets everybody answer first; `in_order` asks one after the other.
    """

    measure: Measure
    part: int = 1
    whole: int = 1
    strict: bool = False
    wait_all: bool = False
    in_order: bool = False

    def to_document(self) -> dict[str, Any]:
        """Return the mode as plain JSON."""
        return {
            "measure": self.measure,
            "part": self.part,
            "whole": self.whole,
            "strict": self.strict,
            "wait_all": self.wait_all,
            "in_order": self.in_order,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Mode":
        """Return the mode that `to_document` wrote."""
        return cls(**document)


@dataclass(frozen=True, slots=True)
class Ballot:
    """What the fold sees of a seat: its status and its weight."""

    status: str
    weight: int = 1


NAMED = {
    "any": Mode("any"),
    "all": Mode("share"),
    "sequential": Mode("share", in_order=True),
}


def parse_mode(value: object) -> Mode | None:
    """Return the mode that a definition writes, None for what is none.

    `"any"`, `"all"`, `"sequential"`, `{"quorum": "2/3"}`, `{"quorum": "50%"}`, `{"count": 2}` or `{"weight": 50}`; the three
    objects take `strict` (quorum only), `wait_all` and `in_order` as well. A share that nothing could reach is no mode.
    """
    if isinstance(value, str):
        return NAMED.get(value)
    written = value if isinstance(value, Mapping) else {}
    options = {key: written[key] for key in OPTIONS & written.keys()}
    measures = written.keys() - OPTIONS
    if len(measures) != 1 or not all(isinstance(flag, bool) for flag in options.values()):
        return None
    measure = next(iter(measures))
    given = written[measure]
    if measure == "quorum":
        share = _share(given)
        reachable = share is not None and 0 < share <= 1 and not (share == 1 and options.get("strict"))
        return Mode("share", share.numerator, share.denominator, **options) if share and reachable else None
    if measure not in {"count", "weight"} or not _is_positive(given) or options.get("strict"):
        return None
    return Mode("count" if measure == "count" else "weight", given, **options)


def decide(mode: Mode, ballots: Iterable[Ballot]) -> Verdict | None:
    """Return what the seats of one activation decide together, None while it is open.

    Only seats that count are given: those that were handed on or cancelled are not.
    """
    given = tuple(ballots)
    if not given or (mode.wait_all and any(ballot.status in OPEN for ballot in given)):
        return None
    weighed = mode.measure == "weight"
    asked = sum(ballot.weight if weighed else 1 for ballot in given)
    agreed = sum(ballot.weight if weighed else 1 for ballot in given if ballot.status in AGREEING)
    refused = sum(ballot.weight if weighed else 1 for ballot in given if ballot.status == "rejected")
    if _enough(mode, agreed, asked):
        return "passed"
    hopeless = refused > 0 if mode.measure == "any" else not _enough(mode, asked - refused, asked)
    return "rejected" if hopeless else None


def _enough(mode: Mode, agreed: int, asked: int) -> bool:
    if mode.measure == "any":
        return agreed > 0
    if mode.measure == "share":
        have, need = agreed * mode.whole, mode.part * asked
        return have > need if mode.strict else have >= need
    return agreed >= min(mode.part, asked)


def _share(value: object) -> Fraction | None:
    text = value if isinstance(value, str) else ""
    try:
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def _is_positive(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
