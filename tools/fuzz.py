"""Attack an installation on the shipped modules for some minutes, on both databases: `python3 dev.py fuzz --minutes 10`."""

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from bench._databases import places
from tests.fuzz.attacks import ATTACKS
from tests.fuzz.site import Site, attacked
from tools.steps import say

STEPS = 100
PATIENCE = 60.0
"""Seconds after which an answer counts as a hang, on a machine that does other things too."""


def main(argv: Sequence[str] | None = None) -> int:
    """Return 0 if every request was answered as it should be, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long, both databases together (10)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="where the choices start (the time)")
    words = parser.parse_args(argv)
    found = 0
    say(f"seed {words.seed}")
    with places() as databases, tempfile.TemporaryDirectory(prefix="formwork-fuzz-") as folder:
        for place in databases:
            with attacked(place.url, Path(folder) / place.name) as site:
                site.patience = PATIENCE
                _attack(site, words.seed, time.monotonic() + words.minutes * 30)
            found += len(site.found)
            _tell(place.name, site)
    return 1 if found else 0


def _attack(site: Site, seed: int, until: float) -> None:
    number = 0
    while time.monotonic() < until:
        for name, attack in ATTACKS.items():
            if time.monotonic() < until:
                attack(site, Random(f"{seed} {name} {number}"), STEPS)  # noqa: S311  # a repeatable choice, not a secret
        number += 1


def _tell(name: str, site: Site) -> None:
    say(f"{name}: {site.sent} requests, documents and expressions, {len(site.found)} findings")
    say(f"  answers: {', '.join(f'{code.strip()} {count}' for code, count in site.codes.most_common(12))}")
    for what, how in site.found.items():
        say(f"  {what}\n      {how[:1500]}")


if __name__ == "__main__":
    raise SystemExit(main())
