"""A flow as a drawing: a node for every step, a gateway for every split and its join, laid out from left to right.

The first branch goes straight on, the others stand below it; whatever is inside a branch stays between its gateways.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.definition.bpmn.naming import Names

Step = Mapping[str, Any]
Point = tuple[int, int]

GAP, ROW, LEFT, TOP = 60, 110, 160, 120
_GATEWAYS = {"branch": "exclusiveGateway", "parallel": "parallelGateway", "inclusive": "inclusiveGateway"}
_TASKS = {
    "approve": "userTask",
    "handle": "userTask",
    "copy": "sendTask",
    "wait": "receiveTask",
    "service": "serviceTask",
    "set": "serviceTask",
    "flow": "callActivity",
    "sub_flow": "callActivity",
    "subflow": "callActivity",
}
_SIZES = {"Gateway": (50, 50), "Event": (36, 36)}


@dataclass(slots=True, eq=False)
class Shape:
    """One node: its element, our extension of it, and its box."""

    id: str
    local: str
    name: str = ""
    extension: tuple[str, Mapping[str, Any]] | None = None
    default: str = ""
    x: int = 0
    y: int = 0
    ways_in: list[str] = field(default_factory=list)
    ways_out: list[str] = field(default_factory=list)

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height."""
        return next((size for word, size in _SIZES.items() if self.local.endswith(word)), (100, 80))

    @property
    def right(self) -> int:
        """Return where it ends."""
        return self.x + self.size[0]

    @property
    def middle(self) -> int:
        """Return the height of its middle."""
        return self.y + self.size[1] // 2


@dataclass(slots=True, eq=False)
class Edge:
    """One way with our extension of it and its corners."""

    source: Shape
    id: str = ""
    target: Shape = field(init=False)
    name: str = ""
    when: str = ""
    extension: tuple[str, Mapping[str, Any]] | None = None
    points: tuple[Point, ...] = ()


@dataclass(slots=True)
class _Loose:
    """A way that has begun and not ended, and the height that it runs on."""

    edge: Edge
    height: int


class Drawing:
    """The drawing of a flow: `shapes` and `edges` in the order of the flow. `places` gives steps and joins the ids they had."""

    def __init__(self, flow: Step, places: Mapping[str, str] | None = None) -> None:
        """Draw a flow."""
        self.shapes: list[Shape] = []
        self.edges: list[Edge] = []
        self._places = places or {}
        self._ids = Names(*self._places.values())
        start = self._put(Shape(self._id("start", "start_event"), "startEvent"), LEFT, TOP)
        loose, x, _ = self._sequence(steps_of(flow), self._begin(start, TOP), start.right + GAP)
        end = self._put(Shape(self._id("end", "end_event"), "endEvent"), x, TOP)
        self._connect(loose, end)
        for edge in self.edges:
            edge.source.ways_out.append(edge.id)
            if edge.extension and edge.extension[1].get("default") is True:
                edge.source.default = edge.id

    def _id(self, key: str, wish: str = "") -> str:
        return self._places.get(key) or self._ids.take(wish or key.replace(".", "_"), otherwise="step")

    def _put(self, shape: Shape, x: int, middle: int) -> Shape:
        shape.x, shape.y = x, middle - shape.size[1] // 2
        self.shapes.append(shape)
        return shape

    def _sequence(self, steps: Sequence[Step], loose: _Loose, x: int) -> tuple[_Loose, int, int]:
        """Draw steps on from a loose end; return the new loose end, where to go on, and how many rows were taken."""
        rows = 1
        for step in steps:
            taken = 1
            branches = branches_of(step)
            if branches:
                loose, x, taken = self._block(step, branches, loose, x)
            else:
                shape = self._step(step, _TASKS.get(str(step.get("type")), "task"), x, loose.height)
                self._connect(loose, shape)
                loose, x = self._begin(shape, loose.height), shape.right + GAP
            rows = max(rows, taken)
        return loose, x, rows

    def _step(self, step: Step, local: str, x: int, middle: int) -> Shape:
        said = {key: value for key, value in step.items() if key != "branches"}
        if not branches_of(step) and "branches" in step:
            said["branches"] = step["branches"]
        key = str(step.get("id") or step.get("name") or "step")
        return self._put(Shape(self._id(key), local, str(step.get("title") or ""), ("step", said)), x, middle)

    def _block(self, step: Step, branches: Sequence[Step], loose: _Loose, x: int) -> tuple[_Loose, int, int]:
        local = _GATEWAYS.get(str(step.get("type")), "inclusiveGateway")
        split = self._step(step, local, x, loose.height)
        self._connect(loose, split)
        begin, rows, ends, height = split.right + GAP, 0, [], loose.height
        furthest = begin
        for branch in branches:
            beginning = self._begin(split, height + rows * ROW, branch)
            end, x, taken = self._sequence(steps_of(branch), beginning, begin + (GAP if branch.get("title") else 0))
            ends.append(end)
            rows, furthest = rows + taken, max(furthest, x)
        key = f"{step.get('id') or step.get('name') or 'step'}.join"
        join = self._put(Shape(self._id(key), local, "", ("join", {"of": step.get("name")})), furthest, height)
        for end in ends:
            self._connect(end, join)
        return self._begin(join, height), join.right + GAP, rows

    def _begin(self, source: Shape, height: int, branch: Step | None = None) -> _Loose:
        """Begin a way; those out of a gateway stand in the order of its branches, for that is the order of the file."""
        edge = Edge(source)
        if branch is not None:
            edge.name, edge.when = str(branch.get("title") or ""), str(branch.get("when") or "")
            edge.extension = ("branch", {key: value for key, value in branch.items() if key != "steps"})
        self.edges.append(edge)
        return _Loose(edge, height)

    def _connect(self, loose: _Loose, target: Shape) -> None:
        edge = loose.edge
        edge.id = self._ids.take(f"to_{target.id}".lower(), otherwise="way")
        edge.target = target
        edge.points = tuple(_corners(edge.source, target, loose.height))
        target.ways_in.append(edge.id)


def steps_of(part: Step) -> list[Step]:
    """Return the steps of a flow or branch, those that are no object left out."""
    steps = part.get("steps")
    return [step for step in steps if isinstance(step, Mapping)] if isinstance(steps, list) else []


def branches_of(step: Step) -> list[Step]:
    """Return the branches of a step that lead through steps of their own, none for a step without."""
    found = step.get("branches")
    branches = found if isinstance(found, list) else []
    return branches if all(isinstance(one, Mapping) and isinstance(one.get("steps"), list) for one in branches) else []


def _corners(source: Shape, target: Shape, height: int) -> Iterator[Point]:
    """Return the corners of a way that runs on a height: down out of a gateway, along, and up into one."""
    if source.middle == height:
        yield source.right, height
    else:
        yield source.x + source.size[0] // 2, source.y + source.size[1]
        yield source.x + source.size[0] // 2, height
    if target.middle == height:
        yield target.x, height
    else:
        yield target.x + target.size[0] // 2, height
        yield target.x + target.size[0] // 2, target.y + target.size[1]
