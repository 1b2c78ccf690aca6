"""Write the names of measures in full inside a compiled formula, so that whoever evaluates it needs no module."""

from collections.abc import Container
from dataclasses import replace

from engine.expressions import Compiled, Node, compiled
from engine.expressions.tree import Measure, rebuilt


def qualified(formula: Compiled, module: str, measures: Container[str]) -> Compiled:
    """Return the formula with `module.name` for every measure that was named bare."""
    bare = [name for name in formula.measures if name not in measures and f"{module}.{name}" in measures]
    return compiled(formula.text, _visit(formula.tree, module, measures)) if bare else formula


def _visit(node: Node, module: str, measures: Container[str]) -> Node:
    if isinstance(node, Measure) and node.name not in measures:
        node = replace(node, name=f"{module}.{node.name}")
    return rebuilt(node, lambda child: _visit(child, module, measures))
