"""The contents of files against what is known of them: what is missing, changed or left over; and all of them from one store into another."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Literal

from engine.errors import NotFound
from engine.services.installation import Installation
from engine.services.ports import FileStore, Kept
from engine.storage.files import Files
from engine.storage.jobs import Jobs

_BEGINNINGS = tuple("0123456789abcdef")
"""What is asked for at once, so that never more than a part of all digests is held."""
_CHUNK = 2**18
_LARGEST = 2**50


@dataclass(frozen=True, slots=True)
class Finding:
    """One content that is not as it should be: not there though a file needs it, not what its digest says, or there for nobody."""

    kind: Literal["missing", "changed", "orphaned"]
    digest: str
    size: int
    held_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one content: copied, in the other store already, or `damaged`: it is not what its digest says, here or there."""

    digest: str
    size: int
    outcome: Literal["copied", "there", "damaged"]


def verify(installation: Installation, *, content: bool, grace: timedelta) -> Iterator[Finding]:
    """Yield what is wrong, beginning by beginning of the digests; with `content` every byte is read and compared with its digest.

    What nobody holds counts once it is older than `grace`: what is younger may belong to a request that is not over.
    """
    before = installation.clock.now() - grace
    with installation.database.reading() as tx:
        written = Jobs(tx).places()
        for beginning, held in _grouped(Files(tx).places()):
            there = {one.digest: one for one in installation.files.kept(beginning)}
            for place in held.keys() - there.keys():
                yield Finding("missing", place, held[place], Files(tx).holders(place))
            for place in held.keys() & there.keys():
                if there[place].size != held[place] or (content and not is_whole(installation.files, place)):
                    yield Finding("changed", place, there[place].size, Files(tx).holders(place))
            yield from (
                Finding("orphaned", one.digest, one.size)
                for one in there.values()
                if one.digest not in held and one.digest not in written and one.brought_at < before
            )


def sweep(installation: Installation, grace: timedelta) -> Iterator[Finding]:
    """Remove what nobody holds and is older than `grace`, and yield it.

    Such is left by a transaction that was rolled back after its bytes had come, and by a file that was only looked at.
    """
    before = installation.clock.now() - grace
    for one in verify(installation, content=False, grace=grace):
        if one.kind == "orphaned" and _is_free(installation, one.digest):
            installation.files.remove(one.digest, before)
            yield one
    installation.files.clear_unfinished(before)


def move(source: FileStore, target: FileStore) -> Iterator[Moved]:
    """Copy every content from one store into the other and read it back there; what is there whole already is left alone.

    Broken off, it begins again where it was. The source keeps everything.
    """
    for beginning in _BEGINNINGS:
        there = {one.digest: one.size for one in target.kept(beginning)}
        for one in source.kept(beginning):
            known = there.get(one.digest) == one.size
            yield Moved(one.digest, one.size, "there" if known else _copied(source, target, one))


def is_whole(store: FileStore, digest: str) -> bool:
    """Say whether the bytes are those that the digest was made of."""
    found = hashlib.sha256()
    try:
        for chunk in _chunks(store, digest):
            found.update(chunk)
    except NotFound:
        return False
    return found.hexdigest() == digest


def _copied(source: FileStore, target: FileStore, one: Kept) -> Literal["copied", "damaged"]:
    digest, _ = target.save(_chunks(source, one.digest), _LARGEST)
    return "copied" if digest == one.digest and is_whole(target, digest) else "damaged"


def _chunks(store: FileStore, digest: str) -> Iterator[bytes]:
    with closing(store.open(digest)) as content:
        while chunk := content.read(_CHUNK):
            yield chunk


def _is_free(installation: Installation, place: str) -> bool:
    with installation.database.reading() as tx:
        return place in Files(tx).unused([place])


def _grouped(places: Iterator[tuple[str, int]]) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Yield every beginning with the places that begin so; they come in order."""
    groups = groupby(places, lambda one: one[0][:1])
    current = next(groups, None)
    for beginning in _BEGINNINGS:
        while current is not None and current[0] < beginning:
            current = next(groups, None)
        if current is not None and current[0] == beginning:
            yield beginning, dict(current[1])
            current = next(groups, None)
        else:
            yield beginning, {}
