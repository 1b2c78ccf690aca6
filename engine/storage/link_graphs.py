"""Links that may not close a circle: what is reached from the end of a link, without reading the rest of the graph.

Where links keep apart from a tree, a link of a record is one of all that lies in it: from the end of a link go on the links of
everything that it lies in and of everything that lies in it.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, CompoundSelect, Select, and_, literal, or_, select, true, union_all

from engine.definition.model import Acyclic, Entity
from engine.storage.candidates import not_blank, other_live
from engine.storage.database import Transaction
from engine.storage.line_values import Line, lines_of, table_of
from engine.storage.locks import lock_keys
from engine.storage.path_columns import PathColumns
from engine.storage.record_tables import RecordTables
from engine.storage.system_tables import tree_paths
from engine.storage.trees import tree_of

PATHS = tree_paths.c
_PART = 400
Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle that a record would close: the rule, where the link stands in the record, and the nodes in their order.

    The first of `nodes` is the last one too. With two nodes that are not the same, one lies in the other.
    """

    rule: Acyclic
    at: str
    nodes: tuple[str, ...]


def circles(
    tx: Transaction,
    tables: RecordTables,
    entity: Entity,
    values: Mapping[str, object],
    record_id: str | None = None,
    before: Mapping[str, object] | None = None,
) -> Iterator[Circle]:
    """Yield the circles that a record's new links close; until the transaction ends nobody else links in these graphs.

    `before` is what the record said until now: links that it had are not asked again. Raises Busy.
    """
    for rule in entity.acyclic:
        table = table_of((rule.start, rule.end), rule.each)
        links = list(_own_links(entity, rule, values, table, record_id))
        known = {link for _, link in _own_links(entity, rule, before, table, record_id)} if before else set()
        fresh = [(line, link) for line, link in links if link not in known]
        if fresh:
            graph = _Graph(tx, tables, entity, rule, record_id, [link for _, link in links])
            for line, link in fresh:
                loop = graph.loop(link)
                if loop:
                    yield Circle(rule, line.at(entity, table, rule.end if rule.end != "id" else rule.start), loop)


def circles_around(tx: Transaction, tables: RecordTables, entity: Entity, node: str) -> Iterator[Circle]:
    """Yield the circles through the links of all that lies in a record of a tree, as the tree is now. Raises Busy."""
    for place in tables.all:
        for rule in place.entity.acyclic:
            if rule.of == entity.key and rule.apart:
                graph = _Graph(tx, tables, place.entity, rule, None, [])
                yield from (Circle(rule, "", loop) for link in graph.links_at(node) if (loop := graph.loop(link)))


def _own_links(
    entity: Entity, rule: Acyclic, values: Mapping[str, object], table: str, record_id: str | None
) -> Iterator[tuple[Line, Link]]:
    """Yield the links of a record. A new one has no id yet: nothing leads to it, so it is in no circle."""
    paths = [path for path in (rule.start, rule.end) if path != "id"]
    for line in lines_of(entity, values, paths, table):
        given = dict(zip(paths, line.values, strict=True)) | {"id": record_id}
        if given[rule.start] is not None and given[rule.end] is not None:
            yield line, (str(given[rule.start]), str(given[rule.end]))


