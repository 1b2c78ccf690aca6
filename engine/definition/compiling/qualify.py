"""Write the names of measures in full inside a compiled formula, so that whoever evaluates it needs no module."""

from collections.abc import Container
from dataclasses import replace

from engine.expressions import Compiled, Node, compiled
from engine.expressions.tree import Binary, Call, Each, In, Lookup, Measure, Member, Unary


def qualified(formula: Compiled, module: str, measures: Container[str]) -> Compiled:
    """Return the formula with `module.name` for every measure that was named bare."""
    bare = [name for name in formula.measures if name not in measures and f"{module}.{name}" in measures]
    return compiled(formula.text, _visit(formula.tree, module, measures)) if bare else formula


def _visit(node: Node, module: str, measures: Container[str]) -> Node:
    def again(child: Node) -> Node:
        return _visit(child, module, measures)

    if isinstance(node, Measure):
        name = node.name if node.name in measures else f"{module}.{node.name}"
        return replace(node, name=name, arguments=tuple((key, again(value)) for key, value in node.arguments))
    if isinstance(node, Lookup):
        return replace(node, arguments=tuple((key, again(value)) for key, value in node.arguments))
    if isinstance(node, Call):
        return replace(node, arguments=tuple(again(child) for child in node.arguments))
    if isinstance(node, Each):
        return replace(node, source=again(node.source), arguments=tuple(again(child) for child in node.arguments))
    if isinstance(node, Binary):
        return replace(node, left=again(node.left), right=again(node.right))
    if isinstance(node, In):
        return replace(node, target=again(node.target), options=tuple(again(child) for child in node.options))
    if isinstance(node, Unary):
        return replace(node, operand=again(node.operand))
    return replace(node, target=again(node.target)) if isinstance(node, Member) else node
