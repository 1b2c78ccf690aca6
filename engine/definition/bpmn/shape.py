"""The graph of a scope in plain terms: steps with one way in and out, splits, joins, one start and one end.

Activities with several ways in or out get the gateways that BPMN means by them: several ways in are an exclusive join,
several out a parallel split, or an inclusive one where they have conditions.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from engine.definition.bpmn.source import Node, Scope, Way

Logic = Literal["exclusive", "parallel", "inclusive", "event", "complex", "any"]
START, END = "\0start", "\0end"
_LOGIC: dict[str, Logic] = {
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
    "inclusiveGateway": "inclusive",
    "eventBasedGateway": "event",
    "complexGateway": "complex",
}


@dataclass(slots=True, eq=False)
class Item:
    """One part of a sequence: a node, or with `branches` a block between the split `node` and its join."""

    node: Node | None
    logic: Logic = "exclusive"
    branches: list["Branch"] | None = None
    join: Node | None = None


@dataclass(slots=True, eq=False)
class Branch:
    """One branch of a block."""

    way: Way | None
    items: list[Item]
    default: bool = False


@dataclass(slots=True, eq=False)
class Vertex:
    """One place of the graph. `node` is what is drawn there, None where BPMN means it without drawing it."""

    key: str
    kind: Literal["start", "end", "step", "split", "join"]
    logic: Logic = "exclusive"
    node: Node | None = None


@dataclass(slots=True, eq=False)
class Arrow:
    """One arrow with the items that were found on it."""

    source: str
    target: str
    way: Way | None = None
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Shape:
    """The graph of a scope; `reached` are the nodes that a token can come to."""

    vertices: dict[str, Vertex]
    arrows: list[Arrow]
    reached: frozenset[str]


def shape_of(scope: Scope) -> Shape:
    """Return the graph of a scope in plain terms."""
    return _Drawing(scope).shape()


def entries(scope: Scope) -> list[Node]:
    """Return where a token begins: the plain start event, else the first one, else every node that nothing leads to."""
    starts = [one for one in scope.nodes.values() if one.kind == "startEvent"]
    plain = [one for one in starts if not any(part.local.endswith("EventDefinition") for part in one.element.elements)]
    if starts:
        return (plain or starts)[:1]
    led_to = {way.target for way in scope.ways}
    free = [one for one in scope.nodes.values() if one.id not in led_to and _is_entered(one)]
    return free or [one for one in scope.nodes.values() if _is_entered(one)][:1]


def _is_entered(node: Node) -> bool:
    aside = node.element.get("triggeredByEvent") == "true" or node.element.get("isForCompensation") == "true"
    return not aside and node.kind != "boundaryEvent"


class _Drawing:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.first = entries(scope)
        self.out: dict[str, list[Way]] = {}
        for way in scope.ways:
            if scope.nodes[way.source].kind not in ("boundaryEvent", "endEvent"):
                self.out.setdefault(way.source, []).append(way)
        self.vertices: dict[str, Vertex] = {START: Vertex(START, "start"), END: Vertex(END, "end", "any")}
        self.arrows: list[Arrow] = []

    def shape(self) -> Shape:
        reached = self._reached()
        ways_in = dict.fromkeys(reached, 0)
        for source in reached:
            for way in self.out.get(source, ()):
                ways_in[way.target] += 1
        for one in self.first:
            ways_in[one.id] += 1
        heads = {name: self._place(self.scope.nodes[name], ways_in[name]) for name in reached}
        tails = {name: self._tail(self.scope.nodes[name]) for name in reached}
        self._begin(heads)
        for name in reached:
            ways = self.out.get(name, [])
            self.arrows += [Arrow(tails[name], heads[way.target], way) for way in ways]
            self.arrows += [] if ways else [Arrow(tails[name], END)]
        return Shape(self.vertices, self.arrows, frozenset(reached))

    def _reached(self) -> list[str]:
        found = dict.fromkeys(one.id for one in self.first)
        waiting = deque(found)
        while waiting:
            for way in self.out.get(waiting.popleft(), ()):
                if way.target not in found:
                    found[way.target] = None
                    waiting.append(way.target)
        return [name for name in self.scope.nodes if name in found]

    def _begin(self, heads: dict[str, str]) -> None:
        if len(self.first) > 1:
            self._add(Vertex("\0all", "split", "parallel"))
            self.arrows += [Arrow(START, "\0all"), *(Arrow("\0all", heads[one.id]) for one in self.first)]
        else:
            self.arrows.append(Arrow(START, heads[self.first[0].id] if self.first else END))

    def _place(self, node: Node, ways_in: int) -> str:
        """Add the vertices of a node and return the one that ways lead to."""
        many_out = len(self.out.get(node.id, ())) > 1
        logic = _LOGIC.get(node.kind)
        if logic is None:
            if ways_in > 1:
                self._pair(Vertex(f"{node.id}\0in", "join"), node.id)
            self._add(Vertex(node.id, "step", node=node))
            if many_out:
                self._pair(Vertex(f"{node.id}\0out", "split", self._implied(node)), node.id, after=True)
            return f"{node.id}\0in" if ways_in > 1 else node.id
        splits = many_out or "step" in node.ours
        joins = ways_in > 1 or "join" in node.ours
        if splits and joins:
            self._add(Vertex(f"{node.id}\0in", "join", _joining(logic), node))
            self._add(Vertex(node.id, "split", logic, node))
            self.arrows.append(Arrow(f"{node.id}\0in", node.id))
            return f"{node.id}\0in"
        kind: Literal["split", "join", "step"] = "split" if splits else "join" if joins else "step"
        return self._add(Vertex(node.id, kind, _joining(logic) if kind == "join" else logic, node))

    def _tail(self, node: Node) -> str:
        implied = f"{node.id}\0out"
        return implied if implied in self.vertices else node.id

    def _pair(self, vertex: Vertex, node: str, *, after: bool = False) -> None:
        self._add(vertex)
        self.arrows.append(Arrow(node, vertex.key) if after else Arrow(vertex.key, node))

    def _add(self, vertex: Vertex) -> str:
        self.vertices[vertex.key] = vertex
        return vertex.key

    def _implied(self, node: Node) -> Logic:
        ways = self.out[node.id]
        return (
            "inclusive" if any(way.condition or way.id == node.element.get("default") for way in ways) else "parallel"
        )


def _joining(logic: Logic) -> Logic:
    """Return how a gateway joins: one that waits for an event joins like an exclusive one, a complex one like an inclusive one."""
    return {"event": "exclusive", "complex": "inclusive"}.get(logic, logic)  # type: ignore[return-value]  # the values are Logic
