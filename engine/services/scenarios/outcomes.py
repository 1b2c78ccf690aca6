"""What came of playing a scenario."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.problems import Problem, describe


@dataclass(frozen=True, slots=True)
class Outcome:
    """One scenario: its qualified name, and a problem for everything that was not as it says, each at its step."""

    name: str
    problems: tuple[Problem, ...]

    @property
    def passed(self) -> bool:
        """Say whether everything was as the scenario says."""
        return not self.problems

    def findings(self, language: str) -> tuple[str, ...]:
        """Return what was not as it says, a line each: the step, then what happened there."""
        return tuple(f"{one.file}#{one.pointer} {describe(one, language).text}" for one in self.problems)


def report(outcomes: Iterable[Outcome], language: str) -> Iterator[str]:
    """Yield what people read about outcomes: a line each, below it what went wrong, and the count at the end."""
    played = 0
    failed = 0
    for outcome in outcomes:
        played += 1
        failed += not outcome.passed
        yield f"{'ok ' if outcome.passed else 'RED'} {outcome.name}"
        yield from (f"    {line}" for line in outcome.findings(language))
    yield f"{played - failed} passed, {failed} failed"
