"""Where a column of a file may go: the fields that the actor sees, and what a column is for by its header."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.definition.model import Entity, Field
from engine.definition.values import is_computed
from engine.projection.texts import in_language
from engine.services.work import Work

LINK = "$link"
"""What a column is for that says which rows of several sheets, or of one, belong together."""
LINK_TITLES: Mapping[str, str] = {"zh-CN": "关联号", "en": "Link"}

_NOT_FROM_CELLS = frozenset({"attachment", "image", "signature", "snapshot", "secret"})
_ASIDE = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]\s*\Z")
_SEPARATOR = " / "


@dataclass(frozen=True, slots=True)
class Target:
    """One field that a column may go to.

    `use` says what is done with the value: written, or only compared with what the system works out (and used to find
    records by). `table` is the sub-table that it is in.
    """

    path: str
    field: Field
    table: str
    title: str
    use: Literal["write", "compare"]
    names: frozenset[str]


def targets(work: Work, entity: Entity) -> dict[str, Target]:
    """Return by path what the columns of a file may be for; what the actor may not see is not there."""
    access = work.rights.field_access(entity)
    found: dict[str, Target] = {}
    for table, field in _fields(entity):
        path = f"{table.name}.{field.name}" if table else field.name
        levels = {access.get(path, "write"), access.get(table.name, "write") if table else "write"}
        if levels & {"hidden", "mask"} or field.type in _NOT_FROM_CELLS:
            continue
        writes = levels == {"write"} and not (field.read_only or is_computed(field))
        if not writes and {path, table.name if table else path} & set(work.rights.query_access(entity)):
            # To be told that a value differs from one that is not seen tells it.
            continue
        found[path] = Target(
            path,
            field,
            table.name if table else "",
            title_of(field, table, work.ctx.language),
            "write" if writes else "compare",
            frozenset(_names(field, table)),
        )
    return found


def title_of(field: Field, table: Field | None, language: str) -> str:
    """Return what stands above the column of a field; where rows of a sub-table repeat, with the sub-table's title."""
    own = in_language(field.title, language)
    return f"{in_language(table.title, language)}{_SEPARATOR}{own}" if table else own


def proposed(
    headers: Sequence[str], known: Mapping[str, Target], remembered: Mapping[str, str], table: str = ""
) -> list[str]:
    """Return for each header the path that it is for, "" where none is known; no path is given twice.

    What the person chose the last time comes first, then full names, then the bare names of rows. With `table` the sheet is
    that of a sub-table.
    """
    own = [one for one in known.values() if one.table == table or not table]
    full = {name: one.path for one in reversed(own) for name in one.names}
    bare = {name: one.path for one in reversed(own) if one.table for name in map(normal, _titles(one.field))}
    paths = {one.path for one in own} | {LINK}
    chosen: list[str] = []
    for header in headers:
        name = normal(header)
        options = (remembered.get(name, ""), _link(name), bare.get(name, "") if table else "", full.get(name, ""))
        found = (path for path in (*options, bare.get(name, "")) if path in paths and path not in chosen)
        chosen.append(next(found, "") if name else "")
    return chosen


def normal(header: str) -> str:
    """Return a header without what people add to it: stars, units in brackets, spaces, full-width signs."""
    text = unicodedata.normalize("NFKC", header).strip().strip("*:").strip()
    return re.sub(r"\s+", "", _ASIDE.sub("", text)).replace(".", "/").casefold()


def _link(name: str) -> str:
    return LINK if name in {normal(title) for title in LINK_TITLES.values()} else ""


def _fields(entity: Entity) -> Iterator[tuple[Field | None, Field]]:
    for field in entity.fields:
        if field.is_table:
            yield from ((field, child) for child in field.fields if not child.is_table)
        else:
            yield None, field


def _names(field: Field, table: Field | None) -> Iterator[str]:
    """Yield what a header may say for a field."""
    if table is None:
        yield from map(normal, _titles(field))
        return
    for above in (*table.title.values(), table.name):
        yield from (normal(f"{above}/{name}") for name in _titles(field))


def _titles(field: Field) -> Iterator[str]:
    """Yield the titles, the name and the aliases of a field."""
    aliases = field.settings.get("aliases")
    yield from (*field.title.values(), field.name)
    yield from (str(one) for one in (aliases if isinstance(aliases, (list, tuple)) else ()))