class _Graph:
    """The links of one rule but those of one record, and the links that this one would have."""

    def __init__(
        self,
        tx: Transaction,
        tables: RecordTables,
        entity: Entity,
        rule: Acyclic,
        without: str | None,
        own: Sequence[Link],
    ) -> None:
        self._tx, self._tables, self._entity, self._rule = tx, tables, entity, rule
        self._without, self._own = without, own
        self._tree = tree_of(tables.entity(rule.of).entity) if rule.apart else ""
        lock_keys(tx, [f"acyclic/{entity.key}/{rule.name}"])

    def loop(self, link: Link) -> tuple[str, ...]:
        """Return the nodes of the shortest circle through a link; nothing where there is none."""
        start, end = link
        if start == end or (self._tree and self._are_related(start, end)):
            return (start, end) if start != end else (start, start)
        starts = [end, *(to for _, to in self._own)]
        ends = [start, *(one for one, _ in self._own)]
        if len(self._own) <= 1 and not self._reaches(starts, ends):
            return ()
        return self._shortest(link, [*self._reached(starts), *self._own])

    def links_at(self, node: str) -> list[Link]:
        """Return the links from or to a record and all that lies in it."""
        inside = select(PATHS.node).where(PATHS.tree == self._tree, PATHS.ancestor == node)
        links = self._links()
        query = select(links.c.a, links.c.b).where(or_(links.c.a.in_(inside), links.c.b.in_(inside)))
        return [(row[0], row[1]) for row in self._tx.connection.execute(query)]

    def _are_related(self, one: str, other: str) -> bool:
        pair = or_(and_(PATHS.node == one, PATHS.ancestor == other), and_(PATHS.node == other, PATHS.ancestor == one))
        query = select(literal(1)).where(PATHS.tree == self._tree, pair)
        return self._tx.connection.execute(query).first() is not None

    def _links(self) -> Any:
        table = table_of((self._rule.start, self._rule.end), self._rule.each)
        columns = PathColumns(self._tables, self._entity.key, table)
        ends = (self._rule.start, self._rule.end)
        start, end = (columns.place.id if path == "id" else columns.column(path) for path in ends)
        query = select(start.label("a"), end.label("b")).select_from(columns.source)
        return query.where(other_live(columns, self._without), not_blank(start), not_blank(end)).subquery()

    def _reach(self, starts: Sequence[str]) -> Any:
        """Return the links that can be gone from some nodes, as a query that calls itself."""
        first = self._links()
        reach = select(first.c.a, first.c.b).where(self._is_at(first.c.a, starts)).cte("reach", recursive=True)
        further = self._links()
        if not self._tree:
            step = select(further.c.a, further.c.b).select_from(reach.join(further, further.c.a == reach.c.b))
            return reach.union(step)
        # The one database wants it as a join to see its indexes, the other as a list.
        near = self._lineage(reach)
        if self._tx.dialect == "postgresql":
            beside = near.lateral("beside")
            joined = reach.join(beside, true()).join(further, further.c.a == beside.c.near)
        else:
            joined = reach.join(further, further.c.a.in_(near))
        return reach.union(select(further.c.a, further.c.b).select_from(joined))

    def _lineage(self, reach: CTE) -> CompoundSelect[Any]:
        """Return what lies in the end of a link that was reached, itself, and what it lies in."""
        below = select(PATHS.node.label("near")).where(PATHS.tree == self._tree, PATHS.ancestor == reach.c.b)
        above = select(PATHS.ancestor).where(PATHS.tree == self._tree, PATHS.node == reach.c.b)
        return union_all(below.correlate(reach), above.correlate(reach))

    def _is_at(self, column: ColumnElement[str], nodes: Sequence[str]) -> ColumnElement[bool]:
        return column.in_(self._near(nodes)) if self._tree else column.in_(nodes)

    def _near(self, nodes: Sequence[str]) -> Select[Any]:
        below = select(PATHS.node.label("near")).where(PATHS.tree == self._tree, PATHS.ancestor.in_(nodes))
        above = select(PATHS.ancestor).where(PATHS.tree == self._tree, PATHS.node.in_(nodes))
        found = union_all(below, above).subquery()
        return select(found.c.near)

    def _reaches(self, starts: Sequence[str], ends: Sequence[str]) -> bool:
        reach = self._reach(starts)
        query = select(literal(1)).select_from(reach).where(self._is_at(reach.c.b, ends)).limit(1)
        return self._tx.connection.execute(query).first() is not None

    def _reached(self, starts: Sequence[str]) -> list[Link]:
        reach = self._reach(starts)
        query = select(reach.c.a, reach.c.b).distinct().order_by(reach.c.a, reach.c.b)
        return [(row[0], row[1]) for row in self._tx.connection.execute(query)]

    def _shortest(self, link: Link, links: Sequence[Link]) -> tuple[str, ...]:
        """Return the way from the end of a link to its start, the fewest links first."""
        start, end = link
        nodes = {node for one in (*links, link) for node in one}
        near = self._related(nodes)
        waiting: deque[tuple[str, tuple[str, ...]]] = deque([(end, (start, end))])
        seen = {end}
        while waiting:
            node, way = waiting.popleft()
            if start in near[node]:
                return way if node == start else (*way, start)
            for one, to in links:
                if one in near[node] and to not in seen:
                    seen.add(to)
                    waiting.append((to, (*way, to) if one == node else (*way, one, to)))
        return ()

    def _related(self, nodes: set[str]) -> Mapping[str, set[str]]:
        """Return for each node those of the others that it lies in or that lie in it, and itself."""
        found = {node: {node} for node in nodes}
        ids = sorted(nodes) if self._tree else []
        for part in (ids[at : at + _PART] for at in range(0, len(ids), _PART)):
            query = select(PATHS.node, PATHS.ancestor).where(PATHS.tree == self._tree, PATHS.node.in_(part))
            for node, ancestor in self._tx.connection.execute(query):
                if ancestor in nodes:
                    found[node].add(ancestor)
                    found[ancestor].add(node)
        return found
