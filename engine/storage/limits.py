"""Limits of measures where data are kept: which are to be asked anew, and what is raised at which place.

A transaction that writes what a limited measure counts adds one row for each such limit, as the last thing before its commit and in one
statement. Rows are only added, so writers never wait for each other; who asks takes all rows of a limit away with its answer.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Column, Index, Table, delete, insert, select, update

from engine.definition.limit import parts_of
from engine.definition.model import Limit, Measure
from engine.definition.rows import source_parts
from engine.storage.bundle_sql import Insert
from engine.storage.bundles import insert_later
from engine.storage.database import Transaction
from engine.storage.identifiers import new_id
from engine.storage.record_tables import RecordTables
from engine.storage.system_tables import TEXT, metadata
from engine.storage.totals import to_text
from engine.storage.types import DOCUMENT, UtcDateTime

limits_due = Table(
    "limit_due",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("limit_key", TEXT, nullable=False),
    Index("ix_limit_due_key", "limit_key"),
)

alerts = Table(
    "measure_alert",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("limit_key", TEXT, nullable=False),
    Column("measure", TEXT, nullable=False),
    Column("place", TEXT, nullable=False),
    Column("value", TEXT, nullable=False),
    Column("text", DOCUMENT, nullable=False),
    Column("raised_at", UtcDateTime(), nullable=False),
    Column("cleared_at", UtcDateTime()),
    Index("ix_measure_alert_measure", "measure", "cleared_at"),
    Index("ix_measure_alert_limit", "limit_key", "cleared_at"),
)
"""`place` is a JSON object of the dimensions as text. One row for each time that a limit was raised; cleared ones stay."""

_DUE = "limits"
_DUE_ROWS = Insert(limits_due, ("id", "limit_key"))


@dataclass(frozen=True, slots=True)
class Alert:
    """A limit that was raised at a place, with the figure as it was last seen."""

    id: str
    limit_key: str
    measure: str
    place: str
    value: str
    text: Mapping[str, str]
    raised_at: datetime
    cleared_at: datetime | None = None

    @property
    def at(self) -> Mapping[str, str | None]:
        """Return the place: dimensions as text."""
        found: Mapping[str, str | None] = json.loads(self.place)
        return found


def measure_key(measure: Measure) -> str:
    """Return the stable name of a measure."""
    return f"{measure.module}.{measure.id}"


def limit_key(measure: Measure, limit: Limit) -> str:
    """Return the stable name of a limit."""
    return f"{measure_key(measure)}/{limit.id}"


def place_of(names: Sequence[str], values: Sequence[object]) -> str:
    """Return a place as it is kept."""
    told = {name: to_text(value) for name, value in zip(names, values, strict=True)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def limits_by_source(measures: Iterable[Measure]) -> dict[str, tuple[str, ...]]:
    """Return the keys of limits by the entity whose records change their figures."""
    known = {one.key: one for one in measures}
    formulas = {key: one.formula.measures for key, one in known.items() if one.formula is not None}
    found: dict[str, set[str]] = {}
    for measure in known.values():
        keys = {limit_key(measure, limit) for limit in measure.limits}
        for part in parts_of(measure.key, formulas) if keys else ():
            if part in known and known[part].source:
                found.setdefault(source_parts(known[part].source)[0], set()).update(keys)
    return {source: tuple(sorted(keys)) for source, keys in found.items()}


def note_written(tx: Transaction, tables: RecordTables, entity: str) -> None:
    """Have the limits asked anew that records of an entity may cross, once this transaction is committed."""
    known: dict[str, tuple[str, ...]] | None = tables.kept.get(_DUE)
    if known is None:
        known = tables.kept[_DUE] = limits_by_source(tables.measures)
    if entity in known:
        # What a savepoint undoes is forgotten with it, so a new set each time.
        tx.kept[_DUE] = {*tx.kept.get(_DUE, ()), *known[entity]}
        tx.before_commit(_DUE, lambda: add_due(tx, sorted(tx.kept.get(_DUE, ()))))


def add_due(tx: Transaction, keys: Sequence[str]) -> None:
    """Note limits that are to be asked anew."""
    insert_later(tx.connection, _DUE_ROWS, [{"id": new_id(), "limit_key": key} for key in keys])


class Alerts:
    """What is due and what is raised, within a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def due(self) -> tuple[str, ...]:
        """Return the keys of the limits that are to be asked anew."""
        found = self._tx.connection.scalars(select(limits_due.c.limit_key).distinct().order_by(limits_due.c.limit_key))
        return tuple(found)

    def keys(self) -> set[str]:
        """Return the limits of which anything is raised."""
        return set(
            self._tx.connection.scalars(select(alerts.c.limit_key).where(alerts.c.cleared_at.is_(None)).distinct())
        )

    def take(self, key: str) -> bool:
        """Take away what says that a limit is due; say whether there was any."""
        return bool(self._tx.connection.execute(delete(limits_due).where(limits_due.c.limit_key == key)).rowcount)

    def raised(self, key: str) -> dict[str, Alert]:
        """Return what is raised of a limit, by place."""
        held = (alerts.c.limit_key == key, alerts.c.cleared_at.is_(None))
        found = (Alert(**row._mapping) for row in self._tx.connection.execute(select(alerts).where(*held)))
        return {one.place: one for one in found}

    def of(self, measure: str) -> tuple[Alert, ...]:
        """Return what is raised of a measure, the oldest first."""
        held = (alerts.c.measure == measure, alerts.c.cleared_at.is_(None))
        found = self._tx.connection.execute(select(alerts).where(*held).order_by(alerts.c.id))
        return tuple(Alert(**row._mapping) for row in found)

    def add(self, raised: Sequence[Alert]) -> None:
        """Keep what is newly raised."""
        if raised:
            self._tx.connection.execute(insert(alerts), [asdict(one) | {"text": dict(one.text)} for one in raised])

    def change(self, seen: Sequence[Alert]) -> None:
        """Keep the figures and words of what is raised still."""
        for one in seen:
            values = {"value": one.value, "text": dict(one.text)}
            self._tx.connection.execute(update(alerts).where(alerts.c.id == one.id).values(values))

    def clear(self, ids: Sequence[str], now: datetime) -> None:
        """Note that limits are kept again."""
        if ids:
            self._tx.connection.execute(update(alerts).where(alerts.c.id.in_(ids)).values(cleared_at=now))
