"""Totals of measures that are kept: by the values of their dimensions, true in every transaction that writes.

Whatever writes records notes what it changed (`noting`), within the same transaction; the differences are added at its very end
(`add_noted`), after all other locks and in one order, so that nobody who adds can meet another in a circle.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Numeric,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
)

from engine.definition.compiling.stored_totals import MOST_DIMENSIONS
from engine.definition.model import Measure
from engine.definition.rows import source_parts
from engine.expressions import BOOLEAN, DATE, NUMBER, Environment
from engine.storage.bundle_sql import Insert
from engine.storage.bundles import insert_later
from engine.storage.database import Transaction
from engine.storage.expression_columns import expression_condition
from engine.storage.measure_source import MeasureSource
from engine.storage.record_tables import EntityTable, RecordTables
from engine.storage.system_tables import TEXT, metadata
from engine.storage.types import ExactDecimal, rescaled, unscaled

_UNITS = Numeric(38, 0).with_variant(BigInteger(), "sqlite")

measure_totals = Table(
    "measure_total",
    metadata,
    Column("measure", TEXT, primary_key=True),
    Column("place", TEXT, primary_key=True),
    *(Column(f"d{number}", TEXT) for number in range(MOST_DIMENSIONS)),
    Column("total", _UNITS, nullable=False),
    Column("counted", BigInteger, nullable=False),
    Column("entries", BigInteger, nullable=False),
    Index("ix_measure_total_first", "measure", "d0"),
)
"""By measure (its stable name) and place (a digest of the dimensions, which stand beside it as text): the sum in smallest units, how
many values it is made of, and how many rows there are at all."""

_NOTED = "totals"
_ADDED = ("total", "counted", "entries")
_DIFFERENCES = Insert(measure_totals, tuple(measure_totals.c.keys()), ("measure", "place"), adding=_ADDED)
NOBODY = Environment()


class Sums(NamedTuple):
    """A sum in smallest units, how many values it is made of, and how many rows stand behind it."""

    total: int = 0
    counted: int = 0
    entries: int = 0

    def plus(self, other: "Sums", sign: int = 1) -> "Sums":
        """Return both together, or what is left without the other."""
        return Sums(*(mine + sign * theirs for mine, theirs in zip(self, other, strict=True)))


Place = tuple[str | None, ...]
"""The dimensions of one total, as text."""
By = Mapping[Place, Sums]


@dataclass(frozen=True, slots=True)
class Kept:
    """A measure whose totals are kept, and where its records stand."""

    measure: Measure
    names: tuple[str, ...]
    entity: str
    rows: str
    reads: frozenset[str]

    @property
    def key(self) -> str:
        """Return the measure's stable name."""
        return f"{self.measure.module}.{self.measure.id}"


def kept_of(measures: Iterable[Measure]) -> dict[str, tuple[Kept, ...]]:
    """Return the measures whose totals are kept, by the entity that they count."""
    found: dict[str, tuple[Kept, ...]] = {}
    for measure in sorted(measures, key=lambda one: one.key):
        if measure.stored is not None:
            entity, rows = source_parts(measure.source)
            asked = (measure.value, measure.where, *(one.value for one in measure.dimensions))
            reads = {path.partition(".")[0] for one in asked if one for path in one.reads} | {"status", "stage"}
            one = Kept(measure, measure.stored, entity, rows, frozenset(reads))
            found[entity] = (*found.get(entity, ()), one)
    return found


def all_totals(tables: RecordTables) -> tuple[Kept, ...]:
    """Return every measure whose totals are kept."""
    return tuple(one for kept in _by_entity(tables).values() for one in kept)


def totals_of(tables: RecordTables, entity: str) -> tuple[Kept, ...]:
    """Return the measures over an entity, or its rows, whose totals are kept."""
    return _by_entity(tables).get(entity, ())


def _by_entity(tables: RecordTables) -> Mapping[str, tuple[Kept, ...]]:
    known: dict[str, tuple[Kept, ...]] | None = tables.kept.get(_NOTED)
    if known is None:
        known = tables.kept[_NOTED] = kept_of(one for one in tables.measures if source_parts(one.source)[0] in tables)
    return known


@contextmanager
def noting(
    tx: Transaction,
    tables: RecordTables,
    place: EntityTable,
    column: str,
    keys: Sequence[str],
    changed: tuple[frozenset[str] | None, frozenset[str]],
    *,
    is_new: bool = False,
    is_gone: bool = False,
) -> Iterator[None]:
    """Note by how much totals change while records (found by a column) are written. `changed` are fields, None for all, and tables."""
    kept = [one for one in totals_of(tables, place.entity.key) if concerns(one, *changed)]
    before = _sums(tx, tables, kept, column, () if is_new else keys)
    yield
    after = _sums(tx, tables, kept, column, () if is_gone else keys)
    for one in kept:
        places = {*before[one.key], *after[one.key]}
        told = {at: after[one.key].get(at, Sums()).plus(before[one.key].get(at, Sums()), -1) for at in places}
        note_differences(tx, one, told)


