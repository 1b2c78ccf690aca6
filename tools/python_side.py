"""The virtual environment, and what is installed in it."""

import subprocess
import sys
import threading
import tomllib
import venv

from tools.places import ROOT, VENV, venv_python
from tools.stamps import digest_of, is_fresh, mark
from tools.steps import Command, Step, StepFailed

NEEDED = (3, 11)

_making = threading.Lock()
"""Two lanes may ask for pip at once: packages for the engine, and Node."""


def install(extra: str = "") -> Step:
    """Return the step that makes the virtual environment and installs the engine in it, with an extra such as `dev`."""
    return Step("install Python packages", lambda: _install(extra))


def pip(*words: str) -> None:
    """Run pip of the virtual environment, which is made when there is none; raises StepFailed with what pip said."""
    _ensure_environment()
    command = [venv_python(), "-m", "pip", "--disable-pip-version-check", "--quiet", *words]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise StepFailed(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def _install(extra: str) -> list[Command]:
    _ensure_environment()
    digest = _digest()
    if not any(is_fresh(f"python-{name}", digest) for name in {extra or "core", "dev"}):
        # What is never imported need not be compiled; Python itself does it for the rest.
        pip("install", "--no-compile", "--editable", f".[{extra}]" if extra else ".")
        mark(f"python-{extra or 'core'}", digest)
    return []


def _ensure_environment() -> None:
    if sys.version_info < NEEDED:
        raise StepFailed(f"Python {'.'.join(map(str, NEEDED))} or newer is needed, this is {sys.version.split()[0]}.")
    with _making:
        if not _works():
            venv.EnvBuilder(with_pip=True, clear=VENV.exists()).create(VENV)


def _works() -> bool:
    try:
        return subprocess.run([venv_python(), "-c", "import pip"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _digest() -> str:
    """Only what decides about an installation counts: the settings of a linter in pyproject.toml do not."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [repr(project["build-system"]), repr(project["project"])]
    # A virtual environment that was made anew has lost what an old stamp speaks of.
    born = (VENV / "pyvenv.cfg").stat().st_mtime_ns
    return digest_of([ROOT / "hatch_build.py"], *wanted, str(VENV), str(born))
