"""How large a file and a function may be before it must be divided."""

import ast
from pathlib import Path

from tests.house.checks.sources import files, place, python

PYTHON_FOLDERS = ("engine", "tests", "tools", "bench")
FILE_LIMITS = {".py": 500, ".ts": 300, ".tsx": 300, ".css": 300, ".json": 400}
FOLDERS = {
    ".py": PYTHON_FOLDERS,
    ".ts": ("admin_ui/src",),
    ".tsx": ("admin_ui/src",),
    ".css": ("admin_ui/src",),
    ".json": ("engine", "modules", "schemas", "admin_ui/src"),
}
FUNCTION_LIMIT = 60


def large_files(root: Path) -> list[str]:
    """Return every file with more lines than its kind may have."""
    found = []
    for ending, limit in FILE_LIMITS.items():
        for folder in FOLDERS[ending]:
            for file in files(root, folder, ending):
                lines = len(file.read_text(encoding="utf-8").splitlines())
                if lines > limit:
                    found.append(f"{place(root, file)}: {lines} lines, at most {limit}")
    return found


def large_functions(root: Path) -> list[str]:
    """Return every Python function that is longer than the limit, its docstring counted, its decorators not."""
    return [
        f"{path}:{node.lineno}: {node.name} has {length} lines, at most {FUNCTION_LIMIT}"
        for path, tree in python(root, *PYTHON_FOLDERS)
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LIMIT
    ]
