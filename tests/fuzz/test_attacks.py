"""Each attack for a while, the same every time: no crash, no wrong form of an answer. `python3 dev.py fuzz` goes on for minutes."""

from pathlib import Path
from random import Random

from tests.fuzz import COUNT
from tests.fuzz.attacks import ATTACKS
from tests.fuzz.site import attacked


def test_whatever_is_sent_is_answered(database_url: str, tmp_path: Path):
    with attacked(database_url, tmp_path / "files") as site:
        for name, attack in ATTACKS.items():
            attack(site, Random(f"{name} of every run"), COUNT)

        assert site.found == {}
        assert site.sent > COUNT * len(ATTACKS) // 2
        assert min(site.codes["200 "], site.codes["201 "], site.codes["422 invalid"]) > 0
