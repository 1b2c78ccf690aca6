"""Handlers that catch everything: allowed in few named places, each with a reason."""

import ast
import json
from collections.abc import Mapping
from pathlib import Path

from tests.house.checks.sources import python

ALLOWED_FILE = Path(__file__).resolve().parent.parent / "catch_all.json"
MOST = 4

_BROAD = {"Exception", "BaseException"}


def allowed() -> Mapping[str, str]:
    """Return the reason for each file that may catch everything."""
    places: Mapping[str, str] = json.loads(ALLOWED_FILE.read_text(encoding="utf-8"))
    return places


def catch_alls(root: Path, places: Mapping[str, str]) -> list[str]:
    """Return every handler, in engine/ and outside the named places, that swallows all exceptions.

    One that tidies up and raises the same again swallows nothing.
    """
    return [f"{path}:{line}: catches everything" for path, line in _handlers(root) if path not in places]


def stale_places(root: Path, places: Mapping[str, str]) -> list[str]:
    """Return every named place that gives no reason or catches no such thing any more."""
    found = {path for path, _ in _handlers(root)}
    return [path for path, reason in places.items() if path not in found or not reason.strip()]


def bare_raises(root: Path) -> list[str]:
    """Return every `raise Exception(...)`: what goes wrong has a name of its own."""
    return [
        f"{path}:{node.lineno}: raises {ast.unparse(node.exc)}"
        for path, tree in python(root, "engine")
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and node.exc is not None and _names(node.exc) & _BROAD
    ]


def _handlers(root: Path) -> list[tuple[str, int]]:
    return [
        (path, node.lineno)
        for path, tree in python(root, "engine")
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _raises_again(node)
    ]


def _is_broad(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or bool(_names(handler.type) & _BROAD)


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _names(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Call):
        return _names(node.func)
    if isinstance(node, ast.Tuple):
        return {name for part in node.elts for name in _names(part)}
    return {node.id} if isinstance(node, ast.Name) else set()
