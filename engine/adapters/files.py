"""Files on the local disk, named by the SHA-256 digest of their content."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, BinaryIO

from engine.errors import NotFound, TooLarge
from engine.services.ports import Kept

_ASIDE = "incoming-"


class DiskFiles:
    """Keeps contents under `root`, two levels deep so that no folder grows large."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def save(self, chunks: Iterator[bytes], limit: int) -> tuple[str, int]:
        """Keep the bytes: written aside first, then moved, so that a file is there whole or not at all."""
        self._root.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=self._root, prefix=_ASIDE)
        try:
            with os.fdopen(handle, "wb") as target:
                digest, size = written_aside(chunks, target, limit)
            place = self._root / place_of(digest)
            place.parent.mkdir(parents=True, exist_ok=True)
            Path(aside).replace(place)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
        return digest, size

    def open(self, digest: str) -> BinaryIO:
        """Return the content for reading."""
        try:
            return (self._root / place_of(digest)).open("rb")
        except FileNotFoundError:
            raise NotFound("file", digest) from None

    def remove(self, digest: str, before: datetime) -> None:
        """Remove the content, unless it was written anew since."""
        _remove(self._root / place_of(digest), before)

    def kept(self, beginning: str) -> Iterator[Kept]:
        """Yield what lies in the folders that begin so."""
        for place in sorted(self._root.glob(f"{beginning[:2]:?<2}/{beginning[2:4]:?<2}/{beginning}*")):
            if place.is_file():
                found = place.stat()
                yield Kept(place.name, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def clear_unfinished(self, before: datetime) -> int:
        """Remove what was written aside by a process that died."""
        return sum(_remove(place, before) for place in self._root.glob(f"{_ASIDE}*"))


def place_of(digest: str) -> str:
    """Return the path of a content within a store: the same in every kind, so that one can be copied into another by any tool."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def written_aside(chunks: Iterator[bytes], target: IO[bytes], limit: int) -> tuple[str, int]:
    """Write the bytes and return digest and size. Raises TooLarge."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLarge(limit)
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest(), size


def _remove(place: Path, before: datetime) -> bool:
    if not place.exists() or place.stat().st_mtime >= before.timestamp():
        return False
    place.unlink(missing_ok=True)
    return True
