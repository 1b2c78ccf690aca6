"""From a graph to nested blocks: sequences and split-join pairs are folded until one arrow is left, or nothing folds any more.

Sound series-parallel reduction: a parallel split folds only into the parallel join that waits for exactly its ways, an inclusive
one likewise; exclusive ways may meet anywhere. The one end takes any ways, for an instance ends when its last token has.
"""

from collections.abc import Callable, Mapping

from engine.definition.bpmn.shape import END, START, Arrow, Branch, Item, Shape, Vertex, shape_of
from engine.definition.bpmn.source import Scope

Inline = Callable[[str], bool]


def reduce_scope(scope: Scope, inline: Inline) -> list[Item] | None:
    """Return the sequence of items that a scope comes to, None where it is no nesting of blocks.

    `inline` says of which sub-processes the inside takes their place.
    """
    inside: dict[str, list[Item]] = {}
    for name, inner in scope.inner.items():
        if inline(name):
            found = reduce_scope(inner, inline)
            if found is None:
                return None
            inside[name] = found
    return _Folding(shape_of(scope), inside).items()


class _Folding:
    def __init__(self, shape: Shape, inside: Mapping[str, list[Item]]) -> None:
        self.shape = shape
        self.inside = inside
        self.closed: set[str] = set()
        self.ways_in: dict[str, list[Arrow]] = {key: [] for key in shape.vertices}
        self.ways_out: dict[str, list[Arrow]] = {key: [] for key in shape.vertices}
        for arrow in shape.arrows:
            self.ways_in[arrow.target].append(arrow)
            self.ways_out[arrow.source].append(arrow)

    def items(self) -> list[Item] | None:
        self._run()
        if set(self.ways_in) != {START, END}:
            self.closed |= {key for key, ways in self.ways_in.items() if len(ways) == 1}
            self._run()
        left = self.ways_out[START]
        return left[0].items if set(self.ways_in) == {START, END} and len(left) == 1 else None

    def _run(self) -> None:
        waiting = list(self.ways_in)
        while waiting:
            waiting += self._fold(waiting.pop())

    def _fold(self, key: str) -> list[str]:
        """Fold what can be folded at a vertex and return the vertices that are to be looked at again."""
        vertex = self.shape.vertices.get(key)
        if vertex is None or key not in self.ways_in or vertex.kind in ("start", "end"):
            return []
        ways_in, ways_out = self.ways_in[key], self.ways_out[key]
        if vertex.kind == "split" and len(ways_in) == 1:
            return self._close(vertex, ways_in[0], ways_out)
        if vertex.kind == "join" and (len(ways_in) > 1 or key not in self.closed):
            return [ways_in[0].source] if len({way.source for way in ways_in}) == 1 and self._pairs(ways_in) else []
        if len(ways_in) == len(ways_out) == 1 and ways_in[0] is not ways_out[0]:
            return self._join_up(key, ways_in[0], self._own(vertex), ways_out[0])
        return []

    def _pairs(self, ways: list[Arrow]) -> bool:
        split = self.shape.vertices[ways[0].source]
        return (
            split.kind == "split" and len(self.ways_in[split.key]) == 1 and len(ways) == len(self.ways_out[split.key])
        )

    def _own(self, vertex: Vertex) -> list[Item]:
        if vertex.node is not None and vertex.node.id in self.inside:
            return [Item(vertex.node), *self.inside[vertex.node.id]]
        return [Item(vertex.node)] if vertex.node is not None and vertex.kind == "step" else []

    def _join_up(self, key: str, before: Arrow, own: list[Item], after: Arrow) -> list[str]:
        whole = Arrow(before.source, after.target, before.way, [*before.items, *own, *after.items])
        self._replace(self.ways_out[before.source], before, whole)
        self._replace(self.ways_in[after.target], after, whole)
        del self.ways_in[key], self.ways_out[key]
        return [before.source, after.target]

    def _close(self, split: Vertex, before: Arrow, ways: list[Arrow]) -> list[str]:
        target = ways[0].target
        join = self.shape.vertices[target]
        together = all(way.target == target for way in ways) and join.kind in ("join", "end") and target != split.key
        if not together or not _match(split, join, whole=len(ways) == len(self.ways_in[target])):
            return []
        default = split.node.element.get("default") if split.node is not None else ""
        branches = [
            Branch(way.way, way.items, bool(default) and way.way is not None and way.way.id == default) for way in ways
        ]
        paired = join.node if join.kind == "join" and len(ways) == len(self.ways_in[target]) else None
        block = Item(split.node, split.logic, branches, paired)
        whole = Arrow(before.source, target, before.way, [*before.items, block])
        self._replace(self.ways_out[before.source], before, whole)
        self.ways_in[target] = [way for way in self.ways_in[target] if way not in ways]
        self.ways_in[target].append(whole)
        self.closed.add(target)
        del self.ways_in[split.key], self.ways_out[split.key]
        return [before.source, target]

    @staticmethod
    def _replace(ways: list[Arrow], old: Arrow, new: Arrow) -> None:
        ways[ways.index(old)] = new


def _match(split: Vertex, join: Vertex, *, whole: bool) -> bool:
    """Say whether a split's ways may end in a join; `whole` says that the join has no other ways."""
    if join.kind == "end":
        return True
    if split.logic in ("exclusive", "event"):
        return join.logic == "exclusive" or (join.logic == "inclusive" and whole)
    return (whole and join.logic == split.logic) or (whole and {split.logic, join.logic} == {"complex", "inclusive"})