def note_differences(tx: Transaction, one: Kept, differences: By) -> None:
    """Note by how much a total has changed, by place."""
    found = dict(_noted(tx).get(one.key, {}))
    for at, sums in differences.items():
        found[at] = found.get(at, Sums()).plus(sums)
    tx.kept[_NOTED] = {**_noted(tx), one.key: {at: sums for at, sums in found.items() if any(sums)}}
    tx.before_commit(_NOTED, lambda: add_noted(tx))


def add_noted(tx: Transaction) -> None:
    """Add what has been noted, in one order whoever does."""
    rows = [_row(key, at, sums) for key, found in _noted(tx).items() for at, sums in found.items()]
    rows.sort(key=lambda row: (row["measure"], row["place"]))
    insert_later(tx.connection, _DIFFERENCES, rows)
    tx.kept[_NOTED] = {}


def read(
    tx: Transaction,
    tables: RecordTables,
    measure: Measure,
    by: Sequence[str],
    where: Mapping[str, object],
    *,
    without: str | None = None,
) -> dict[tuple[object, ...], tuple[Decimal, int]] | None:
    """Return total and number of values by dimensions, as they are within this transaction; None where they are not kept.

    `without` leaves out what one document wrote.
    """
    one = next((one for one in totals_of(tables, source_parts(measure.source)[0]) if one.measure is measure), None)
    if one is None or not {*by, *where} <= set(one.names):
        return None
    columns = [measure_totals.c[f"d{one.names.index(name)}"] for name in by]
    held = [measure_totals.c.measure == one.key]
    held += [_equals(measure_totals.c[f"d{one.names.index(name)}"], value) for name, value in where.items()]
    sums = [func.sum(measure_totals.c[name]) for name in _ADDED]
    query: Select[Any] = select(*columns, *sums).where(and_(*held)).group_by(*columns)
    found = {
        tuple(row[: len(by)]): Sums(*(int(part or 0) for part in row[len(by) :]))
        for row in tx.connection.execute(query)
    }
    _add(one, found, by, where, _noted(tx).get(one.key, {}), 1)
    if without is not None:
        column = "source_id" if tables.entity(one.entity).entity.kind == "ledger" else "id"
        _add(one, found, by, where, _sums(tx, tables, [one], column, [without])[one.key], -1)
    scale = scale_of(tables, one)
    types = [next(own.type for own in measure.dimensions if own.name == name) for name in by]
    return {
        tuple(from_text(text, kind) for text, kind in zip(at, types, strict=True)): (
            unscaled(sums.total, scale),
            sums.counted,
        )
        for at, sums in found.items()
        if sums.entries or not by
    }


def fill(tx: Transaction, tables: RecordTables, one: Kept) -> None:
    """Work out the totals of a measure from nothing."""
    tx.connection.execute(delete(measure_totals).where(measure_totals.c.measure == one.key))
    rows = [_row(one.key, at, sums) for at, sums in _sums(tx, tables, [one])[one.key].items()]
    if rows:
        tx.connection.execute(insert(measure_totals), rows)


def forget_others(tx: Transaction, tables: RecordTables) -> None:
    """Take away the totals of measures that keep none any more."""
    known = [one.key for one in all_totals(tables)]
    tx.connection.execute(delete(measure_totals).where(measure_totals.c.measure.not_in(known)))


def drifts(tx: Transaction, tables: RecordTables, one: Kept) -> Iterator[tuple[Place, Sums, Sums]]:
    """Yield every total of a measure that is not what it would be worked out to: its place, what is kept, and what is right."""
    right = _sums(tx, tables, [one])[one.key]
    columns = [measure_totals.c[f"d{number}"] for number in range(len(one.names))]
    query = select(*columns, *(measure_totals.c[name] for name in _ADDED)).where(measure_totals.c.measure == one.key)
    kept = {tuple(row[: len(columns)]): Sums(*map(int, row[len(columns) :])) for row in tx.connection.execute(query)}
    for at in sorted({*kept, *right}, key=repr):
        if kept.get(at, Sums()) != right.get(at, Sums()):
            yield at, kept.get(at, Sums()), right.get(at, Sums())


def scale_of(tables: RecordTables, one: Kept) -> int:
    """Return the decimals of a measure's smallest unit."""
    column, _ = MeasureSource(tables, one.measure).value(one.measure, NOBODY, "sqlite")
    return column.type.scale if isinstance(column.type, ExactDecimal) else 0


