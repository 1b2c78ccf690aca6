"""Serving the demo: a database made and seeded once, then the server in the foreground."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.places import ROOT, venv_command
from tools.steps import StepFailed, say

DATABASE = ROOT / "var" / "formwork.sqlite"


def serve(*, host: str, port: int, fresh: bool) -> int:
    """Create and seed the demo database if there is none, then serve it until interrupted; return the exit code.

    `formwork setup --demo` prints the log-ins of the demo, `formwork serve` the address once it listens.
    """
    DATABASE.parent.mkdir(parents=True, exist_ok=True)
    if fresh:
        for file in DATABASE.parent.glob(f"{DATABASE.name}*"):
            file.unlink()
    environment = {"FORMWORK_DATABASE_URL": f"sqlite:///{DATABASE}"} | os.environ
    formwork = venv_command("formwork")
    say("== formwork setup --demo")
    code = subprocess.run([formwork, "setup", "--demo"], cwd=ROOT, env=environment, check=False).returncode
    if code == 0:
        say("== formwork serve  (Ctrl+C ends it)")
        words = [formwork, "serve", "--host", host, "--port", str(port)]
        code = subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode
    return code


def benches(names: Sequence[str], folder: Path = ROOT / "bench") -> list[Path]:
    """Return the files of bench/ that are named, or all of them; raises StepFailed for a name without a file."""
    found = {file.stem: file for file in sorted(folder.glob("*.py")) if not file.name.startswith("_")}
    unknown = [name for name in names if name not in found]
    if unknown:
        raise StepFailed(f"bench/ has no {', '.join(unknown)}; it has {', '.join(found)}.")
    return [found[name] for name in names or found]


def needs_browser(bench: Path) -> bool:
    """Tell whether a bench measures in a browser: its imports say so."""
    return "from _browser import" in bench.read_text(encoding="utf-8")
