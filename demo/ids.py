"""Ids from a seed: rising with the time of the story, and the same each time that it is told."""

from datetime import datetime
from random import Random

from engine.storage.identifiers import version_7


class SeededIds:
    """A source of ids. `now` is the moment of the story from which the next ones are."""

    def __init__(self, seed: int) -> None:
        self._random = Random(f"{seed}/ids")  # noqa: S311 - ids name things, they protect nothing
        self._last = 0

    def at(self, moment: datetime) -> None:
        """Let the next ids be of a moment; earlier ones than before still rise."""
        self._last = max(self._last, int(moment.timestamp() * 1000) << 12)

    def __call__(self) -> str:
        """Return the next id."""
        self._last += 1
        return version_7(self._last, self._random.getrandbits(62))
