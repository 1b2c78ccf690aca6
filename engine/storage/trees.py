"""Trees of records: which lie above which, kept beside them, so that "all below" is one look into an index.

Every pair of a record and one above it is a row of `tree_path`; each record is its own at distance 0. Moving a sub-tree
rewrites only the pairs between it and what lies outside it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Text, and_, bindparam, cast, delete, func, insert, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from engine.definition.model import Entity, Field
from engine.errors import Busy, Invalid
from engine.paths import pointer
from engine.problems import Problem
from engine.storage.database import Transaction
from engine.storage.record_tables import EntityTable
from engine.storage.system_tables import tree_paths

PATHS = tree_paths.c
_TRIES = 3
_DEPTHS = select(PATHS.node, func.count()).group_by(PATHS.node)
_DEPTHS = _DEPTHS.where(PATHS.tree == bindparam("tree"), PATHS.node.in_(bindparam("nodes", expanding=True)))
_BATCH = 1000
_CUT = delete(tree_paths).where(
    PATHS.tree == bindparam("tree"),
    PATHS.node.in_(bindparam("inside", expanding=True)),
    PATHS.ancestor.in_(bindparam("outside", expanding=True)),
)
_ABOVE = select(PATHS.node, PATHS.ancestor).order_by(PATHS.node, PATHS.distance)
_ABOVE = _ABOVE.where(PATHS.tree == bindparam("tree"), PATHS.node.in_(bindparam("nodes", expanding=True)))


def tree_fields(entity: Entity) -> tuple[Field, ...]:
    """Return the fields that make records of an entity a tree."""
    return tuple(field for field in entity.fields if field.type == "tree_parent" and field.is_stored)


def tree_key(entity: Entity, field: Field) -> str:
    """Return the name under which a tree is kept: of stable ids, so that renaming changes nothing."""
    return f"{entity.module}.{entity.id}/{field.id}"


def tree_of(entity: Entity) -> str:
    """Return the name of the tree that the entity itself declares by `parent`, empty without one."""
    field = entity.field(entity.parent) if entity.parent else None
    return tree_key(entity, field) if field else ""


def add_nodes(tx: Transaction, tree: str, parents: Mapping[str, object]) -> None:
    """Put new records below others, or at the top (blank); those that lie in one another come in the right order."""
    waiting = dict(parents)
    while waiting:
        ready = [key for key, parent in waiting.items() if parent not in waiting or parent == key]
        for key in ready or list(waiting):
            _add_node(tx, tree, key, waiting.pop(key))


def _add_node(tx: Transaction, tree: str, node: str, parent: object) -> None:
    own = select(literal(tree), literal(node), literal(node), literal(0))
    above = select(literal(tree), PATHS.ancestor, literal(node), PATHS.distance + 1)
    above = above.where(PATHS.tree == tree, PATHS.node == parent)
    rows = own if parent is None else own.union_all(above)
    tx.connection.execute(insert(tree_paths).from_select(["tree", "ancestor", "node", "distance"], rows))


def remove_node(tx: Transaction, tree: str, node: str) -> None:
    """Take out a record that has nothing below it."""
    mine = (PATHS.node == node) | (PATHS.ancestor == node)
    tx.connection.execute(delete(tree_paths).where(PATHS.tree == tree, mine))


def move_node(tx: Transaction, tree: str, node: str, parent: object) -> None:
    """Put a record with all below it somewhere else; that it is no circle was asked before."""
    below = select(PATHS.node).where(PATHS.tree == tree, PATHS.ancestor == node)
    above = select(PATHS.ancestor).where(PATHS.tree == tree, PATHS.node == node, PATHS.distance > 0)
    # The lists are read first: a statement should not ask the rows that it deletes, and PostgreSQL would now and then join them
    # the long way round.
    outside = list(tx.connection.scalars(above))
    inside = list(tx.connection.scalars(below)) if outside else []
    for start in range(0, len(inside), _BATCH):
        part = inside[start : start + _BATCH]
        tx.connection.execute(_CUT, {"tree": tree, "outside": outside, "inside": part})
    if parent is None:
        return
    up, down = tree_paths.alias("up"), tree_paths.alias("down")
    joined = select(literal(tree), up.c.ancestor, down.c.node, up.c.distance + down.c.distance + 1)
    joined = joined.select_from(up.join(down, and_(up.c.tree == down.c.tree, down.c.ancestor == node)))
    joined = joined.where(up.c.tree == tree, up.c.node == parent)
    tx.connection.execute(insert(tree_paths).from_select(["tree", "ancestor", "node", "distance"], joined))


def refuse_circle(tx: Transaction, entity: Entity, field: Field, node: str, parent: object) -> None:
    """Raise Invalid `record_tree_circle` where `parent` is the record itself or lies below it."""
    if parent is not None and is_below(tx, tree_key(entity, field), str(parent), node):
        raise Invalid([circle_problem(field)])


def circle_problem(field: Field) -> Problem:
    """Return the finding that a record would lie above itself."""
    return Problem("record_tree_circle", pointer([field.name]), {"title": field.title})


def is_below(tx: Transaction, tree: str, node: str, ancestor: str) -> bool:
    """Say whether a record is another one or lies below it."""
    query = select(literal(1)).where(PATHS.tree == tree, PATHS.node == node, PATHS.ancestor == ancestor)
    return node == ancestor or tx.connection.execute(query).first() is not None


def nodes_below(tree: str, ancestors: object) -> Select[Any]:
    """Return the query of the ids of records and of all that lies below them."""
    wanted = PATHS.ancestor.in_(ancestors) if isinstance(ancestors, (list, tuple)) else PATHS.ancestor == ancestors
    return select(PATHS.node).where(PATHS.tree == tree, wanted)


def lock_chains(tx: Transaction, place: EntityTable, tree: str, nodes: Sequence[str]) -> dict[str, list[str]]:
    """Hold some records and all that they lie in until the transaction ends; return for each what it lies in, itself first.

    Everybody locks the deepest first, so that nobody waits in a circle. Raises Busy where the tree will not hold still.
    """
    if tx.dialect != "postgresql":
        return _chains(tx, tree, nodes)
    for _ in range(_TRIES):
        found = _chains(tx, tree, nodes)
        lock_rows(tx, place, _deepest_first(tx, tree, found))
        if _chains(tx, tree, nodes) == found:
            return found
    raise Busy


def lock_rows(tx: Transaction, place: EntityTable, ids: Sequence[str]) -> None:
    """Hold records until the transaction ends, in the order given. SQLite has one writer anyway. Raises Busy."""
    if tx.dialect != "postgresql" or not ids:
        return
    statement = place.statements.get("lock rows")
    if statement is None:
        order = func.array_position(bindparam("order", type_=ARRAY(Text)), cast(place.id, Text))
        statement = select(place.id).where(place.id.in_(bindparam("ids", expanding=True))).order_by(order)
        statement = place.statements["lock rows"] = statement.with_for_update(key_share=True)
    tx.connection.execute(statement, {"ids": list(ids), "order": list(ids)}).all()


def _chains(tx: Transaction, tree: str, nodes: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node, ancestor in tx.connection.execute(_ABOVE, {"tree": tree, "nodes": list(nodes)}):
        found.setdefault(node, []).append(ancestor)
    return found


def _deepest_first(tx: Transaction, tree: str, found: dict[str, list[str]]) -> list[str]:
    ids = sorted({one for chain in found.values() for one in chain})
    depth = {row[0]: row[1] for row in tx.connection.execute(_DEPTHS, {"tree": tree, "nodes": ids})}
    return sorted(ids, key=lambda one: (-depth.get(one, 0), one))


def rebuild(tx: Transaction, place: EntityTable, field: Field) -> None:
    """Work out a tree from nothing: the top first, then level by level."""
    tree = tree_key(place.entity, field)
    tx.connection.execute(delete(tree_paths).where(PATHS.tree == tree))
    columns = ["tree", "ancestor", "node", "distance"]
    own = select(literal(tree), place.id, place.id, literal(0))
    tx.connection.execute(insert(tree_paths).from_select(columns, own))
    parent = place.columns[field.name]
    distance = 0
    while True:
        step = select(literal(tree), parent, PATHS.node, literal(distance + 1))
        step = step.select_from(tree_paths.join(place.table, PATHS.ancestor == place.id))
        step = step.where(PATHS.tree == tree, PATHS.distance == distance, parent.is_not(None), parent != PATHS.node)
        if not tx.connection.execute(insert(tree_paths).from_select(columns, step)).rowcount:
            return
        distance += 1


def lost_nodes(tx: Transaction, place: EntityTable, field: Field) -> list[str]:
    """Return the records whose kept ancestors are not those that their parents lead to. Reads only."""
    tree = tree_key(place.entity, field)
    lines = tx.connection.execute(select(place.id, place.columns[field.name]))
    parents: dict[str, str | None] = {row[0]: row[1] for row in lines}
    kept: dict[str, list[str]] = {}
    query = select(PATHS.node, PATHS.ancestor).where(PATHS.tree == tree).order_by(PATHS.node, PATHS.distance)
    for node, ancestor in tx.connection.execute(query):
        kept.setdefault(node, []).append(ancestor)
    return sorted({*(key for key in parents if kept.get(key) != _chain(parents, key)), *(set(kept) - set(parents))})


def _chain(parents: Mapping[str, str | None], key: str) -> list[str]:
    found = [key]
    while (above := parents.get(found[-1])) is not None and above not in found:
        found.append(above)
    return found
