"""What the search over all records looks into of an entity, and the words that stand for a record in its index; pure.

Words of a field that some role sees masked or not at all carry the field's own sign: they meet only what is asked by somebody who reads
that field on every record that he may list. All other words carry none.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.definition.field_types import FIELD_TYPES, is_found
from engine.definition.model import Entity, Field, Grant, Option
from engine.definition.rows import every_field, rows_of
from engine.storage.search_words import words_of

MOST_CHARACTERS = 12_000
"""Of a record with more text only the beginning is searched: PostgreSQL counts words no further than 16,383."""

_SIGN, _SIGN_END, _ENTITY = "\ue000", "\ue001", "\ue005"

Text = tuple[str, str]
"""Where a text stands (the ids of the fields that lead there, with points), and the text."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One field that is looked into. `ids` are the stable ids on its `path`; `sign` is empty where everybody reads it."""

    path: str
    ids: str
    field: Field
    names_record: bool
    sign: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """The words of one record: those that name it, and all of them; each list is a text of its own."""

    named: Sequence[Sequence[str]]
    all: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """What is looked into of one entity, by the ids that lead there. A ledger has nothing: its documents are found."""

    entity: Entity
    looked: Mapping[str, Looked]

    @property
    def name(self) -> str:
        """Return what the entity is called as long as it lives."""
        return f"{self.entity.module}.{self.entity.id}"

    @property
    def mark(self) -> str:
        """Return the word that every record of the entity has."""
        return f"{_ENTITY}{_hash(self.name)}"

    def concerns(self, names: Iterable[str], tables: Iterable[str]) -> bool:
        """Say whether a change of fields of the record, and of rows of sub-tables, may change what is found."""
        first = {name.partition(".")[0] for name in (*names, *tables)}
        return any(one.path.partition(".")[0] in first for one in self.looked.values())

    @property
    def tables(self) -> frozenset[str]:
        """Return the sub-tables of the record in whose rows something is looked into, at any depth."""
        return frozenset(one.path.partition(".")[0] for one in self.looked.values() if "." in one.path)

    def texts(self, values: Mapping[str, object]) -> list[Text]:
        """Return what is found of a record, each text once for each field, up to MOST_CHARACTERS."""
        found, left = [], MOST_CHARACTERS
        for ids, text in dict.fromkeys(self._texts(self.entity.fields, values, "")):
            found.append((ids, text[:left]))
            left -= len(text)
            if left <= 0:
                break
        return found

    def _texts(self, fields: Sequence[Field], values: Mapping[str, object], prefix: str) -> Iterator[Text]:
        for field in fields:
            value, ids = values.get(field.name), prefix + field.id
            if value is None:
                continue
            if field.is_table:
                for row in rows_of(value):
                    yield from self._texts(field.fields, row, f"{ids}.")
            elif ids in self.looked:
                yield from ((ids, text) for text in FIELD_TYPES[field.type].found_by(value, field) if text)

    def words(self, texts: Iterable[Text]) -> Indexed:
        """Return the words of a record by its texts."""
        named: list[Sequence[str]] = []
        every: list[Sequence[str]] = [[self.mark]]
        for ids, text in texts:
            one = self.looked[ids]
            found = words_of(text, is_named="." not in one.path)
            parts = [[f"{one.sign}{word}" for word in part] if one.sign else part for part in found if part]
            every += parts
            if one.names_record:
                named += parts
        return Indexed(named, every)

    @property
    def told(self) -> str:
        """Return what the index of the entity depends on: a line for each field, that another layout can be compared with."""
        return "\n".join(sorted(_told(one) for one in self.looked.values()))


def layout(entity: Entity, grants: Iterable[Grant]) -> Layout:
    """Return what is looked into of an entity."""
    if entity.kind == "ledger":
        return Layout(entity, {})
    closed = {
        path
        for grant in grants
        if grant.entity == entity.key
        for path, level in grant.fields.items()
        if level in {"hidden", "mask"}
    }
    named, found = _naming(entity), {}
    for path, field in every_field(entity.fields):
        if is_found(field):
            ids = _ids(entity, path)
            is_closed = any(path == one or path.startswith(f"{one}.") for one in closed)
            sign = f"{_SIGN}{_hash(f'{entity.module}.{entity.id}/{ids}')}{_SIGN_END}" if is_closed else ""
            found[ids] = Looked(path, ids, field, ids in named, sign)
    return Layout(entity, found)


def _naming(entity: Entity) -> frozenset[str]:
    """Return the ids of the fields that name a record: what it displays, and what was made as its code or number."""
    display = entity.field(entity.display)
    return frozenset({"code", "number", *([display.id] if display else [])})


def _ids(entity: Entity, path: str) -> str:
    ids, fields = [], entity.fields
    for name in path.split("."):
        field = next(one for one in fields if one.name == name)
        ids.append(field.id)
        fields = field.fields
    return ".".join(ids)


def _told(one: Looked) -> str:
    return f"{one.ids} {_hash(repr((one.field.type, _titles(one.field.options), one.names_record, bool(one.sign))))}"


def _titles(options: Iterable[Option]) -> list[object]:
    return [(one.value, sorted(one.title.items()), _titles(one.options)) for one in options]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
