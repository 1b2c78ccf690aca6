"""What is stored although it follows from records: roll-ups, trees, totals, links and the index of the search. Filled when its definition is new or another.

By which definition each was filled stands in `stored_derivation`, so that a publication knows what to work out again.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, insert, select

from engine.definition.model import Field, Text
from engine.definition.rows import above
from engine.storage.column_fill import fill_of
from engine.storage.database import Transaction
from engine.storage.links import rebuild_links
from engine.storage.record_links import LinkTable
from engine.storage.record_tables import EntityTable, RecordTables
from engine.storage.rollup_feeds import Feed
from engine.storage.rollup_filling import fill
from engine.storage.search_index import rebuild as rebuild_index
from engine.storage.search_layout import Layout, Looked
from engine.storage.system_tables import stored_columns, stored_derivations
from engine.storage.totals import Kept, all_totals, forget_others
from engine.storage.totals import fill as fill_totals
from engine.storage.trees import rebuild, tree_fields, tree_key


@dataclass(frozen=True, slots=True)
class Derivation:
    """Something that is worked out: a roll-up (`feed`), the links of a field (`link`), the tree of a field, or the index (`layout`)."""

    name: str
    fingerprint: str
    place: EntityTable
    field: Field | None = None
    feed: Feed | None = None
    link: LinkTable | None = None
    totals: Kept | None = None
    layout: Layout | None = None

    @property
    def kind(self) -> Literal["fill_rollup", "fill_links", "fill_tree", "fill_totals", "fill_search"]:
        """Return the kind of the step that fills it."""
        if self.totals or self.layout:
            return "fill_totals" if self.totals else "fill_search"
        return "fill_rollup" if self.feed else "fill_links" if self.link else "fill_tree"

    @property
    def title(self) -> Text:
        """Return what people call the field, the measure, or the entity whose index it is."""
        if self.totals:
            return self.totals.measure.title
        return self.field.title if self.field else self.place.entity.title


def derivations(tables: RecordTables) -> tuple[Derivation, ...]:
    """Return everything that is worked out, each after what it reads: trees and links, roll-ups from the lowest, totals, the index."""
    return (*_trees(tables), *_links(tables), *_rollups(tables), *_totals(tables), *_indexes(tables))


def missing(tx: Transaction, tables: RecordTables) -> tuple[Derivation, ...]:
    """Return what has never been filled, or by another definition."""
    known = {row.name: row.fingerprint for row in tx.connection.execute(select(stored_derivations))}
    return tuple(one for one in derivations(tables) if _is_stale(tx, one, known.get(one.name)))


def carry_out(tx: Transaction, tables: RecordTables, name: str) -> None:
    """Fill one of them for every record."""
    one = next(one for one in derivations(tables) if one.name == name)
    if one.feed is not None:
        fill(tx, tables, one.feed)
    elif one.link is not None:
        rebuild_links(tx, one.link)
    elif one.totals is not None:
        fill_totals(tx, tables, one.totals)
    elif one.layout is not None:
        rebuild_index(tx, one.place, one.layout)
    elif one.field is not None:
        rebuild(tx, one.place, one.field)


def note_all(tx: Transaction, tables: RecordTables) -> None:
    """Write down by which definitions everything is filled now."""
    rows = [{"name": one.name, "fingerprint": one.fingerprint} for one in derivations(tables)]
    tx.connection.execute(delete(stored_derivations))
    forget_others(tx, tables)
    if rows:
        tx.connection.execute(insert(stored_derivations), rows)


def _indexes(tables: RecordTables) -> Iterator[Derivation]:
    for place in tables.all:
        layout = tables.layouts[place.entity.key]
        if layout.looked:
            yield Derivation(f"search/{place.table.name}", layout.told, place, layout=layout)


def _is_stale(tx: Transaction, one: Derivation, known: str | None) -> bool:
    """Say whether something was never filled, or by another definition.

    An index that is to look into new fields as well is not stale as long as no record has a value there.
    """
    if one.layout is None or known is None or known == one.fingerprint:
        return known != one.fingerprint
    before, now = set(known.splitlines()), set(one.fingerprint.splitlines())
    added = {line.partition(" ")[0] for line in now - before}
    return not before <= now or any(_has_values(tx, one.place, one.layout.looked[ids]) for ids in added)


def _has_values(tx: Transaction, place: EntityTable, looked: Looked) -> bool:
    """Say whether a field that was not looked into can have values: it is computed or filled, or its column was there before."""
    if looked.field.formula or fill_of(looked.field) is not None:
        return True
    holder = place.rows[above(looked.path)].table if "." in looked.path else place.table
    there = stored_columns.c.table_name == holder.name, stored_columns.c.column_name == looked.field.id
    return tx.connection.execute(select(stored_columns.c.column_name).where(*there)).first() is not None


def _trees(tables: RecordTables) -> Iterator[Derivation]:
    for place in tables.all:
        for field in tree_fields(place.entity):
            key = tree_key(place.entity, field)
            yield Derivation(f"tree/{key}", "1", place, field)


def _links(tables: RecordTables) -> Iterator[Derivation]:
    for link in tables.links:
        place = tables.entity(link.entity.key)
        yield Derivation(f"links/{link.table.name}", link.field.to, place, link.field, link=link)


def _rollups(tables: RecordTables) -> Iterator[Derivation]:
    for feed in tables.feeds.all:
        place = tables.entity(feed.parent.key)
        name = f"rollup/{place.table.name}/{feed.field.id}"
        yield Derivation(name, _fingerprint(tables, feed), place, feed.field, feed)


def _totals(tables: RecordTables) -> Iterator[Derivation]:
    for one in all_totals(tables):
        measure, place = one.measure, tables.entity(one.entity)
        told = [measure.source, measure.aggregate, measure.stages, one.names]
        texts = [part.text if part else "" for part in (measure.value, measure.where)]
        dimensions = [(own.name, own.value.text) for own in measure.dimensions if own.name in one.names]
        ids = [(name, found.id) for name in sorted(one.reads) if (found := place.entity.at(name))]
        fingerprint = hashlib.sha256(repr([told, texts, dimensions, ids]).encode()).hexdigest()
        yield Derivation(f"totals/{one.key}", fingerprint, place, totals=one)


def _fingerprint(tables: RecordTables, feed: Feed) -> str:
    rollup, source = feed.rollup, tables.entity(feed.source)
    texts = [one.text if one else "" for one in (rollup.value, rollup.where)]
    # Names may come to mean other fields; ids do not.
    ids = [(name, found.id) for name in sorted(feed.reads) if (found := source.entity.at(name))]
    said = (
        source.table.name,
        feed.rows,
        rollup.via,
        rollup.aggregate,
        *texts,
        *ids,
        rollup.tree,
        feed.field.type,
        rollup.scale,
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()
