"""Ask many random expressions of Python, the browser's code, SQLite and PostgreSQL: `python -m tools.random_expressions --count 50000`."""

import argparse
import time
from collections import Counter
from collections.abc import Sequence

from bench._databases import places
from tests.conformance.random_expressions.agreement import Disagreement, compare
from tools.steps import say

ROUND = 2_500
"""Expressions about the same records."""


def main(argv: Sequence[str] | None = None) -> int:
    """Return 0 if all places agreed about everything, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="where the choices start (1); the same seed asks the same")
    parser.add_argument("--count", type=int, default=10 * ROUND, help=f"how many expressions ({10 * ROUND})")
    words = parser.parse_args(argv)
    start, counts, found = time.monotonic(), Counter[str](), list[Disagreement]()
    with places() as databases:
        # Each database is there only as long as it is used, so both rounds are gone through for one after the other.
        for place in databases:
            for seed in range(words.seed, words.seed - (-words.count // ROUND)):
                report = compare(seed, min(ROUND, words.count), [place.url])
                counts += report.counts
                found += report.disagreements
                say(f"{place.name}, seed {seed}: {len(report.disagreements)} disagreements")
                for one in sorted(report.disagreements, key=lambda one: len(one.text))[:10]:
                    say(f"  {one}")
    say(f"{dict(counts)} in {time.monotonic() - start:.0f} s: {len(found)} disagreements")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
