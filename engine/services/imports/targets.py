"""Where a column of a file may go: the fields that the actor sees, and what a column is for by its header."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.definition.model import Entity, Field
from engine.definition.rows import RowShape, row_shapes
from engine.definition.values import is_computed
from engine.projection.hidden import beginnings
from engine.projection.texts import in_language
from engine.services.work import Work

LINK = "$link"
"""What a column is for that says which rows of several sheets, or of one, belong together."""
LINK_TITLES: Mapping[str, str] = {"zh-CN": "关联号", "en": "Link"}
ROW = "$row"
"""What a column of a sub-table is for (`lines.$row`) that names each row, so that rows inside it can say where they lie."""
ROW_TITLES: Mapping[str, str] = {"zh-CN": "本行号", "en": "Row key"}

_NOT_FROM_CELLS = frozenset({"attachment", "image", "signature", "snapshot", "secret"})
_ASIDE = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]\s*\Z")
_SEPARATOR = " / "


@dataclass(frozen=True, slots=True)
class Target:
    """One field that a column may go to.

    `use` says what is done with the value: written, or only compared with what the system works out (and used to find
    records by), or it links rows with those inside them. `table` is the path of the sub-table that it is in.
    """

    path: str
    field: Field
    table: str
    title: str
    use: Literal["write", "compare", "link"]
    names: frozenset[str]


def targets(work: Work, entity: Entity) -> dict[str, Target]:
    """Return by path what the columns of a file may be for; what the actor may not see is not there."""
    access = work.rights.field_access(entity)
    found: dict[str, Target] = {}
    for shape, field in _fields(entity):
        path = f"{shape.path}.{field.name}" if shape else field.name
        levels = {access.get(one, "write") for one in beginnings(path)}
        if levels & {"hidden", "mask"} or field.type in _NOT_FROM_CELLS:
            continue
        links = field.name == ROW
        writes = levels == {"write"} and not (field.read_only or is_computed(field))
        if not writes and not links and set(beginnings(path)) & set(work.rights.query_access(entity)):
            # To be told that a value differs from one that is not seen tells it.
            continue
        found[path] = Target(
            path,
            field,
            shape.path if shape else "",
            title_of(field, shape, work.ctx.language),
            "link" if links else "write" if writes else "compare",
            frozenset(_names(field, shape)),
        )
    return found


def title_of(field: Field, shape: RowShape | None, language: str) -> str:
    """Return what stands above the column of a field; where rows of a sub-table repeat, with the titles that lead to it."""
    above = (in_language(one.title, language) for one in (shape.chain if shape else ()))
    return _SEPARATOR.join((*above, in_language(field.title, language)))


def sheet_title(shape: RowShape, language: str) -> str:
    """Return the name of the sheet that has the rows of a sub-table: with the titles that lead to it."""
    return "-".join(in_language(one.title, language) for one in shape.chain)


def sheet_names(shape: RowShape) -> frozenset[str]:
    """Return what a sheet may be called that has the rows of a sub-table, as `normal` gives it."""
    languages = {language for one in shape.chain for language in one.title}
    own = (*shape.table.title.values(), shape.table.name, shape.path)
    return frozenset(map(normal, (*own, *(sheet_title(shape, language) for language in languages))))


def holds_rows(shape: RowShape) -> bool:
    """Say whether there are sub-tables in the rows of a sub-table."""
    return any(one.is_table for one in shape.table.fields)


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


def _fields(entity: Entity) -> Iterator[tuple[RowShape | None, Field]]:
    """Yield the fields of the record and of the rows at every depth, with the key of rows that hold others."""
    yield from ((None, field) for field in entity.fields if not field.is_table)
    for shape in row_shapes(entity):
        if holds_rows(shape):
            yield shape, Field("", ROW, ROW_TITLES, "text")
        yield from ((shape, child) for child in shape.table.fields if not child.is_table)


def _names(field: Field, shape: RowShape | None) -> Iterator[str]:
    """Yield what a header may say for a field."""
    if shape is None:
        yield from map(normal, _titles(field))
        return
    languages = {language for one in shape.chain for language in one.title}
    above = {"/".join(in_language(one.title, language) for one in shape.chain) for language in languages}
    for start in (*above, shape.path):
        yield from (normal(f"{start}/{name}") for name in _titles(field))


def _titles(field: Field) -> Iterator[str]:
    """Yield the titles, the name and the aliases of a field."""
    aliases = field.settings.get("aliases")
    yield from (*field.title.values(), field.name)
    yield from (str(one) for one in (aliases if isinstance(aliases, (list, tuple)) else ()))
