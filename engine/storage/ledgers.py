"""Entries of ledgers: reserved when a document is handed in, effective when it takes effect, reversed when it is voided.

An entry is never changed but for its stage, and never deleted. Its key (document, posting, line, round, kind) is unique, so
that doing a thing twice does it once. Nothing is written into a closed period; `reserve`, `make_effective` and `reverse` raise
Invalid `period_closed`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, Protocol

from sqlalchemy import select

from engine.definition.model import Field
from engine.storage.closings import books_key, guard, moved
from engine.storage.conflict_free import insert_new
from engine.storage.database import Transaction
from engine.storage.identifiers import new_id
from engine.storage.ledger_moves import move
from engine.storage.record_tables import EntityTable, RecordTables
from engine.storage.records import Record, Records
from engine.storage.rollups import Written, following

Stage = Literal["reserved", "effective", "released"]

KEY = ("source_id", "posting", "source_line", "source_round", "entry_kind")
NEGATED = frozenset({"integer", "decimal", "money"})
"""A reverse entry has these with the other sign, but where the ledger says `"reverse": "keep"`; all others stay."""


class Entry(Protocol):
    """What a posting writes: the posting's id, the ledger, the id of the row (or nothing), and the ledger's fields."""

    @property
    def posting(self) -> str:
        """Return the posting's stable id."""

    @property
    def to(self) -> str:
        """Return the ledger's qualified name."""

    @property
    def line(self) -> str | None:
        """Return the id of the row that it is written for."""

    @property
    def values(self) -> Mapping[str, object]:
        """Return canonical values by field name."""


@dataclass(frozen=True, slots=True)
class Source:
    """The document behind entries. `round` rises each time that it is handed in again."""

    entity: str
    id: str
    round: int = 1


class Ledgers:
    """The ledgers that one document writes to, within a transaction.

    `written_by` says which those are by entity; without it, those of its postings.
    """

    def __init__(
        self, tx: Transaction, tables: RecordTables, written_by: Callable[[str], Iterable[str]] | None = None
    ) -> None:
        self._tx = tx
        self._tables = tables
        self._written_by = written_by or self._by_postings

    def reserve(
        self, source: Source, entries: Iterable[Entry], *, actor: str, now: datetime, stage: Stage = "reserved"
    ) -> None:
        """Write entries: one statement for each ledger. What this round of the document wrote already is left alone."""
        by_ledger: dict[str, list[Entry]] = {}
        for entry in entries:
            by_ledger.setdefault(entry.to, []).append(entry)
        for ledger, written in sorted(by_ledger.items()):
            place = self._tables.entity(ledger)
            guard(self._tx, place, _days(place, [entry.values for entry in written]))
            rows = [_new_row(place, source, entry, actor, now, stage) for entry in written]
            self._insert(place, rows)

    def make_effective(self, source: Source, *, actor: str, now: datetime) -> None:
        """Let the reserved entries of a document count."""
        self._move(source, "effective", actor, now)

    def release(self, source: Source, *, actor: str, now: datetime) -> None:
        """Give back what a document had reserved."""
        self._move(source, "released", actor, now)

    def reverse(self, source: Source, *, actor: str, now: datetime) -> None:
        """Write the reverse of each effective entry of a document, pointing at it by `adjusts`."""
        for place in self._ledgers_of(source):
            originals = select(*place.columns.values()).where(
                place.columns["source_id"] == source.id,
                place.columns["stage"] == "effective",
                place.columns["entry_kind"] == "original",
            )
            found = [dict(zip(place.columns, row, strict=True)) for row in self._tx.connection.execute(originals)]
            rows = moved(self._tx, place, found)
            self._insert(place, [_reverse_row(place, values, actor, now) for values in rows])

    def books(self, source: Source) -> list[str]:
        """Return the keys of the books that a document posts into, of which periods may be closed."""
        return [books_key(place.entity) for place in self._ledgers_of(source) if place.entity.closing]

    def entries_of(self, source: Source) -> tuple[Record, ...]:
        """Return every entry of a document, ledger by ledger, in the order in which they were written."""
        return tuple(record for place in self._ledgers_of(source) for record in self._entries(place, source))

    def _entries(self, place: EntityTable, source: Source) -> Iterable[Record]:
        query = select(place.id).where(place.columns["source_id"] == source.id).order_by(place.id)
        ids = list(self._tx.connection.scalars(query))
        records = Records(self._tx, self._tables).get_many(place.entity.key, ids) if ids else {}
        return (records[entry_id] for entry_id in ids)

    def _ledgers_of(self, source: Source) -> Iterator[EntityTable]:
        return (self._tables.entity(ledger) for ledger in sorted(self._written_by(source.entity)))

    def _by_postings(self, entity: str) -> Iterable[str]:
        return {posting.to for posting in self._tables.entity(entity).entity.postings}

    def _move(self, source: Source, stage: Stage, actor: str, now: datetime) -> None:
        for place in self._ledgers_of(source):
            values = {"updated_at": now, "updated_by": actor}
            values |= {"effective_at": now} if stage == "effective" else {}
            move(self._tx, self._tables, place, source.id, stage, values)

    def _insert(self, place: EntityTable, rows: Sequence[Mapping[str, object]]) -> None:
        key = [place.columns[name].name for name in KEY]
        sources = sorted({str(row[place.columns["source_id"].name]) for row in rows})
        with following(self._tx, self._tables, place, Written("source_id", sources)):
            insert_new(self._tx, place.table, rows, key)


def _days(place: EntityTable, written: Iterable[Mapping[str, Any]]) -> list[tuple[Any, str]]:
    """Return where entries belong in the books of a ledger whose periods are closed: day and part."""
    closing = place.entity.closing
    if closing is None:
        return []
    return [(one.get(closing.day), str(one.get(closing.by) or "") if closing.by else "") for one in written]


def _new_row(
    place: EntityTable, source: Source, entry: Entry, actor: str, now: datetime, stage: Stage
) -> dict[str, object]:
    system = _system(actor, now) | {
        "stage": stage,
        "entry_kind": "original",
        "source_entity": source.entity,
        "source_id": source.id,
        "source_line": entry.line or "",
        "posting": entry.posting,
        "source_round": source.round,
        "adjusts": None,
        "effective_at": now if stage == "effective" else None,
    }
    return _columns(place, system | {field.name: entry.values.get(field.name) for field in place.stored})


def _reverse_row(place: EntityTable, values: Mapping[str, Any], actor: str, now: datetime) -> dict[str, object]:
    turned = {field.name: _turned(field, values[field.name]) for field in place.stored}
    system = _system(actor, now) | {"entry_kind": "reverse", "adjusts": values["id"], "effective_at": now}
    return _columns(place, dict(values) | turned | system)


def _system(actor: str, now: datetime) -> dict[str, object]:
    by = {"created_at": now, "created_by": actor, "updated_at": now, "updated_by": actor}
    return {"id": new_id(), "version": 1, "owner": None} | by


def _turned(field: Field, value: object) -> object:
    turns = field.type in NEGATED and not field.kept_on_reverse
    return -value if turns and isinstance(value, (int, Decimal)) else value


def _columns(place: EntityTable, named: Mapping[str, object]) -> dict[str, object]:
    return {place.columns[name].name: value for name, value in named.items()}
