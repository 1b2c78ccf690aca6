"""The program: what a flow's definition compiles to, an immutable graph that instances run on for ever.

The tree that was drawn stays beside the graph as an outline, for showing only. A program is plain JSON when stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.workflow.quorum import Mode

Kind = Literal["start", "approve", "copy", "branch", "parallel", "join", "end"]

START = "start"
END = "end"


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to find people: `kind` is user, role, department_head, project_role, user_field or initiator."""

    kind: str
    value: str = ""
    level: int = 1
    weight: int = 1

    def to_document(self) -> dict[str, Any]:
        """Return the rule as plain JSON, as it stands in the reasons that people read."""
        written: dict[str, Any] = {"kind": self.kind}
        if self.value:
            written["value"] = self.value
        if self.kind == "department_head":
            written["level"] = self.level
        return written | ({"weight": self.weight} if self.weight != 1 else {})

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Rule":
        """Return the rule that `to_document` wrote."""
        return cls(**document)


@dataclass(frozen=True, slots=True)
class Branch:
    """One way out of a branch or parallel node; `condition` is the key that the environment evaluates."""

    name: str
    to: str
    title: str = ""
    condition: str | None = None
    default: bool = False

    def to_document(self) -> dict[str, Any]:
        """Return the branch as plain JSON."""
        return {
            "name": self.name,
            "to": self.to,
            "title": self.title,
            "condition": self.condition,
            "default": self.default,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node of the graph.

    `position` is its place in the drawn order; what is drawn later in the same scope runs later. `parallel` is the innermost
    parallel node around it; `pair` the join of a parallel node and the parallel node of a join.
    """

    name: str
    kind: Kind
    position: int
    title: str = ""
    next: str = ""
    parallel: str = ""
    pair: str = ""
    branches: tuple[Branch, ...] = ()
    by: tuple[Rule, ...] = ()
    mode: Mode | None = None
    empty: str = "to_admin"
    assign: tuple[Rule, ...] = ()
    self_policy: str = "self"
    reject: str = "terminate"
    signature: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def demands_more_than_a_vote(self) -> bool:
        """Whether a signature or a change of fields is asked here, so that nobody may be passed over."""
        return self.signature or any(access in ("write", "required") for access in self.fields.values())

    def to_document(self) -> dict[str, Any]:
        """Return the node as plain JSON."""
        plain = ("name", "kind", "position", "title", "next", "parallel", "pair")
        policies = ("empty", "self_policy", "reject", "signature")
        return {key: getattr(self, key) for key in plain + policies} | {
            "branches": [branch.to_document() for branch in self.branches],
            "by": [rule.to_document() for rule in self.by],
            "mode": self.mode.to_document() if self.mode else None,
            "assign": [rule.to_document() for rule in self.assign],
            "fields": dict(self.fields),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Node":
        """Return the node that `to_document` wrote."""
        mode = document["mode"]
        return cls(
            **{
                **document,
                "branches": tuple(Branch(**branch) for branch in document["branches"]),
                "by": tuple(Rule.from_document(rule) for rule in document["by"]),
                "mode": Mode.from_document(mode) if mode else None,
                "assign": tuple(Rule.from_document(rule) for rule in document["assign"]),
                "fields": dict(document["fields"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Card:
    """One card of the drawn tree: a node and, branch by branch, the cards below it."""

    node: str
    branches: tuple[tuple["Card", ...], ...] = ()

    def to_document(self) -> dict[str, Any]:
        """Return the card as plain JSON."""
        return {"node": self.node, "branches": [[card.to_document() for card in cards] for cards in self.branches]}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Card":
        """Return the card that `to_document` wrote."""
        return cls(document["node"], tuple(tuple(map(cls.from_document, cards)) for cards in document["branches"]))


@dataclass(frozen=True, slots=True)
class Edge:
    """One arrow of the graph; `branch` names the branch that it belongs to."""

    source: str
    target: str
    branch: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled flow. `withdraw` and `deduplicate` are its policies; `fields` of the start node are the initiator's."""

    name: str
    nodes: Mapping[str, Node]
    outline: tuple[Card, ...]
    start: str = START
    withdraw: str = "before_first_vote"
    deduplicate: str = "none"

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Return every arrow of the graph, in drawn order."""
        found: list[Edge] = []
        for node in self.nodes.values():
            found.extend(Edge(node.name, branch.to, branch.name) for branch in node.branches)
            if node.next and not node.branches:
                found.append(Edge(node.name, node.next))
        return tuple(found)

    @property
    def pairs(self) -> Mapping[str, str]:
        """Return the join of every parallel node."""
        return {node.name: node.pair for node in self.nodes.values() if node.kind == "parallel"}

    def to_document(self) -> dict[str, Any]:
        """Return the program as plain JSON."""
        return {
            "name": self.name,
            "start": self.start,
            "withdraw": self.withdraw,
            "deduplicate": self.deduplicate,
            "nodes": [node.to_document() for node in self.nodes.values()],
            "outline": [card.to_document() for card in self.outline],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Program":
        """Return the program that `to_document` wrote."""
        nodes = {node["name"]: Node.from_document(node) for node in document["nodes"]}
        outline = tuple(Card.from_document(card) for card in document["outline"])
        return cls(document["name"], nodes, outline, document["start"], document["withdraw"], document["deduplicate"])
