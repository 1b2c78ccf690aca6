"""Roll-ups worked out from nothing: when a definition is published, and to see whether what is kept is still true."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select

from engine.storage.database import Transaction
from engine.storage.record_tables import EntityTable, RecordTables
from engine.storage.rollup_changes import state
from engine.storage.rollup_feeds import OWN, Feed, kept_name
from engine.storage.rollup_tallies import EXTREMES, NOTHING, Source, Tally, tallies
from engine.storage.rollup_writing import read_whole, refresh, store, worked_out
from engine.storage.system_tables import tree_paths
from engine.storage.trees import tree_of

BATCH = 1000
"""How many records are read and written at a time."""


@dataclass(frozen=True, slots=True)
class Drift:
    """A record whose roll-up, or a formula that it feeds, is not what it should be."""

    entity: str
    record_id: str
    field: str
    kept: object
    right: object


def fill(tx: Transaction, tables: RecordTables, feed: Feed) -> int:
    """Work out one roll-up of every record and write what is different; return how many were."""
    return sum(_write(tx, tables, tables.entity(feed.parent.key), found) for found in _differences(tx, tables, feed))


def drifts(tx: Transaction, tables: RecordTables) -> Iterator[Drift]:
    """Yield every roll-up that is not what counts for it now. Reads only."""
    for feed in tables.feeds.all:
        place = tables.entity(feed.parent.key)
        for found in _differences(tx, tables, feed):
            kept = read_whole(tx, place, sorted(found))
            for key, values in found.items():
                for name, right in values.items():
                    yield Drift(place.entity.key, key, name, kept[key].get(name), right)


def formula_drifts(tx: Transaction, tables: RecordTables) -> Iterator[Drift]:
    """Yield every formula that a roll-up feeds and that is not what it would be worked out to now. Reads only."""
    for key, names in tables.feeds.formulas.items():
        place, last = tables.entity(key), ""
        while names and (ids := _next_ids(tx, place, last)):
            last = ids[-1]
            rows = read_whole(tx, place, ids)
            for record_id, values in worked_out(tx, tables, place, rows).items():
                for name, right in values.items():
                    yield Drift(key, record_id, name, rows[record_id].get(name), right)


def _next_ids(tx: Transaction, place: EntityTable, last: str) -> list[str]:
    return list(tx.connection.scalars(select(place.id).where(place.id > last).order_by(place.id).limit(BATCH)))


def _write(tx: Transaction, tables: RecordTables, place: EntityTable, found: Mapping[str, Mapping[str, object]]) -> int:
    store(tx, place, found)
    if tables.feeds.formulas.get(place.entity.key):
        rows = read_whole(tx, place, sorted(found))
        refresh(tx, tables, place, rows)
    return len(found)


def _differences(tx: Transaction, tables: RecordTables, feed: Feed) -> Iterator[dict[str, dict[str, object]]]:
    """Yield, some records at a time, those whose columns are not what they should be, with what they should be."""
    place = tables.entity(feed.parent.key)
    right = _everything(tx, tables, feed)
    names = (feed.field.name, *(one.name for one in feed.kept))
    columns = [place.columns[name] for name in names]
    last = ""
    while rows := tx.connection.execute(
        select(place.id, *columns).where(place.id > last).order_by(place.id).limit(BATCH)
    ).all():
        last = rows[-1][0]
        found: dict[str, dict[str, object]] = {}
        for key, *values in rows:
            wanted = right.get(key) or state(feed, NOTHING)
            different = {name: wanted[name] for name, kept in zip(names, values, strict=True) if wanted[name] != kept}
            if different:
                found[key] = different
        if found:
            yield found


def _everything(tx: Transaction, tables: RecordTables, feed: Feed) -> dict[str, dict[str, object]]:
    """Return the columns of a roll-up for every record for which anything counts: one grouped statement."""
    source = Source(tx, tables, feed)
    own = tallies(tx, source, source.tallies())
    if not feed.rollup.tree:
        return {key: state(feed, tally) for key, tally in own.items()}
    whole = _risen(tx, tables, feed, own)
    found = {key: state(feed, tally) for key, tally in whole.items()}
    if feed.rollup.aggregate in EXTREMES:
        name = kept_name(feed.field, OWN)
        for key, values in found.items():
            values[name] = state(feed, own.get(key, NOTHING))[feed.field.name]
    return found


def _risen(tx: Transaction, tables: RecordTables, feed: Feed, own: Mapping[str, Tally]) -> dict[str, Tally]:
    """Return what counts for each record of a tree: its own and that of all below it."""
    tree = tree_of(tables.entity(feed.parent.key).entity)
    paths = tree_paths.c
    query = select(paths.node, paths.ancestor).where(and_(paths.tree == tree, paths.node.in_(_listed(own))))
    found: dict[str, Tally] = {}
    best = min if feed.rollup.aggregate == "min" else max
    for node, ancestor in tx.connection.execute(query):
        known, more = found.get(ancestor), own[node]
        if feed.rollup.aggregate in EXTREMES:
            present: list[Any] = [one.extreme for one in (known, more) if one and one.extreme is not None]
            found[ancestor] = Tally(extreme=best(present, default=None))
        else:
            found[ancestor] = (known or NOTHING) + more
    return found


def _listed(own: Mapping[str, Tally]) -> Sequence[str]:
    return list(own)
