"""Files: kept once by content, described in the database, and shown to those who may see the record that holds them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO

from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Field
from engine.errors import Invalid, NotFound, TooLarge
from engine.problems import Problem
from engine.projection.hidden import beginnings
from engine.services.context import Context
from engine.services.installation import Installation
from engine.services.media_types import fits, kind_of
from engine.services.reading import may_read_record
from engine.services.seats import held_access
from engine.services.work import Work, reading, writing
from engine.storage.files import Files, StoredFile
from engine.storage.identifiers import new_id

SHOWN_IN_PAGE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"})
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Download:
    """A file's content on its way out; `shown` says that a browser may open it in its page."""

    content: BinaryIO
    name: str
    type: str
    shown: bool
    size: int


def keep(
    installation: Installation, ctx: Context, name: str, chunks: Iterator[bytes], entity: str, field: str
) -> dict[str, Any]:
    """Keep a file that is meant for a field; without one the installation's own limits hold.

    What it is, is told from its first bytes and its ending together: both must fit. Raises TooLarge, Invalid `wrong_file_type`.
    """
    with reading(installation, ctx) as work:
        wanted = _field(work, entity, field)
    limit = _limit(installation, wanted)
    first = next(chunks, b"")
    if not first:
        raise Invalid([Problem("empty_file", "/file", {"name": name[-200:]})])
    kind = kind_of(first[:_HEAD], name)
    clean = PurePath(name.replace("\\", "/")).name[-200:] or "file"
    if not fits(clean, kind, _accepted(wanted)):
        raise Invalid(
            [Problem("wrong_file_type", "/file", {"name": clean, "accepted": list(_accepted(wanted)) or "*"})]
        )
    digest, size = installation.files.save(_joined(first, chunks), limit)

    def act(work: Work) -> dict[str, Any]:
        stored = StoredFile(new_id(), clean, kind, size, digest, digest, ctx.actor.id, ctx.now, entity, None, field)
        Files(work.tx).add(stored)
        return {"id": stored.id, "name": clean, "size": size, "media_type": kind}

    return writing(installation, ctx, act)


def load(installation: Installation, ctx: Context, file_id: str) -> Download:
    """Return a file's content. Raises NotFound for a file that the actor may not see, as for one that is not there."""
    with reading(installation, ctx) as work:
        found = Files(work.tx).get(file_id)
        if found is None or not _may_see(work, found):
            raise NotFound("file", file_id)
    shown = found.media_type in SHOWN_IN_PAGE
    return Download(installation.files.open(found.place), found.name, found.media_type, shown, found.size)


def _may_see(work: Work, found: Any) -> bool:
    if found.record_id is None:
        return found.uploaded_by == work.ctx.actor.id or work.ctx.actor.is_admin
    entity = work.entity(found.entity)
    record = work.records.get(entity.key, found.record_id)
    if record is None or not may_read_record(work, entity, record):
        return False
    return not {held_access(work, entity, record).get(path) for path in beginnings(found.field)} & {"hidden", "mask"}


def _field(work: Work, entity: str, path: str) -> Field | None:
    if not entity:
        return None
    found = work.entity(entity).at(path)
    if found is None or not FIELD_TYPES[found.type].holds_files:
        raise Invalid([Problem("not_a_file_field", "/field", {"field": path})])
    return found


def _limit(installation: Installation, field: Field | None) -> int:
    own = field.settings.get("max_size") if field else None
    limit = min(own, installation.settings.max_upload) if isinstance(own, int) else installation.settings.max_upload
    if limit <= 0:
        raise TooLarge(0)
    return limit


def _accepted(field: Field | None) -> tuple[str, ...]:
    if field is None:
        return ()
    return FIELD_TYPES[field.type].accepted(field)


def _joined(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
