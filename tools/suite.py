"""The checks and tests, as steps: what each command of dev.py runs, and what may run side by side."""

import os
from collections.abc import Sequence
from pathlib import Path

from tools import browser_side, node_side
from tools.places import CACHE, venv_command, venv_python
from tools.steps import Command, Step


def python_checks() -> list[Step]:
    """Return format, lint, types and dependencies of the Python side."""
    return [
        _venv("ruff format", "ruff", "format", "--check", "."),
        _venv("ruff", "ruff", "check", "."),
        _venv("mypy", "mypy"),
        _venv("deptry", "deptry", "."),
    ]


def ui_checks() -> list[Step]:
    """Return lint and types of the TypeScript side."""
    return [
        Step("oxlint", lambda: [node_side.npm("run", "lint")]),
        Step("TypeScript", lambda: [node_side.npm("run", "types")]),
    ]


def ui_tests() -> Step:
    """Return the step that runs vitest, the shared cases among its tests."""
    words = ("--reporter=default", "--reporter=junit", "--outputFile.junit=../.cache/reports/vitest.xml")
    return Step("vitest", lambda: [node_side.npm("run", "test", "--", *words, report="vitest.xml")])


def python_tests() -> Step:
    """Return the step that runs every Python test but the browser's."""
    return _pytest("pytest", "pytest.xml", "--ignore=tests/e2e", *_workers(), "tests")


def browser_tests(*words: str) -> Step:
    """Return the step that drives a real browser; `words` go on to pytest."""
    return _pytest("browser tests", "e2e.xml", *(words or _workers()), "tests/e2e")


def formatting() -> list[Step]:
    """Return the steps that rewrite sources into shape."""
    return [
        _venv("ruff fixes", "ruff", "check", "--fix", "--exit-zero", "--quiet", "."),
        _venv("ruff format", "ruff", "format", "."),
        Step("oxlint fixes", lambda: [node_side.npm("exec", "--", "oxlint", "--fix")]),
    ]


def reference_pages() -> Step:
    """Return the step that writes the generated pages of the documentation."""
    return script("write the reference pages", "-m", "tools.reference")


def counts() -> Step:
    """Return the step that counts what is proven into the READMEs."""
    return script("count what is proven", "-m", "tools.quality")


def pictures() -> Step:
    """Return the step that takes the pictures of the README in a real browser, from the demo company."""

    def commands() -> list[Command]:
        environment = {**browser_side.environment(), "FORMWORK_PICTURES": "docs/pictures"}
        return [Command([venv_python(), "-m", "pytest", "-q", "tests/e2e/test_pictures.py"], env=environment)]

    return Step("take the pictures", commands, live=True)


def bench(file: Path, *words: str) -> Step:
    """Return the step that answers the question that a file of bench/ is named for; it finds a browser if it asks for one."""

    def commands() -> list[Command]:
        return [Command([venv_python(), str(file), *words], env=browser_side.environment())]

    return Step(f"bench {file.stem}", commands, live=True)


def script(title: str, *words: str, live: bool = True) -> Step:
    """Return a step that runs Python with `words` in the virtual environment and shows what it prints."""
    return Step(title, lambda: [Command([venv_python(), *words])], live=live)


def _venv(title: str, *words: str) -> Step:
    return Step(title, lambda: [Command([venv_command(words[0]), *words[1:]])])


def _pytest(title: str, report: str, *words: str) -> Step:
    command = [venv_python(), "-m", "pytest", f"--junitxml=.cache/reports/{report}", "-q", *words]
    # Every worker and every command line that a test starts imports the same files: they are compiled once.
    compiled = {"PYTHONPYCACHEPREFIX": str(CACHE / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
    return Step(title, lambda: [Command(command, env=browser_side.environment() | compiled, report=report)], live=True)


def _workers() -> Sequence[str]:
    cores = os.cpu_count() or 1
    return ("-n", str(min(cores, 4)), "--dist", "worksteal") if cores > 1 else ()
