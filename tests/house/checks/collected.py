"""Tests that would never run: files that no runner collects, and tests that are switched off."""

import ast
import re
from pathlib import Path

from tests.house.checks.imports import imported
from tests.house.checks.sources import files, place, python

_OFF_IN_TYPESCRIPT = re.compile(r"\b(?:it|test|describe)\.(?:skip|only|todo|fails)\b|\bx(?:it|describe)\(")
_OFF_IN_PYTHON = {"skip", "skipif", "importorskip", "xfail"}


def orphans(root: Path) -> list[str]:
    """Return every Python file under tests/ that pytest does not collect and no other file there imports."""
    wanted = {name for path, tree in python(root, "tests") for _, name in imported(path, tree)}
    return [
        f"{place(root, file)}: neither collected nor imported"
        for file in files(root, "tests", ".py")
        if not _is_collected(file) and not _is_imported(place(root, file), wanted)
    ]


def unread_data(root: Path) -> list[str]:
    """Return every other file under tests/ that no test names: neither itself nor one of the folders it stands in."""
    texts = [file.read_text(encoding="utf-8") for file in files(root, "tests", ".py")]
    texts += [file.read_text(encoding="utf-8") for file in files(root, "admin_ui/src", ".test.ts", ".test.tsx")]
    everything = "\n".join(texts)
    return [
        f"{place(root, file)}: no test reads it"
        for file in files(root, "tests", "")
        if file.suffix not in {".py", ".pyc"} and not any(name in everything for name in _names_of(root, file))
    ]


def uncollected_typescript(root: Path) -> list[str]:
    """Return every TypeScript file that looks like a test but that vitest does not collect."""
    return [
        f"{place(root, file)}: vitest collects only *.test.ts and *.test.tsx"
        for file in files(root, "admin_ui", ".ts", ".tsx")
        if re.search(r"[._-](spec|tests)\.tsx?\Z", file.name)
        or (".test." in file.name and not place(root, file).startswith("admin_ui/src/"))
    ]


def switched_off(root: Path) -> list[str]:
    """Return every test that is skipped, expected to fail, or run alone."""
    found = [
        f"{path}:{node.lineno}: pytest.{node.attr}"
        for path, tree in python(root, "tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in _OFF_IN_PYTHON and _is_pytests(node.value)
    ]
    for file in files(root, "admin_ui/src", ".test.ts", ".test.tsx"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if _OFF_IN_TYPESCRIPT.search(line):
                found.append(f"{place(root, file)}:{number}: {line.strip()}")
    return found


def empty_tests(root: Path) -> list[str]:
    """Return every test file without a test."""
    return [
        f"{path}: no test in it"
        for path, tree in python(root, "tests")
        if Path(path).name.startswith("test_") and not any(_is_test(node) for node in ast.walk(tree))
    ]


def _is_collected(file: Path) -> bool:
    return file.name == "conftest.py" or file.name.startswith("test_")


def _is_imported(path: str, wanted: set[str]) -> bool:
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return any(other == name or other.startswith(f"{name}.") for other in wanted)


def _names_of(root: Path, file: Path) -> list[str]:
    inner = file.relative_to(root / "tests")
    return [file.name, *(part for part in inner.parent.parts if part not in {"unit", "api", "e2e", "house"})]


def _is_pytests(owner: ast.expr) -> bool:
    text = ast.unparse(owner)
    return text in {"pytest", "pytest.mark", "mark", "unittest"}


def _is_test(node: ast.AST) -> bool:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return node.name.startswith("test_")
    # A hypothesis state machine or a schemathesis schema makes its tests by assignment.
    return isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id.lower().startswith("test") for target in node.targets
    )
