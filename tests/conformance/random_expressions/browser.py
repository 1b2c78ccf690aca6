"""The browser's side: its own TypeScript, bundled for Node, which answers many expressions in one process."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from tools import node_side
from tools.places import CACHE, UI
from tools.steps import Command

_SOURCE = "src/core/expressions/testing/answering.ts"
_BUNDLE = CACHE / "answering.mjs"


@cache
def _bundled() -> str:
    """Bundle the sources as they are now, once in a process; the name is the process's own, so that two do not meet."""
    target = _BUNDLE.with_stem(f"answering-{id(_bundled)}")
    _run(
        node_side.npm("exec", "--", "rolldown", _SOURCE, "--platform", "node", "--format", "esm", "--file", str(target))
    )
    return str(target)


def answers(topics: Sequence[Any], body: Any, texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield for each text {"problem": code} or {"tree": ..., "answers": [...]}, one answer for each topic."""
    lines = [{"topics": topics, "body": body}, *({"text": text} for text in texts)]
    asked = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    told = _run(node_side.node(_bundled()), asked)
    yield from map(json.loads, told.splitlines())


def _run(command: Command, given: str = "") -> str:
    done = subprocess.run(
        command.words,
        cwd=UI,
        env=command.environment(),
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command.words)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout
