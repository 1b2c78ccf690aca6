"""Moving a record with all below it: what counts for them leaves what they lay in and counts for what they lie in now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.definition.model import Field
from engine.storage.database import Transaction
from engine.storage.record_tables import EntityTable, RecordTables
from engine.storage.rollup_changes import Delta, Deltas, tally_of
from engine.storage.rollup_feeds import Feed
from engine.storage.trees import lock_chains, move_node, refuse_circle, tree_key


@dataclass(frozen=True, slots=True)
class Move:
    """A record of a tree, where it was, and where it goes (blank: the top)."""

    place: EntityTable
    field: Field
    node: str
    before: str | None
    after: object

    @classmethod
    def of(cls, tx: Transaction, place: EntityTable, field: Field, node: str, after: object) -> "Move":
        """Return the move that a new parent is. Raises Invalid `record_tree_circle`."""
        if after is not None:
            refuse_circle(tx, place.entity, field, node, after)
        before = tx.connection.scalar(select(place.columns[field.name]).where(place.id == node))
        return cls(place, field, node, before, after)


def moved(tx: Transaction, tables: RecordTables, move: Move) -> Iterable[tuple[Feed, Deltas]]:
    """Rewrite the tree, and return what changes for the records that the moved one lay in and lies in now."""
    if move.before == move.after:
        return []
    place, entity = move.place, move.place.entity
    tree = tree_key(entity, move.field)
    feeds = [one for one in tables.feeds.of(entity.key) if one.rollup.tree] if move.field.name == entity.parent else []
    lock_chains(tx, place, tree, [one for one in (move.before, move.after) if isinstance(one, str)])
    refuse_circle(tx, entity, move.field, move.node, move.after)
    named = _stored(tx, place, move.node) if feeds else {}
    move_node(tx, tree, move.node, move.after)
    return [(feed, _deltas(feed, tally_of(feed, named), move)) for feed in feeds]


def left(tx: Transaction, tables: RecordTables, place: EntityTable, node: str) -> Sequence[tuple[Feed, Deltas]]:
    """Return what the record above a deleted one loses; nothing lies below the deleted one."""
    feeds = [one for one in tables.feeds.of(place.entity.key) if one.rollup.tree]
    field = place.entity.field(place.entity.parent) if feeds else None
    if field is None:
        return []
    named = _stored(tx, place, node)
    before = named.get(field.name)
    move = Move(place, field, node, before if isinstance(before, str) else None, None)
    return [(feed, _deltas(feed, tally_of(feed, named), move)) for feed in feeds]


def _stored(tx: Transaction, place: EntityTable, node: str) -> dict[str, Any]:
    row = tx.connection.execute(select(*place.columns.values()).where(place.id == node)).first()
    return dict(zip(place.columns, row, strict=True)) if row is not None else {}


def _deltas(feed: Feed, taken: Delta, move: Move) -> Deltas:
    """Return what the places left and entered gain; what both have in common gains nothing in the end."""
    found: Deltas = {}
    if isinstance(move.before, str):
        found[move.before] = -taken
    if isinstance(move.after, str):
        found[move.after] = taken
    return found if taken else {}
