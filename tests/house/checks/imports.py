"""What a room may import and call, beyond the layers that import-linter checks."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house.checks.sources import python

PURE = ("expressions", "definition", "workflow", "projection", "planning")
BELOW_API = ("adapters", "services", "storage", *PURE, "settings", "errors", "problems", "paths")
OUTSIDE_STORAGE = ("cli", "app", "api", "adapters", "services", *PURE, "settings", "errors", "problems", "paths")
ROOMS = (*OUTSIDE_STORAGE, "storage")

HTTP = (
    "flask", "flask_smorest", "flask_login", "flask_limiter", "flask_compress", "werkzeug", "waitress", "apispec",
    "marshmallow", "webargs",
)  # fmt: skip
SQL = ("sqlalchemy", "alembic", "psycopg", "psycopg_pool", "sqlite3")
WORLD = (
    "asyncio", "concurrent", "glob", "http", "logging", "multiprocessing", "os", "pathlib", "random", "requests",
    "secrets", "shutil", "smtplib", "socket", "ssl", "structlog", "subprocess", "tempfile", "threading", "time",
    "urllib.request",
)  # fmt: skip

# Calls that ask the world for something although the module itself is harmless.
IMPURE_METHODS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
IMPURE_NAMES = {"open", "print", "input", "uuid1", "uuid4", "eval", "exec", "compile", "__import__"}


@dataclass(frozen=True, slots=True)
class Ban:
    """Modules that some rooms may not import, and why; `allowed` lists files that may all the same."""

    rooms: tuple[str, ...]
    modules: tuple[str, ...]
    why: str
    allowed: tuple[str, ...] = ()


# The meta-schemas belong to the code: one file reads them out of the package, or out of the tree beside it.
READS_THE_PACKAGE = ("engine/definition/schemas.py",)

BANS = (
    Ban(PURE, HTTP + SQL, "a pure room is given what it needs"),
    Ban(PURE, WORLD, "a pure room is given what it needs", allowed=READS_THE_PACKAGE),
    Ban(BELOW_API, HTTP, "HTTP stays in api"),
    Ban(OUTSIDE_STORAGE, SQL, "SQL stays in storage"),
    Ban(ROOMS, ("jsonschema",), "one file judges structure", allowed=("engine/definition/structure.py",)),
    Ban(ROOMS, ("jsonschema_rs", "referencing"), "schemas are judged in definition", allowed=("engine/definition/",)),
    Ban(
        ("api",),
        ("engine.storage", "engine.workflow", "engine.planning", "engine.adapters"),
        "api does not reach past services",
    ),
)


def forbidden_imports(root: Path) -> list[str]:
    """Return every import, late ones too, that a ban names."""
    return [
        f"{path}:{line}: {ban.why}: {module}"
        for path, tree in python(root, "engine")
        for line, module in imported(path, tree)
        for ban in BANS
        if _applies(ban, path) and any(_within(module, banned) for banned in ban.modules)
    ]


def impure_calls(root: Path) -> list[str]:
    """Return every call in a pure room that asks for the time, a file, chance or code made at run time."""
    return [
        f"{path}:{call.lineno}: a pure room calls {ast.unparse(call.func)}"
        for path, tree in python(root, *(f"engine/{room}" for room in PURE))
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _is_impure(call.func)
    ]


def imported(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the absolute name of every module that is imported, or that something is imported from."""
    package = path.removesuffix(".py").removesuffix("/__init__").split("/")
    here = package if path.endswith("/__init__.py") else package[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = here[: len(here) - node.level + 1] if node.level else []
            start = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)


def _applies(ban: Ban, path: str) -> bool:
    room = path.split("/")[1].removesuffix(".py")
    return room in ban.rooms and not any(path.startswith(allowed) for allowed in ban.allowed)


def _within(module: str, banned: str) -> bool:
    return module == banned or module.startswith(f"{banned}.")


def _is_impure(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id in IMPURE_NAMES
    if not isinstance(function, ast.Attribute):
        return False
    owner = function.value.attr if isinstance(function.value, ast.Attribute) else getattr(function.value, "id", "")
    return (owner, function.attr) in IMPURE_METHODS or function.attr in {"uuid1", "uuid4"}
