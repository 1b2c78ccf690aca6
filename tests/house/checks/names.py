"""Names that say nothing, and names that this house does not use."""

import re
from pathlib import Path

from tests.house.checks.sources import files, place

EMPTY = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "base", "misc"}
FOLDERS = ("engine", "tools", "tests", "bench", "admin_ui/src")

_SNAKE = re.compile(r"(test_)?_{0,2}[a-z][a-z0-9_]*\Z")
_PREFIXED = re.compile(r"\binterface (I[A-Z]\w*)")


def empty_names(root: Path) -> list[str]:
    """Return every module or folder whose name says nothing about what is in it."""
    return [
        f"{place(root, file)}: the name `{part}` says nothing"
        for folder in FOLDERS
        for file in files(root, folder, ".py", ".ts", ".tsx", ".css")
        for part in (piece.split(".")[0].lower() for piece in file.relative_to(root).parts)
        if part.replace("-", "_").rsplit("_", 1)[-1] in EMPTY
    ]


def odd_python_names(root: Path) -> list[str]:
    """Return every Python module that is not named in snake_case."""
    return [
        f"{place(root, file)}: a module is named in snake_case"
        for folder in FOLDERS[:-1]
        for file in files(root, folder, ".py")
        if not _SNAKE.match(file.stem)
    ]


def prefixed_interfaces(root: Path) -> list[str]:
    """Return every TypeScript interface with an I before its name."""
    return [
        f"{place(root, file)}: {name}"
        for file in files(root, "admin_ui/src", ".ts", ".tsx")
        for name in _PREFIXED.findall(file.read_text(encoding="utf-8"))
    ]
