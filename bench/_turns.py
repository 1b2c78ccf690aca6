"""Measuring in three ways that take turns: the whole request, the use case alone, and the database driver alone.

What disturbs the machine disturbs all three alike, so their ratio says more than their times.
"""

import gc
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

from _figures import Figures
from _statements import RehearsedDatabase, Statement, Written, replay, written_down

Call = Callable[[], Any]
Raw = Callable[[Written], Written]
"""Says what the driver is to send instead of the statements that a request sent."""


class Turns:
    """Takes samples of operations on one database; the first `warming` of each way do not count."""

    def __init__(self, database: RehearsedDatabase, samples: int = 60, warming: int = 5) -> None:
        self._database = database
        self._samples = samples
        self._warming = warming

    def all(self) -> Iterator[int]:
        """Yield the turns of an operation, garbage put away before the first."""
        gc.collect()
        yield from range(3 * (self._warming + self._samples))

    def measure(
        self, figures: Figures, turn: int, request: Call, service: Call, raw: Raw | None = None
    ) -> tuple[Any, Written | None]:
        """Take one sample in the way whose turn it is; return the answer, and what was sent where that was written down.

        Raw: the request is rehearsed, undone, and its statements (or what `raw` makes of them) are then sent by the driver,
        so that they do the same work.
        """
        way, written = turn % 3, None
        if way < 2:
            start = perf_counter()
            answer = (request, service)[way]()
            seconds, taken = perf_counter() - start, (figures.request, figures.service)[way]
        else:
            with self._database.rehearsal(), written_down(self._database) as written:
                answer = request()
            seconds, taken = replay(self._database, raw(written) if raw else written), figures.raw
            figures.statements.append(written.count)
        if turn >= 3 * self._warming:
            taken.append(seconds)
        return answer, written


def instead(statement: Statement) -> Raw:
    """Have one statement sent instead of what a request sent, in a transaction as it was."""
    return lambda _: Written([statement, Statement("")])
