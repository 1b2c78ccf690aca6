"""Keeping roll-ups and the index of the search true: every statement that writes records goes through `following`.

What counts for whom is asked before and after the write; the differences are added to the records pointed at, which are
locked first, then to what those feed in turn, level by level. Everybody takes locks in one order: from the child up, lower
roll-ups first, records of a tree the deepest first, and else by id.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.exc import IntegrityError

from engine.storage.database import Transaction
from engine.storage.limits import note_written
from engine.storage.links import follow_lists
from engine.storage.record_checks import checks_of, refusal
from engine.storage.record_tables import EntityTable, RecordTables
from engine.storage.rollup_changes import Deltas, differences, merged
from engine.storage.rollup_feeds import Feed
from engine.storage.rollup_tallies import Tallies, added_by
from engine.storage.rollup_writing import Writer
from engine.storage.search_index import forget, index_again, index_records
from engine.storage.totals import concerns, noting, totals_of
from engine.storage.tree_moves import Move, left, moved
from engine.storage.trees import add_nodes, remove_node, tree_fields, tree_key

_PENDING, _TOGETHER = "rollups", "rollups together"

Pending = Mapping[str, tuple[Feed, Deltas]]
"""What has still to be added, by the roll-up's name; put off while several records are written together."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a statement writes: records of an entity found by a column (`id`, or `source_id` of entries).

    `names` are the fields that change, system ones too; None where that is not known. `tables` are the sub-tables whose rows
    change. `values` has new values by the record's id, where the entity is a tree: at least those of what it lies in. `whole` takes
    whole records by id, with their rows, as they will be: those that are known need not be read to be indexed.
    """

    column: str
    keys: Sequence[str]
    names: frozenset[str] | None = None
    tables: frozenset[str] = frozenset()
    values: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    whole: dict[str, Mapping[str, object]] = field(default_factory=dict)
    is_new: bool = False
    is_gone: bool = False

    def concerns(self, feed: Feed) -> bool:
        """Say whether a roll-up may change."""
        if self.names is None:
            return True
        rows = bool(feed.rows) and feed.rows.partition(".")[0] in {path.partition(".")[0] for path in self.tables}
        return rows or not feed.reads.isdisjoint(self.names)


@contextmanager
def following(tx: Transaction, tables: RecordTables, place: EntityTable, written: Written) -> Iterator[None]:
    """Let roll-ups, totals, trees and links follow what is written meanwhile.

    Raises Invalid, with a rule that the database itself holds too; and Busy.
    """
    try:
        changed = (written.names, written.tables)
        with (
            noting(
                tx, tables, place, written.column, written.keys, changed, is_new=written.is_new, is_gone=written.is_gone
            ),
            _followed(tx, tables, place, written),
        ):
            yield
        note_written(tx, tables, place.entity.key)
    except IntegrityError as error:
        found = refusal(tables, tx.dialect, error, written.values.values(), place.entity.key)
        raise found or error from error


def is_followed(tx: Transaction, tables: RecordTables, place: EntityTable, written: Written) -> bool:
    """Say whether anything but limits may have to follow a change of system fields, or a rule of the database may refuse it."""
    key, names = place.entity.key, written.names or frozenset()
    rules = (one.rule for one in checks_of(tables, tx.dialect).values() if one.entity.key == key)
    read = {path for rule in rules for one in (rule.check, rule.when) if one for path in one.reads}
    return (
        any(written.concerns(feed) for feed in tables.feeds.out_of(key))
        or any(concerns(one, written.names, written.tables) for one in totals_of(tables, key))
        or tables.layouts[key].concerns(names, written.tables)
        or not names.isdisjoint(read)
    )


@contextmanager
def _followed(tx: Transaction, tables: RecordTables, place: EntityTable, written: Written) -> Iterator[None]:
    key = place.entity.key
    feeds = [feed for feed in tables.feeds.out_of(key) if written.concerns(feed)]
    before = {} if written.is_new else added_by(tx, tables, feeds, written.column, written.keys)
    moves, leavings = _moves(tx, place, written), []
    if written.is_gone:
        # What is still to be added to the record itself must reach what lies above it before it goes.
        settle(tx, tables)
        leavings = [one for key in written.keys for one in left(tx, tables, place, key)]
    yield
    if not written.is_gone and written.column == "id":
        names = None if written.names is None or written.is_new else written.names | written.tables
        follow_lists(tx, tables, place, written.keys, names)
    _grow(tx, place, written)
    _index(tx, tables, place, written)
    for move in moves:
        _note(tx, moved(tx, tables, move))
    after = {} if written.is_gone else added_by(tx, tables, feeds, written.column, written.keys)
    _note(tx, (*_different(feeds, before, after), *leavings))
    if not tx.kept.get(_TOGETHER):
        settle(tx, tables)


@contextmanager
def together(tx: Transaction, tables: RecordTables) -> Iterator[None]:
    """Put off adding up until the end: for many records at once, and so that locks are taken in one order for all of them."""
    tx.kept[_TOGETHER] = tx.kept.get(_TOGETHER, 0) + 1
    try:
        yield
    finally:
        tx.kept[_TOGETHER] -= 1
    if not tx.kept[_TOGETHER]:
        settle(tx, tables)


def settle(tx: Transaction, tables: RecordTables) -> None:
    """Add what has been noted to the records that keep it, level by level."""
    while pending := _pending(tx):
        first = min((feed for feed, _ in pending.values()), key=_place)
        batch = [(feed, deltas) for feed, deltas in pending.values() if _place(feed) == _place(first)]
        done = {feed.key for feed, _ in batch}
        tx.kept[_PENDING] = {key: one for key, one in pending.items() if key not in done}
        _write(tx, tables, first.parent.key, batch)


def _place(feed: Feed) -> tuple[int, str]:
    return feed.level, feed.parent.key


def _write(tx: Transaction, tables: RecordTables, key: str, batch: Sequence[tuple[Feed, Deltas]]) -> None:
    """Change the roll-ups of some records of one entity, and note what that changes further up."""
    place = tables.entity(key)
    writer = Writer(tx, tables, place, batch)
    ids = writer.lock()
    fed = tables.feeds.formulas.get(key, ())
    written = Written("id", ids, frozenset((*(feed.field.name for feed, _ in batch), *fed)))
    feeds = [feed for feed in tables.feeds.out_of(key) if written.concerns(feed)] if ids else []
    before = added_by(tx, tables, feeds, "id", ids)
    writer.write()
    _index(tx, tables, place, written)
    _note(tx, _different(feeds, before, added_by(tx, tables, feeds, "id", ids)))


def _different(feeds: Sequence[Feed], before: Tallies, after: Tallies) -> list[tuple[Feed, Deltas]]:
    return [(feed, differences(feed, before.get(feed.key, {}), after.get(feed.key, {}))) for feed in feeds]


def _note(tx: Transaction, found: Iterable[tuple[Feed, Deltas]]) -> None:
    pending = dict(_pending(tx))
    for feed, deltas in found:
        if deltas:
            known = pending.get(feed.key)
            pending[feed.key] = (feed, merged(known[1], deltas) if known else deltas)
    tx.kept[_PENDING] = pending


def _pending(tx: Transaction) -> Pending:
    found: Pending = tx.kept.get(_PENDING, {})
    return found


def _index(tx: Transaction, tables: RecordTables, place: EntityTable, written: Written) -> None:
    """Let the search find what was written, and no longer what is gone."""
    layout = tables.layouts[place.entity.key]
    if not layout.looked or written.column != "id" or not written.keys:
        return
    if written.is_gone:
        forget(tx, written.keys)
    elif written.is_new or written.names is None or layout.concerns(written.names, written.tables):
        if written.whole.keys() >= set(written.keys):
            index_records(tx, layout, written.whole)
        else:
            index_again(tx, place, layout, written.keys)


def _grow(tx: Transaction, place: EntityTable, written: Written) -> None:
    """Put new records into their trees, and take out those that are gone."""
    if not (written.is_new or written.is_gone):
        return
    for one in tree_fields(place.entity):
        tree = tree_key(place.entity, one)
        if written.is_new:
            add_nodes(tx, tree, {key: values.get(one.name) for key, values in written.values.items()})
        else:
            for key in written.keys:
                remove_node(tx, tree, key)


def _moves(tx: Transaction, place: EntityTable, written: Written) -> list[Move]:
    """Return the moves within trees that a change of records is, each with where the record was."""
    if written.is_new or written.is_gone or not written.values:
        return []
    return [
        Move.of(tx, place, one, key, values[one.name])
        for one in tree_fields(place.entity)
        for key, values in written.values.items()
        if one.name in values
    ]
