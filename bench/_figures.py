"""Times and how they are shown; pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Figures:
    """What was measured of one operation on one database.

    Times are seconds: of the whole request, of the use case alone, and of the same statements sent by the driver itself.
    `most` is the aim for statements; `times` and `plus` the aim for the request: so many times raw, and so many seconds.
    """

    operation: str
    most: int | None = None
    times: float | None = None
    plus: float = 0.0
    request: list[float] = field(default_factory=list)
    service: list[float] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Return how many times longer the request takes than its statements, at the median."""
        return percentile(self.request, 50) / percentile(self.raw, 50)

    def met(self) -> bool | None:
        """Say whether every aim is met, None where there is none."""
        answers: list[bool] = []
        if self.most is not None:
            answers.append(max(self.statements) <= self.most)
        if self.times is not None:
            answers.append(percentile(self.request, 50) <= self.times * percentile(self.raw, 50) + self.plus)
        return all(answers) if answers else None

    def aim(self) -> str:
        """Return the aim in words."""
        parts = [f"<= {self.most} statements"] if self.most is not None else []
        parts += [f"<= {self.times:g} x raw + {self.plus * 1000:g} ms"] if self.times is not None else []
        return ", ".join(parts)


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest value that at least `percent` of a hundred values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def table(database: str, figures: Sequence[Figures]) -> list[str]:
    """Return the lines of a Markdown table, times in milliseconds."""
    head = "| operation | database | p50 | p95 | service p50 | raw p50 | ratio | statements | aim | met |"
    lines = [head, "|---|---|--:|--:|--:|--:|--:|--:|---|---|"]
    return lines + [f"| {' | '.join(_cells(database, one))} |" for one in figures]


def _cells(database: str, one: Figures) -> list[str]:
    met = {True: "yes", False: "no", None: ""}[one.met()]
    fewest, most = min(one.statements), max(one.statements)
    counted = str(most) if fewest == most else f"{fewest}-{most}"
    times = (
        percentile(one.request, 50),
        percentile(one.request, 95),
        percentile(one.service, 50),
        percentile(one.raw, 50),
    )
    return [
        one.operation,
        database,
        *(f"{1000 * time:.1f}" for time in times),
        f"{one.ratio:.1f}",
        counted,
        one.aim(),
        met,
    ]


def compared(pairs: Iterable[tuple[Figures, Figures, float]]) -> Iterator[str]:
    """Yield the lines of a table that says how many times longer one operation takes than another, at the median."""
    yield "| operation | against | times as long | aim | met |"
    yield "|---|---|--:|---|---|"
    for one, other, most in pairs:
        times = percentile(one.request, 50) / percentile(other.request, 50)
        yield f"| {one.operation} | {other.operation} | {times:.2f} | <= {most:g} | {'yes' if times <= most else 'no'} |"


def growth(sizes: Mapping[str, Sequence[Figures]]) -> Iterator[str]:
    """Yield the lines of a table that says how long the request takes (p50, milliseconds) the more records there are."""
    yield f"| operation | {' | '.join(sizes)} |"
    yield f"|---|{'--:|' * len(sizes)}"
    for name in dict.fromkeys(one.operation for figures in sizes.values() for one in figures):
        found = (next((one for one in figures if one.operation == name), None) for figures in sizes.values())
        cells = (f"{1000 * percentile(one.request, 50):.1f}" if one else "" for one in found)
        yield f"| {name} | {' | '.join(cells)} |"
