"""Folders of modules on disk: read into documents, with every file that cannot be read as a problem."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from engine.problems import Problem

_SAMPLES = "samples"


def read_folder(folder: Path) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """Return documents by path (`orders/entities/order.json`) and the problems of files that are not JSON.

    `folder` holds modules, or is one itself (it has a `module.json`). Keys given twice in one object are problems too, because
    the second would silently win.
    """
    root = folder.parent if (folder / "module.json").exists() else folder
    starts = [folder] if root != folder else sorted(path for path in folder.iterdir() if path.is_dir())
    documents: dict[str, object] = {}
    problems: list[Problem] = []
    for file in (file for start in starts for file in sorted(start.rglob("*.json"))):
        path = file.relative_to(root).as_posix()
        if _SAMPLES in file.parts:
            continue
        try:
            documents[path] = parse(file.read_text(encoding="utf-8"))
        except _Repeated as error:
            problems.append(Problem("json_repeated_key", params={"key": error.key}, file=path))
        except UnicodeDecodeError:
            problems.append(Problem("json_not_utf8", file=path))
        except json.JSONDecodeError as error:
            told = {"line": error.lineno, "column": error.colno, "reason": error.msg}
            problems.append(Problem("json_syntax", params=told, file=path))
    return documents, tuple(problems)


def with_required(folder: Path, documents: Mapping[str, object]) -> dict[str, object]:
    """Return the documents of one module together with those of the modules beside it that it needs, and they need."""
    found = dict(documents)
    waiting = sorted(_required(found))
    while waiting:
        name = waiting.pop()
        if f"{name}/module.json" in found or not (folder / name / "module.json").exists():
            continue
        found |= read_folder(folder / name)[0]
        waiting = sorted(_required(found) - {path.partition("/")[0] for path in found})
    return found


def parse(text: str) -> object:
    """Return the value of a JSON text. Raises JSONDecodeError, or `_Repeated` for a key given twice."""
    return cast(object, json.loads(text, object_pairs_hook=_once))


class _Repeated(ValueError):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _Repeated(key)
        found[key] = value
    return found


def _required(documents: Mapping[str, object]) -> set[str]:
    modules = (
        document for path, document in documents.items() if path.endswith("/module.json") and isinstance(document, dict)
    )
    return {name for module in modules for name in module.get("requires", ()) if isinstance(name, str)}
