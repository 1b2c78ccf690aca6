"""What a browser must fetch before the first form can be drawn, measured on the built UI."""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

from tools.places import STATIC
from tools.steps import Command, Step, StepFailed

LIMIT = 250 * 1024

# Chunks, by the name in the manifest, that are loaded late but that a first form needs.
FIRST_FORM: tuple[str, ...] = ("FormPage", "zh-CN")

Chunk = Mapping[str, object]


def measure() -> Step:
    """Return the step that fails when the first form needs more than the limit."""
    return Step("size of the first form", _measure)


def first_form_bytes(static: Path, wanted: tuple[str, ...] = ()) -> int:
    """Return the compressed bytes of the entry, of the chunks named `wanted`, and of all that they load at once."""
    manifest: dict[str, Chunk] = json.loads((static / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    named = {chunk.get("name") for chunk in manifest.values()}
    if missing := [name for name in wanted if name not in named]:
        raise StepFailed(
            f"The built UI has no chunk named {', '.join(missing)}: say in tools/ui_budget.py what a first form needs."
        )
    starts = [key for key, chunk in manifest.items() if chunk.get("isEntry") or chunk.get("name") in wanted]
    return sum(len(gzip.compress((static / file).read_bytes(), 9)) for file in _files(manifest, starts))


def _files(manifest: Mapping[str, Chunk], starts: list[str]) -> set[str]:
    files: set[str] = set()
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            chunk = manifest[key]
            files.add(str(chunk["file"]))
            files.update(_strings(chunk, "css"))
            waiting += _strings(chunk, "imports")
    return files


def _strings(chunk: Chunk, name: str) -> list[str]:
    value = chunk.get(name, [])
    return [str(one) for one in value] if isinstance(value, list) else []


def _measure() -> list[Command]:
    size = first_form_bytes(STATIC, FIRST_FORM)
    if size > LIMIT:
        raise StepFailed(f"The first form needs {size / 1024:.0f} KB compressed; the budget is {LIMIT // 1024} KB.")
    return []
