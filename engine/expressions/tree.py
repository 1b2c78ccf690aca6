"""The nodes of an expression. The parser leaves `type` UNKNOWN; the checker returns the same tree with types.

`span` is the half-open range of characters in the text, and takes no part in equality.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time
from decimal import Decimal
from typing import TypeAlias

from engine.expressions.types import UNKNOWN, Type

Span: TypeAlias = tuple[int, int]
NOWHERE: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text, TRUE, FALSE or BLANK. Days and times are never written: a query binds them."""

    value: Decimal | str | bool | date | time | None
    type: Type = UNKNOWN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """A bare name: a field of the row or of the record."""

    name: str
    type: Type = UNKNOWN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Old:
    """A field as it was before the change."""

    name: str
    type: Type = UNKNOWN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Member:
    """`target.name`: a field of a record, or that field of every row of a list. `shape` is filled by the checker."""

    target: "Node"
    name: str
    shape: str = ""
    type: Type = UNKNOWN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Unary:
    """`-x`, `+x`, and the postfix `x%`."""

    operator: str
    operand: "Node"
    type: Type = UNKNOWN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic `+ - * / ^`, text join `&`, comparison `= <> < <= > >=`."""

    operator: str
    left: "Node"
    right: "Node"
    type: Type = UNKNOWN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function by its own name (never an alias). Infix AND, OR and prefix NOT are calls too."""

    name: str
    arguments: tuple["Node", ...]
    type: Type = UNKNOWN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class In:
    """`target IN (a, b)`, or IN one list when there is a single option whose type is a list."""

    target: "Node"
    options: tuple["Node", ...]
    negated: bool = False
    type: Type = UNKNOWN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Measure:
    """`MEASURE('name', dimension = value, ...)`; a dimension may also be bounded, `day >= from`."""

    name: str
    arguments: tuple[tuple[str, "Node"], ...]
    type: Type = UNKNOWN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Side:
    """`day >= from` among the arguments of MEASURE and LOOKUP: on which side of a value the named one may lie."""

    operator: str
    value: "Node"
    type: Type = UNKNOWN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Lookup:
    """`LOOKUP('shape', 'field', key = value, ...)`: the field of the first record whose keys have these values."""

    shape: str
    name: str
    arguments: tuple[tuple[str, "Node"], ...]
    type: Type = UNKNOWN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Each:
    """A function over the items of a list, `SUMEACH(lines, days * rate)`: the arguments are evaluated for every item."""

    name: str
    source: "Node"
    arguments: tuple["Node", ...]
    type: Type = UNKNOWN
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """A field of the item that an `Each` is at, or the item itself (name ""); `level` counts the `Each` between, 0 for none."""

    name: str
    level: int
    shape: str = ""
    type: Type = UNKNOWN
    span: Span = field(default=NOWHERE, compare=False)


Node: TypeAlias = Literal | Field | Old | Member | Unary | Binary | Call | In | Measure | Lookup | Each | Item | Side

_SAME_ITEMS = frozenset({"FILTER", "SORTBY", "FIRST", "LAST", "NTH", "REVERSE", "SLICE", "SORT", "DISTINCT"})
"""Functions whose result is one or some of the items of their first argument: a path may go on behind them."""


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below."""
    if isinstance(node, Call):
        return node.arguments
    if isinstance(node, Binary):
        return (node.left, node.right)
    if isinstance(node, Member):
        return (node.target,)
    if isinstance(node, Unary):
        return (node.operand,)
    if isinstance(node, Side):
        return (node.value,)
    if isinstance(node, In):
        return (node.target, *node.options)
    if isinstance(node, Each):
        return (node.source, *node.arguments)
    if isinstance(node, (Measure, Lookup)):
        return tuple(value for _, value in node.arguments)
    return ()


def rebuilt(node: Node, make: Callable[[Node], Node]) -> Node:
    """Return the node with every node directly below replaced by what `make` gives for it."""
    if isinstance(node, Call):
        return replace(node, arguments=tuple(make(child) for child in node.arguments))
    if isinstance(node, Binary):
        return replace(node, left=make(node.left), right=make(node.right))
    if isinstance(node, Member):
        return replace(node, target=make(node.target))
    if isinstance(node, Unary):
        return replace(node, operand=make(node.operand))
    if isinstance(node, Side):
        return replace(node, value=make(node.value))
    if isinstance(node, In):
        return replace(node, target=make(node.target), options=tuple(make(child) for child in node.options))
    if isinstance(node, Each):
        return replace(node, source=make(node.source), arguments=tuple(make(child) for child in node.arguments))
    if isinstance(node, (Measure, Lookup)):
        return replace(node, arguments=tuple((name, make(value)) for name, value in node.arguments))
    return node


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all below it, without recursion."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(children(current))


def height(node: Node) -> int:
    """Return the number of levels, 1 for a leaf, without recursion."""
    tallest, waiting = 0, [(node, 1)]
    while waiting:
        current, level = waiting.pop()
        tallest = max(tallest, level)
        waiting.extend((child, level + 1) for child in children(current))
    return tallest


def path(node: Node) -> str | None:
    """Return "lines.amount" for a chain of names that starts at the record, None for anything else."""
    names: list[str] = []
    while isinstance(node, Member):
        names.append(node.name)
        node = node.target
    return ".".join([node.name, *reversed(names)]) if isinstance(node, Field) else None


def paths_read(node: Node) -> frozenset[str]:
    """Return the paths that are read from the record, each at its full length."""
    found: set[str] = set()
    waiting: list[tuple[Node, Sources]] = [(node, ())]
    while waiting:
        current, sources = waiting.pop()
        whole = _origin(current, sources) if isinstance(current, (Field, Member, Item)) else None
        if whole:
            found.add(whole)
            current = _start(current)
        if isinstance(current, Each):
            inner = (_origin(current.source, sources), *sources)
            waiting.append((current.source, sources))
            waiting.extend((argument, inner) for argument in current.arguments)
        elif not isinstance(current, (Field, Item)):
            waiting.extend((child, sources) for child in children(current))
    return frozenset(found)


Sources: TypeAlias = tuple[str | None, ...]
"""Where the items of the `Each` around come from, the innermost first."""


def _start(node: Node) -> Node:
    while isinstance(node, Member):
        node = node.target
    return node


def _origin(node: Node, sources: Sources) -> str | None:
    """Return the path whose values a node gives, through functions that pass items on; None where there is none."""
    names: list[str] = []
    while True:
        if isinstance(node, Member):
            names.append(node.name)
            node = node.target
        elif isinstance(node, Each) and node.name in _SAME_ITEMS:
            node = node.source
        elif isinstance(node, Call) and node.name in _SAME_ITEMS and node.arguments:
            node = node.arguments[0]
        else:
            break
    if isinstance(node, Item):
        start = sources[node.level] if node.level < len(sources) else None
        names += [node.name] if node.name else []
    else:
        start = node.name if isinstance(node, Field) else None
    return ".".join([start, *reversed(names)]) if start else None
