"""The typed tree as JSON, which is stored beside the text and evaluated by the browser without a parser.

Every node has "node", "type" and "span"; a number is a string.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from engine.expressions.arithmetic import plain
from engine.expressions.tree import (
    Binary,
    Call,
    Each,
    Field,
    In,
    Item,
    Literal,
    Lookup,
    Measure,
    Member,
    Node,
    Old,
    Side,
    Span,
    Unary,
)
from engine.expressions.types import NUMBER, Type, type_from_json, type_to_json

Json: TypeAlias = dict[str, Any]
"""A JSON object; what its members are depends on "node"."""


def to_json(node: Node) -> Json:
    """Return the tree as a JSON object."""
    return {
        "node": type(node).__name__.lower(),
        "type": type_to_json(node.type),
        "span": list(node.span),
        **_parts(node),
    }


def from_json(document: Mapping[str, Any]) -> Node:
    """Return the tree that a JSON object holds. Raises KeyError or ValueError for anything that to_json never made."""
    kind = type_from_json(document["type"])
    start, end = document["span"]
    return _BUILDERS[document["node"]](document, kind, (start, end))


def _parts(node: Node) -> Json:
    if isinstance(node, Literal):
        return {"value": plain(node.value) if isinstance(node.value, Decimal) else node.value}
    if isinstance(node, (Field, Old)):
        return {"name": node.name}
    if isinstance(node, Member):
        return {"target": to_json(node.target), "name": node.name, "shape": node.shape}
    if isinstance(node, Unary):
        return {"operator": node.operator, "operand": to_json(node.operand)}
    if isinstance(node, Binary):
        return {"operator": node.operator, "left": to_json(node.left), "right": to_json(node.right)}
    return _listed_parts(node)


def _listed_parts(node: Call | In | Each | Item | Measure | Lookup | Side) -> Json:
    if isinstance(node, Call):
        return {"name": node.name, "arguments": [to_json(argument) for argument in node.arguments]}
    if isinstance(node, In):
        options = [to_json(option) for option in node.options]
        return {"target": to_json(node.target), "options": options, "negated": node.negated}
    if isinstance(node, Each):
        arguments = [to_json(argument) for argument in node.arguments]
        return {"name": node.name, "source": to_json(node.source), "arguments": arguments}
    if isinstance(node, Item):
        return {"name": node.name, "level": node.level, "shape": node.shape}
    if isinstance(node, Side):
        return {"operator": node.operator, "value": to_json(node.value)}
    named = [[name, to_json(value)] for name, value in node.arguments]
    if isinstance(node, Measure):
        return {"name": node.name, "arguments": named}
    return {"shape": node.shape, "name": node.name, "arguments": named}


def _literal(document: Mapping[str, Any], kind: Type, span: Span) -> Node:
    value = document["value"]
    return Literal(Decimal(value) if kind == NUMBER else value, kind, span)


def _list(items: list[Json]) -> tuple[Node, ...]:
    return tuple(from_json(item) for item in items)


def _named(pairs: list[tuple[str, Json]]) -> tuple[tuple[str, Node], ...]:
    return tuple((name, from_json(value)) for name, value in pairs)


_BUILDERS: Mapping[str, Callable[[Mapping[str, Any], Type, Span], Node]] = {
    "literal": _literal,
    "field": lambda d, kind, span: Field(d["name"], kind, span),
    "old": lambda d, kind, span: Old(d["name"], kind, span),
    "member": lambda d, kind, span: Member(from_json(d["target"]), d["name"], d["shape"], kind, span),
    "unary": lambda d, kind, span: Unary(d["operator"], from_json(d["operand"]), kind, span),
    "binary": lambda d, kind, span: Binary(d["operator"], from_json(d["left"]), from_json(d["right"]), kind, span),
    "call": lambda d, kind, span: Call(d["name"], _list(d["arguments"]), kind, span),
    "in": lambda d, kind, span: In(from_json(d["target"]), _list(d["options"]), d["negated"], kind, span),
    "each": lambda d, kind, span: Each(d["name"], from_json(d["source"]), _list(d["arguments"]), kind, span),
    "item": lambda d, kind, span: Item(d["name"], d["level"], d["shape"], kind, span),
    "measure": lambda d, kind, span: Measure(d["name"], _named(d["arguments"]), kind, span),
    "side": lambda d, kind, span: Side(d["operator"], from_json(d["value"]), kind, span),
    "lookup": lambda d, kind, span: Lookup(d["shape"], d["name"], _named(d["arguments"]), kind, span),
}
