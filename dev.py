#!/usr/bin/env python3
"""The one entry for people and for CI: it needs Python 3.11 and nothing else, and installs what a command needs."""

import argparse
import itertools
import time
from collections.abc import Callable, Sequence

from tools import browser_side, node_side, python_side, serve, suite, ui_budget
from tools.steps import Outcome, Step, StepFailed, run_all, run_lanes, run_step, say, summary

Lanes = Sequence[Sequence[Step]]


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit code."""
    words = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = words.command
    try:
        return command(words)
    except StepFailed as failure:
        say(str(failure))
        return 1
    except KeyboardInterrupt:
        return 130


def run(words: argparse.Namespace) -> int:
    """Install, build the UI, create and seed a demo database, serve it."""
    prepared = run_lanes([[python_side.install()], [node_side.install(), node_side.build()]])
    if not all(outcome.ok for outcome in prepared):
        return summary("dev.py run", prepared, 0.0)
    return serve.serve(host=words.host, port=words.port, fresh=words.fresh)


def test(_words: argparse.Namespace) -> int:
    """Run the whole suite: everything that `check` does, and the browser tests."""
    start = time.monotonic()
    outcomes, ready = _prepared(with_browser=True)
    if ready:
        outcomes += _checks()
        outcomes.append(run_step(suite.browser_tests()))
    return summary("dev.py test", outcomes, time.monotonic() - start)


def check(_words: argparse.Namespace) -> int:
    """Run format, lint, types, contracts, sizes, unit, api, conformance in both languages, docs."""
    start = time.monotonic()
    outcomes, ready = _prepared(with_browser=False)
    if ready:
        outcomes += _checks()
    return summary("dev.py check", outcomes, time.monotonic() - start)


def format_sources(_words: argparse.Namespace) -> int:
    """Bring Python and TypeScript sources into shape, and mend what can be mended by rule."""
    return _after_preparation("dev.py format", [suite.formatting()])


def bench(words: argparse.Namespace) -> int:
    """Answer the questions that the files of bench/ are named for; all of them, or those named. What follows -- goes on to them."""
    names = list(itertools.takewhile(lambda word: not word.startswith("-"), words.names))
    told = words.names[len(names) :]
    files = serve.benches(names)
    seen = any(map(serve.needs_browser, files))
    return _after_preparation("dev.py bench", [[suite.bench(file, *told) for file in files]], with_browser=seen)


def fuzz(words: argparse.Namespace) -> int:
    """Attack an installation on the shipped modules for some minutes, on both databases."""
    step = suite.script("attack", "-m", "tools.fuzz", "--minutes", str(words.minutes))
    return _after_preparation("dev.py fuzz", [[step]])


def e2e(words: argparse.Namespace) -> int:
    """Run the browser tests; what follows goes on to pytest."""
    return _after_preparation("dev.py e2e", [[suite.browser_tests(*words.rest)]], with_browser=True)


def docs(_words: argparse.Namespace) -> int:
    """Write the generated reference pages and take the pictures anew, then run the tests of the documentation."""
    tests = suite.script("tests of the documentation", "-m", "pytest", "-q", "tests/docs")
    steps = [suite.reference_pages(), suite.counts(), suite.pictures(), tests]
    return _after_preparation("dev.py docs", [steps], with_browser=True)


def _prepared(*, with_browser: bool) -> tuple[list[Outcome], bool]:
    """Install what is needed, for each language in a lane of its own."""
    lanes = [[python_side.install("dev")], [node_side.install(), node_side.build()]]
    lanes += [[browser_side.install()]] if with_browser else []
    outcomes = run_lanes(lanes)
    return outcomes, all(outcome.ok for outcome in outcomes)


def _checks() -> list[Outcome]:
    """Two cores, a lane for each language: pytest has a worker for each core, and takes what the UI's lane leaves free."""
    python = [*suite.python_checks(), suite.python_tests()]
    return run_all([python, [*suite.ui_checks(), ui_budget.measure(), suite.ui_tests()]])


def _after_preparation(name: str, lanes: Lanes, *, with_browser: bool = False) -> int:
    start = time.monotonic()
    outcomes, ready = _prepared(with_browser=with_browser)
    if ready:
        outcomes += run_all(lanes)
    return summary(name, outcomes, time.monotonic() - start)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    parser.set_defaults(command=lambda _words: _print_help(parser))
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, command: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        text = command.__doc__ or ""
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(command=command)
        return added

    running = add("run", run)
    running.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    running.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
    running.add_argument("--fresh", action="store_true", help="forget the demo database and make a new one")
    add("test", test)
    add("check", check)
    add("format", format_sources)
    add("bench", bench).add_argument(
        "names", nargs="*", help="names of files in bench/, without .py; then -- and words for them"
    )
    add("fuzz", fuzz).add_argument("--minutes", type=float, default=10, help="how long, both databases together (10)")
    add("e2e", e2e).add_argument("rest", nargs=argparse.REMAINDER, help="words for pytest, such as -k or -x")
    add("docs", docs)
    return parser


def _print_help(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
