"""Stamps: what a slow step was last done for, so that a second run leaves it out."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tools.places import CACHE


def digest_of(files: Iterable[Path], *words: str) -> str:
    """Return one SHA-256, in hexadecimal, over the names and contents of `files` and over `words`."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file).encode() + b"\0" + file.read_bytes() + b"\0")
    for word in words:
        total.update(word.encode() + b"\0")
    return total.hexdigest()


def is_fresh(name: str, digest: str, folder: Path = CACHE) -> bool:
    """Tell whether the step `name` was last done for this digest."""
    stamp = folder / f"{name}.stamp"
    return stamp.is_file() and stamp.read_text(encoding="ascii") == digest


def mark(name: str, digest: str, folder: Path = CACHE) -> None:
    """Remember that the step `name` has been done for this digest."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.stamp").write_text(digest, encoding="ascii")
