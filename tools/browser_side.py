"""Chromium for the browser tests: the system's own, or Debian's package when that may be installed here."""

import os
import subprocess

from tools.places import LOGS, on_path
from tools.steps import Command, Step, StepFailed

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")

# What the browser tests read to find the browser.
VARIABLE = "FORMWORK_CHROMIUM"


def install() -> Step:
    """Return the step that finds Chromium or installs it."""
    return Step("install Chromium", _install)


def find() -> str | None:
    """Return the path of Chromium: what the variable FORMWORK_CHROMIUM says, or the first known name on PATH."""
    told = os.environ.get(VARIABLE)
    return told or next((path for path in map(on_path, NAMES) if path), None)


def environment() -> dict[str, str]:
    """Return the environment variables with which a test finds Chromium."""
    path = find()
    return {VARIABLE: path} if path else {}


def _install() -> list[Command]:
    if find():
        return []
    may_install = on_path("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0
    if not may_install:
        raise StepFailed(
            "The browser tests need Chromium, and it can be installed only by an administrator:\n"
            f"  sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(PACKAGES)}\n"
            f"or set {VARIABLE} to the path of a Chromium or Chrome that is already there."
        )
    _apt("update")
    _apt("install", "-y", "--no-install-recommends", *PACKAGES)
    return []


def _apt(*words: str) -> None:
    LOGS.mkdir(parents=True, exist_ok=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", *words], env=quiet, check=False, capture_output=True, text=True)
    if done.returncode:
        raise StepFailed(f"apt-get {' '.join(words)}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