def to_text(value: object) -> str | None:
    """Return the value of a dimension as it is kept."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (Decimal, int)):
        return f"{Decimal(value).normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def from_text(text: str | None, kind: object) -> object:
    """Return the value of a dimension that is kept as text."""
    if text is None:
        return None
    if kind == NUMBER:
        return Decimal(text)
    if kind == BOOLEAN:
        return text == "true"
    return date.fromisoformat(text) if kind == DATE else text


def concerns(one: Kept, names: frozenset[str] | None, tables: frozenset[str]) -> bool:
    """Say whether a change of fields and sub-tables may change a total."""
    if names is None:
        return True
    rows = bool(one.rows) and one.rows.partition(".")[0] in {path.partition(".")[0] for path in tables}
    return rows or not one.reads.isdisjoint(names | {path.partition(".")[0] for path in tables})


def _noted(tx: Transaction) -> Mapping[str, By]:
    found: Mapping[str, By] = tx.kept.get(_NOTED, {})
    return found


def _sums(
    tx: Transaction, tables: RecordTables, kept: Sequence[Kept], column: str = "", keys: Sequence[str] = ()
) -> dict[str, dict[Place, Sums]]:
    """Return what records add to totals, by measure and place: of some records found by a column, or of all."""
    found: dict[str, dict[Place, Sums]] = {one.key: {} for one in kept}
    for one in kept if keys or not column else ():
        scale = scale_of(tables, one)
        given = {"keys": list(keys)} if column else {}
        for *at, total, counted, entries in tx.connection.execute(_query(tx, tables, one, column), given):
            place = tuple(to_text(value) for value in at)
            sums = Sums(rescaled(total or 0, scale), int(counted), int(entries))
            found[one.key][place] = found[one.key].get(place, Sums()).plus(sums)
    return found


def _query(tx: Transaction, tables: RecordTables, one: Kept, column: str) -> Select[Any]:
    kept = ("totals", one.key, column, tx.dialect)
    known: Select[Any] | None = tables.kept.get(kept)
    if known is None:
        source = MeasureSource(tables, one.measure)
        value, _ = source.value(one.measure, NOBODY, tx.dialect)
        dimensions = [source.dimension(one.measure, name, NOBODY, tx.dialect) for name in one.names]
        held = [source.counts(one.measure.stages)]
        if one.measure.where is not None:
            held.append(expression_condition(one.measure.where, source.columns, NOBODY, tx.dialect))
        if column:
            # Asked as a CASE, so that no index of what counts is taken for the one that finds few records.
            found = source.columns.place.columns[column].in_(bindparam("keys", expanding=True))
            held = [found, case((and_(*held), 1), else_=0) == 1]
        named = [dimension.label(f"d{number}") for number, dimension in enumerate(dimensions)]
        inner = select(*named, value.label("v")).select_from(source.columns.source).where(and_(*held)).subquery()
        groups = [inner.c[f"d{number}"] for number in range(len(named))]
        total = func.count(inner.c.v) if one.measure.aggregate == "count" else func.sum(inner.c.v)
        made: Select[Any] = select(*groups, total, func.count(inner.c.v), func.count()).select_from(inner)
        known = tables.kept[kept] = made.group_by(*groups)
    return known


def _add(
    one: Kept, found: dict[Place, Sums], by: Sequence[str], where: Mapping[str, object], more: By, sign: int
) -> None:
    """Add totals to those of a question, where they fit its conditions."""
    allowed = {one.names.index(name): _texts(value) for name, value in where.items()}
    places = [one.names.index(name) for name in by]
    for at, sums in more.items():
        if all(at[number] in texts for number, texts in allowed.items()):
            key = tuple(at[number] for number in places)
            found[key] = found.get(key, Sums()).plus(sums, sign)


def _texts(value: object) -> set[str | None]:
    if isinstance(value, (list, tuple, set, frozenset)):
        # A blank in a list matches nothing, as IN does.
        return {to_text(one) for one in value if one is not None}
    return {to_text(value)}


def _equals(column: Column[Any], value: object) -> Any:
    if value is None:
        return column.is_(None)
    return column.in_(sorted(one for one in _texts(value) if one is not None))


def _row(key: str, at: Place, sums: Sums) -> dict[str, object]:
    told = {f"d{number}": at[number] if number < len(at) else None for number in range(MOST_DIMENSIONS)}
    place = hashlib.sha256(json.dumps(at).encode()).hexdigest()[:32]
    return {"measure": key, "place": place, **told, **dict(zip(_ADDED, sums, strict=True))}
