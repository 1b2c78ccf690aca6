"""Steps and lanes: what is to be done, what may be done side by side, and how it is told."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO

from tools.places import LOGS, REPORTS, ROOT
from tools.tally import Tally, read_report

_printing = threading.Lock()


class StepFailed(Exception):
    """A step could not be done; its text says what a person can do about it."""


@dataclass(frozen=True, slots=True)
class Command:
    """A program with its arguments; `report` names the JUnit file that it writes under .cache/reports."""

    words: Sequence[str]
    folder: str = "."
    env: Mapping[str, str] = field(default_factory=dict)
    report: str = ""

    def environment(self) -> dict[str, str]:
        """Return the variables that the program sees: our own, and `env` over them."""
        return os.environ | dict(self.env)


@dataclass(frozen=True, slots=True)
class Step:
    """One titled piece of work. `work` gives the commands to run: a step that finds nothing to do gives none."""

    title: str
    work: Callable[[], Sequence[Command]]
    live: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a step: its title, whether it went well, its seconds, and the tests that it counted."""

    title: str
    ok: bool
    seconds: float
    tally: Tally = field(default_factory=Tally)


def run_lanes(lanes: Sequence[Sequence[Step]]) -> list[Outcome]:
    """Run lanes side by side, the steps of a lane one after the other; a failed step ends its lane."""
    with ThreadPoolExecutor(max_workers=max(1, len(lanes))) as pool:
        return [outcome for lane in pool.map(_run_until_failure, lanes) for outcome in lane]


def run_all(lanes: Sequence[Sequence[Step]]) -> list[Outcome]:
    """Run lanes side by side as `run_lanes` does, but let no step stand in the way of the next."""
    with ThreadPoolExecutor(max_workers=max(1, len(lanes))) as pool:
        return [
            outcome for lane in pool.map(lambda steps: [run_step(step) for step in steps], lanes) for outcome in lane
        ]


def run_step(step: Step) -> Outcome:
    """Run one step, tell how it went, and return that."""
    start = time.monotonic()
    if step.live:
        say(f"== {step.title}")
    tally = Tally()
    notes: list[str] = []
    ok = True
    try:
        for command in step.work():
            code, output, counted = _run(command, live=step.live, name=step.title)
            tally += counted
            notes.append(output)
            if code != 0:
                ok = False
                break
    except (StepFailed, OSError) as failure:
        ok = False
        notes.append(str(failure))
    outcome = Outcome(step.title, ok, time.monotonic() - start, tally)
    _tell(outcome, "\n".join(note for note in notes if note))
    return outcome


def say(text: str) -> None:
    """Print whole lines, never mixed with those of a step beside."""
    with _printing:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def summary(name: str, outcomes: Sequence[Outcome], seconds: float) -> int:
    """Print what failed and the closing line `N passed, N failed`; return the exit code, 0 or 1.

    A failed step without failed tests, such as a linter's, counts as one failure.
    """
    tally = sum((outcome.tally for outcome in outcomes), Tally())
    broken = [outcome for outcome in outcomes if not outcome.ok]
    failed = tally.failed + sum(1 for outcome in broken if outcome.tally.failed == 0)
    say("")
    for outcome in broken:
        say(f"FAILED {outcome.title}")
    say(f"{name}: {len(outcomes)} steps, {len(broken)} of them failed")
    skipped = f", {tally.skipped} skipped" if tally.skipped else ""
    say(f"{tally.passed} passed, {failed} failed{skipped} in {seconds:.1f}s")
    return 1 if broken else 0


def _run_until_failure(steps: Sequence[Step]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for step in steps:
        outcomes.append(run_step(step))
        if not outcomes[-1].ok:
            break
    return outcomes


def _run(command: Command, *, live: bool, name: str) -> tuple[int, str, Tally]:
    report = REPORTS / command.report if command.report else None
    if report:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.unlink(missing_ok=True)
    if live:
        code, output = _call(command), ""
    else:
        code, output = _call_quietly(command, name)
    return code, output, read_report(report) if report else Tally()


def _call(command: Command, sink: IO[bytes] | None = None) -> int:
    folder = ROOT / command.folder
    both = subprocess.STDOUT if sink else None
    return subprocess.run(
        command.words, cwd=folder, env=command.environment(), check=False, stdout=sink, stderr=both
    ).returncode


def _call_quietly(command: Command, name: str) -> tuple[int, str]:
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{name.replace(' ', '-').replace('/', '-')}.log"
    with log.open("wb") as sink:
        code = _call(command, sink)
    text = log.read_text(encoding="utf-8", errors="replace").rstrip()
    return code, text if code else ""


def _tell(outcome: Outcome, output: str) -> None:
    counted = f"  {outcome.tally.passed} passed, {outcome.tally.failed} failed" if outcome.tally.total else ""
    mark = "ok    " if outcome.ok else "FAILED"
    line = f"{mark} {outcome.title:<38} {outcome.seconds:7.1f} s{counted}"
    say(f"{line}\n{output}" if output else line)
