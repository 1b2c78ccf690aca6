"""Compile a formula's text for the place where it stands."""

from dataclasses import dataclass

from engine.expressions.checker import check
from engine.expressions.functions import VOLATILE
from engine.expressions.parser import parse
from engine.expressions.tree import Call, Each, Measure, Node, paths_read, walk
from engine.expressions.types import Scope, Type, type_words, unify
from engine.problems import Problem


@dataclass(frozen=True, slots=True)
class Compiled:
    """A formula that has passed every check.

    `reads` are the dotted paths read from the record ("days", "lines.amount", "project.code"), `measures` and
    `functions` the names used; `volatile` says that the value may change while the record does not.
    """

    text: str
    tree: Node
    type: Type
    reads: frozenset[str]
    measures: frozenset[str]
    functions: frozenset[str]
    volatile: bool


def compile_expression(text: str, scope: Scope, expect: Type | None = None) -> Compiled | tuple[Problem, ...]:
    """Return the compiled formula, or all its problems, each with a span. Never raises for any text.

    `expect` is the type that the result must go with: BOOLEAN for a condition, NUMBER for an amount.
    """
    parsed = parse(text)
    if isinstance(parsed, Problem):
        return (parsed,)
    tree, problems = check(parsed, scope)
    if expect is not None and unify(expect, tree.type) is None:
        params = {"expected": type_words(expect), "found": type_words(tree.type)}
        problems = (*problems, Problem("formula_wrong_result", params=params, span=tree.span))
    return problems or compiled(text, tree)


def compiled(text: str, tree: Node) -> Compiled:
    """Return what is known of a typed tree, e.g. one that was read back from JSON."""
    nodes = list(walk(tree))
    functions = frozenset(node.name for node in nodes if isinstance(node, (Call, Each)))
    measures = frozenset(node.name for node in nodes if isinstance(node, Measure))
    return Compiled(text, tree, tree.type, paths_read(tree), measures, functions, bool(functions & VOLATILE))
