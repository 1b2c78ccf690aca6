"""Files on the local disk, named by the SHA-256 digest of their content."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from engine.errors import NotFound, TooLarge


class DiskFiles:
    """Keeps contents under `root`, two levels deep so that no folder grows large."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def save(self, chunks: Iterator[bytes], limit: int) -> tuple[str, int]:
        """Keep the bytes: written aside first, then moved, so that a file is there whole or not at all."""
        self._root.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=self._root, prefix="incoming-")
        try:
            with os.fdopen(handle, "wb") as target:
                digest, size = _copy(chunks, target, limit)
            place = self._place(digest)
            place.parent.mkdir(parents=True, exist_ok=True)
            Path(aside).replace(place)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
        return digest, size

    def open(self, digest: str) -> BinaryIO:
        """Return the content for reading."""
        try:
            return self._place(digest).open("rb")
        except FileNotFoundError:
            raise NotFound("file", digest) from None

    def remove(self, digest: str, before: datetime) -> None:
        """Remove the content, unless it was written anew since."""
        place = self._place(digest)
        if place.exists() and place.stat().st_mtime < before.timestamp():
            place.unlink(missing_ok=True)

    def _place(self, digest: str) -> Path:
        return self._root / digest[:2] / digest[2:4] / digest


def _copy(chunks: Iterator[bytes], target: BinaryIO, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLarge(limit)
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest(), size
