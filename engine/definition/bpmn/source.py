"""What a BPMN file holds: its processes with their nodes and ways, scope by scope, told by namespace and never by a closed list."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.definition.interchange import Element, Markup, parse_markup
from engine.problems import Problem

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
POINTS = "http://www.omg.org/spec/DD/20100524/DI"
OURS = "https://formwork.dev/bpmn/v1"

DEEPEST = 40
_BPMN = re.compile(r"omg\.org/.*\bbpmn\b(?!.*/DI\Z)", re.IGNORECASE)
_NODES = ("task", "event", "gateway", "subprocess", "transaction", "activity", "choreography")


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One flow node: `kind` is the local name of its element, `host` the activity on whose edge it sits, `lane` the innermost lane."""

    id: str
    kind: str
    name: str
    element: Element
    host: str = ""
    lane: str = ""

    @property
    def ours(self) -> Mapping[str, Element]:
        """Return our own elements in its extension, by local name."""
        return ours_of(self.element)


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """One sequence flow between two nodes of a scope."""

    id: str
    source: str
    target: str
    name: str
    condition: str
    element: Element

    @property
    def ours(self) -> Mapping[str, Element]:
        """Return our own elements in its extension, by local name."""
        return ours_of(self.element)


@dataclass(slots=True, eq=False)
class Scope:
    """The inside of a process or sub-process. `loose` are sequence flows that lead nowhere."""

    id: str
    name: str
    element: Element
    nodes: dict[str, Node] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)
    loose: list[Element] = field(default_factory=list)
    inner: dict[str, "Scope"] = field(default_factory=dict)

    def every(self) -> Iterator["Scope"]:
        """Return this scope and all inside."""
        yield self
        for one in self.inner.values():
            yield from one.every()


@dataclass(slots=True)
class Source:
    """A BPMN file that was read."""

    markup: Markup
    space: str
    processes: list[Scope]

    @property
    def pools(self) -> Mapping[str, str]:
        """Return the name of the pool of every process that has one."""
        every = (one for one in self.markup.root.within() if one.local == "participant" and one.space == self.space)
        return {one.get("processRef").rpartition(":")[2]: words(one) for one in every if one.get("processRef")}

    def process(self, wanted: str = "") -> Scope | None:
        """Return a process by id, or the one to run: ours, else the executable one, else the one with most nodes."""
        if wanted:
            return next((one for one in self.processes if one.id == wanted), None)
        return max(self.processes, key=_weight, default=None)


def read_source(data: bytes) -> Source | Problem:
    """Return what a BPMN file holds; what is no XML or no BPMN becomes a problem."""
    markup = parse_markup(data)
    if isinstance(markup, Problem):
        return markup
    root = markup.root
    if root.local != "definitions" or not _BPMN.search(root.space):
        return Problem("bpmn_no_definitions", "", {"found": f"{{{root.space}}}{root.local}"[:200]})
    found = [one for one in root.elements if one.space == root.space and one.local == "process"]
    return Source(markup, root.space, [_scope(one, root.space, _lanes(one, root.space), 0) for one in found])


def ours_of(element: Element) -> Mapping[str, Element]:
    """Return our own elements in the extension of an element, by local name."""
    held = [one for one in element.elements if one.local == "extensionElements" and one.space == element.space]
    return {child.local: child for one in held for child in one.elements if child.space == OURS}


def words(element: Element) -> str:
    """Return the name of an element as one line."""
    return " ".join(element.get("name").split())


def is_node(element: Element, space: str) -> bool:
    """Say whether an element inside a process is a node of its flow."""
    return element.space == space and element.local.lower().endswith(_NODES)


def child(element: Element, local: str) -> Element | None:
    """Return the first child of the same namespace with a local name."""
    return next((one for one in element.elements if one.local == local and one.space == element.space), None)


def _weight(scope: Scope) -> tuple[bool, bool, int]:
    return "flow" in ours_of(scope.element), scope.element.get("isExecutable") == "true", len(scope.nodes)


def _scope(element: Element, space: str, lanes: Mapping[str, str], depth: int) -> Scope:
    scope = Scope(element.get("id"), words(element), element)
    for number, one in enumerate(element.elements):
        if not is_node(one, space):
            continue
        name = one.get("id") or f"?{number}"
        host = one.get("attachedToRef").rpartition(":")[2]
        if name not in scope.nodes:
            scope.nodes[name] = Node(name, one.local, words(one), one, host, lanes.get(name, ""))
            if depth < DEEPEST and any(is_node(inner, space) for inner in one.elements):
                scope.inner[name] = _scope(one, space, lanes, depth + 1)
    for one in element.elements:
        if one.space == space and one.local == "sequenceFlow":
            ends = [_known(scope, one.get(end)) for end in ("sourceRef", "targetRef")]
            if all(ends):
                scope.ways.append(Way(one.get("id"), ends[0], ends[1], words(one), _condition(one), one))
            else:
                scope.loose.append(one)
    return scope


def _known(scope: Scope, name: str) -> str:
    """Return the id that a reference means; some tools write it with a prefix."""
    bare = name.rpartition(":")[2]
    return name if name in scope.nodes else bare if bare in scope.nodes else ""


def _condition(element: Element) -> str:
    found = child(element, "conditionExpression")
    return found.text.strip() if found is not None else ""


def _lanes(process: Element, space: str) -> dict[str, str]:
    """Return the name of the innermost lane of every node."""
    found: dict[str, str] = {}
    for one in process.within():
        if one.space == space and one.local == "lane":
            named = words(one)
            found |= {ref.text.strip(): named for ref in one.elements if ref.local == "flowNodeRef" and named}
    return found
