"""Which records feed which roll-ups: worked out once for the tables of a configuration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.definition.model import Entity, Field
from engine.definition.rollup import Rollup
from engine.definition.rollup_order import fed_formulas, levels
from engine.storage.record_indexes import DEAD_STATUSES

LIVE = {"document": ("status", DEAD_STATUSES), "ledger": ("stage", ("reserved", "released"))}
"""Which system field says that a record does not count, and with which values; unless a roll-up's own condition reads it."""

SUM, COUNT, OWN = "sum", "n", "own"


@dataclass(frozen=True, slots=True)
class Feed:
    """One roll-up, seen from where it comes from.

    `parent` is the entity that has it, `level` how many roll-ups lie below it; `source` and `rows` say where what counts
    is stored, `reads` which of its fields matter: of the record (`status`), and of its rows (`lines.amount`).
    """

    parent: Entity
    field: Field
    rollup: Rollup
    source: str
    rows: str
    reads: frozenset[str]
    level: int

    @property
    def key(self) -> str:
        """Return the qualified name of the field."""
        return f"{self.parent.key}.{self.field.name}"

    @property
    def kept(self) -> tuple[Field, ...]:
        """Return the columns that are kept beside the field's own: what an average or a condition is worked out from."""
        return kept_fields(self.field)


class Feeds:
    """Every roll-up of a configuration, by what feeds it and by who has it."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        known = {entity.key: entity for entity in entities}
        height = levels(known)
        found = [
            _feed(known, entity, field, field.rollup, height[f"{entity.key}.{field.name}"])
            for entity in known.values()
            for field in entity.fields
            if field.rollup is not None and field.rollup.source.partition("/")[0] in known
        ]
        self.all: tuple[Feed, ...] = tuple(sorted(found, key=lambda feed: (feed.level, feed.key)))
        self._from: dict[str, tuple[Feed, ...]] = {}
        self._of: dict[str, tuple[Feed, ...]] = {}
        for feed in self.all:
            self._from[feed.source] = (*self._from.get(feed.source, ()), feed)
            self._of[feed.parent.key] = (*self._of.get(feed.parent.key, ()), feed)
        self.formulas: Mapping[str, tuple[str, ...]] = {key: fed_formulas(known[key]) for key in self._of}

    def out_of(self, entity: str) -> tuple[Feed, ...]:
        """Return the roll-ups that records of an entity, or their rows, feed."""
        return self._from.get(entity, ())

    def of(self, entity: str) -> tuple[Feed, ...]:
        """Return the roll-ups that records of an entity have, the lowest first."""
        return self._of.get(entity, ())


def kept_fields(field: Field) -> tuple[Field, ...]:
    """Return the columns that a roll-up needs beside its own; none of them is seen by anybody."""
    rollup = field.rollup
    if rollup is None or rollup.aggregate in {"sum", "count"}:
        return ()
    if rollup.aggregate in {"min", "max"}:
        # In a tree what counts for the record itself is told from what lies below it.
        return (_hidden(field, OWN, field.type, field.scale),) if rollup.tree else ()
    count = _hidden(field, COUNT, "integer", None)
    return (_hidden(field, SUM, "decimal", rollup.scale), count) if rollup.aggregate == "avg" else (count,)


def kept_name(field: Field, part: str) -> str:
    """Return the name of such a column; no field can be called so."""
    return f"_{field.id}_{part}"


def _hidden(field: Field, part: str, kind: str, scale: int | None) -> Field:
    name = kept_name(field, part)
    # As many digits as the field itself.
    digits = {"digits": field.settings["digits"]} if "digits" in field.settings and scale is not None else {}
    return Field(name, name, field.title, kind, scale=scale, settings=digits)


def _feed(known: Mapping[str, Entity], parent: Entity, field: Field, rollup: Rollup, level: int) -> Feed:
    source, _, tables = rollup.source.partition("/")
    rows = tables.replace("/", ".")
    read = {rollup.via} | {path for one in (rollup.value, rollup.where) if one for path in one.reads}
    live = LIVE.get(known[source].kind)
    if live is not None:
        read.add(live[0])
    inner = _row_names(known[source], rows)
    reads = frozenset(f"{rows}.{name}" if name in inner else name for name in read)
    return Feed(parent, field, rollup, source, rows, reads, level)


def _row_names(entity: Entity, rows: str) -> frozenset[str]:
    found = entity.at(rows) if rows else None
    return frozenset(one.name for one in found.fields) if found else frozenset()
