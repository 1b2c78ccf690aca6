"""Where things stand in a checkout, and how a command finds the virtual environment."""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
LOGS = CACHE / "logs"
REPORTS = CACHE / "reports"
UI = ROOT / "admin_ui"
STATIC = ROOT / "engine" / "static"

_SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")


def venv_python() -> str:
    """Return the path of the interpreter of the virtual environment."""
    return str(_SCRIPTS / ("python.exe" if os.name == "nt" else "python"))


def venv_command(name: str) -> str:
    """Return the path of a command that is installed in the virtual environment."""
    return str(_SCRIPTS / (f"{name}.exe" if os.name == "nt" else name))


def on_path(name: str, extra: str = "") -> str | None:
    """Return the path of a command on PATH, with the folders in `extra` looked through first."""
    path = os.environ.get("PATH", "")
    return shutil.which(name, path=f"{extra}{os.pathsep}{path}" if extra else path)
