"""Source files of a tree, read and parsed once. Every checker takes the root of a tree and returns findings as lines."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# Folders that hold what was installed or built, not what was written.
FOREIGN = {"node_modules", "static", "coverage", "__pycache__", "var", ".venv", ".cache", ".git"}


def files(root: Path, folder: str, *endings: str) -> Iterator[Path]:
    """Yield the files under a folder, sorted, whose names end in one of `endings`."""
    for file in sorted((root / folder).rglob("*")):
        if file.name.endswith(endings) and file.is_file() and not FOREIGN & set(file.relative_to(root).parts):
            yield file


def python(root: Path, *folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield the path, relative to the root, and the syntax tree of every Python file under the folders."""
    for folder in folders:
        for file in files(root, folder, ".py"):
            yield place(root, file), parsed(file)


def place(root: Path, file: Path) -> str:
    """Return the path of a file as findings show it."""
    return file.relative_to(root).as_posix()


@cache
def parsed(file: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def called_name(call: ast.Call) -> str:
    """Return the last name of what is called: `b` for `a.b(...)`; empty for anything else."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""
