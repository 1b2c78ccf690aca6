"""Counting tests out of the JUnit files that pytest and vitest write."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tests passed, failed (errors count as failures) and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    @property
    def total(self) -> int:
        """How many tests there were."""
        return self.passed + self.failed + self.skipped


def read_report(file: Path) -> Tally:
    """Return what a JUnit file counts; a file that was never written counts nothing."""
    if not file.is_file():
        return Tally()
    # Our own test runners wrote the file just now, so nothing in it is hostile.
    root = ET.parse(file).getroot()  # noqa: S314
    return sum((_of_suite(suite) for suite in root.iter("testsuite")), Tally())


def _of_suite(suite: ET.Element) -> Tally:
    count = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
    failed = count["failures"] + count["errors"]
    return Tally(count["tests"] - failed - count["skipped"], failed, count["skipped"])
