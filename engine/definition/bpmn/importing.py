"""A flow from a BPMN file: the process that is chosen becomes steps, everything is told in a report, and the file itself is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.definition.bpmn.lines import Fates, Line
from engine.definition.bpmn.naming import Names
from engine.definition.bpmn.people import initiators_of
from engine.definition.bpmn.reducing import reduce_scope
from engine.definition.bpmn.shape import entries, shape_of
from engine.definition.bpmn.source import Node, Scope, Source, read_source
from engine.definition.bpmn.steps import Steps, payload, retitled
from engine.definition.schemas import address
from engine.problems import Problem

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file comes to: its flow, None where it has none or where it is `irreducible`; `places` tells the element of each step."""

    flow: Document | None = None
    process: str = ""
    irreducible: bool = False
    places: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    text: str = ""
    encoding: str = "utf-8"


def import_bpmn(
    data: bytes, *, name: str = "", entity: str = "", process: str = "", roles: Mapping[str, str] | None = None
) -> Imported:
    """Return the flow of a process of a BPMN file, by id or the likeliest one, with a report; a file that is none has problems.

    `roles` knows the roles there are by name and by title. What our own export wrote gives the equal document back.
    """
    source = read_source(data)
    if isinstance(source, Problem):
        return Imported(problems=(source,))
    chosen = source.process(process)
    if process and chosen is None:
        known = [one.id for one in source.processes]
        return Imported(problems=(Problem("bpmn_process_unknown", "", {"process": process, "known": known}),))
    return _Import(source, chosen, roles or {}).whole(name, entity)


class _Import:
    def __init__(self, source: Source, chosen: Scope | None, roles: Mapping[str, str]) -> None:
        self.source, self.chosen = source, chosen
        self.fates = Fates()
        initiators = initiators_of(chosen.element) if chosen else frozenset()
        self.steps = Steps(source.space, roles, self.fates, initiators)

    def whole(self, name: str, entity: str) -> Imported:
        flow, irreducible = None, False
        if self.chosen is not None:
            flow, irreducible = self._flow(self.chosen, name, entity)
        element = self.chosen.element if self.chosen else None
        return Imported(
            flow,
            self.chosen.id if self.chosen else "",
            irreducible,
            self.steps.places,
            self.fates.lines(self.source, element),
            text=self.source.markup.text(),
            encoding=self.source.markup.encoding,
        )

    def _flow(self, scope: Scope, name: str, entity: str) -> tuple[Document | None, bool]:
        self._tell_scopes(scope)
        items = reduce_scope(scope, lambda _: True)
        said = payload(scope.element, "flow") or {}
        wish = name or str(said.get("name") or "")
        named = scope.name or self.source.pools.get(scope.id, "")
        called = wish or Names().take(named, scope.id, otherwise="flow")
        if items is None:
            for part in scope.element.within():
                self.fates.retell(part, "graph")
            self.fates.tell(scope.element, "graph")
            return None, True
        self.fates.tell(scope.element, "process", called)
        head: Document = {"$schema": address("flow"), "name": called, "title": named[:200] or called}
        whole = head | said | {"name": called} | ({"entity": entity} if entity else {})
        whole.setdefault("entity", called)
        whole = retitled(whole, scope.name)
        return whole | {"steps": self.steps.of(items)}, False

    def _tell_scopes(self, chosen: Scope) -> None:
        """Say what the graph says: what a token comes to, and what it does not."""
        for scope in chosen.every():
            reached = shape_of(scope).reached
            first = entries(scope)
            for node in scope.nodes.values():
                self._tell_node(node, reached=node.id in reached, first=node in first)
            for way in scope.ways:
                on = way.source in reached and scope.nodes[way.source].kind not in ("boundaryEvent", "endEvent")
                self.fates.tell(way.element, "way" if on else "not_reached")
            for loose in scope.loose:
                self.fates.tell(loose, "dangling")

    def _tell_node(self, node: Node, *, reached: bool, first: bool) -> None:
        if node.kind == "boundaryEvent":
            self.fates.tell(node.element, "boundary")
        elif node.element.get("triggeredByEvent") == "true":
            self.fates.tell(node.element, "event_subprocess")
        elif not reached:
            self.fates.tell(node.element, "not_reached")
        elif node.kind == "startEvent":
            self.fates.tell(node.element, "begin" if first else "not_reached")
        elif node.kind == "endEvent":
            self.fates.tell(node.element, "finish")
        elif node.kind.endswith("Gateway"):
            self.fates.tell(node.element, "join" if _joins(node) else "one_way")
        else:
            self.fates.tell(node.element, "no_event" if node.kind.endswith("Event") else "no_work")


def _joins(node: Node) -> bool:
    return sum(one.local == "incoming" for one in node.element.elements) > 1 or "join" in node.ours
