"""From a tree without types to the typed tree, and all problems at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import cast

from engine.expressions.functions import FUNCTIONS, NAMED, Function, Parameter, all_names
from engine.expressions.signatures import Bound, accepts, kind_words, result_type
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
from engine.expressions.types import (
    BLANK,
    BOOLEAN,
    DATE,
    DATETIME,
    NUMBER,
    ORDERED,
    TEXT,
    TIME,
    UNKNOWN,
    ListOf,
    Scope,
    Type,
    type_words,
    unify,
)
from engine.problems import Problem

_BARE_CALLS = ("ME", "INITIATOR", "TODAY", "NOW")
"""Written in capitals without parentheses, these are calls, unless a field has the name."""
ITEM = "ITEM"
"""Inside FILTER, MAP and the like: the item itself, unless a field has the name."""
_MAX_SUGGESTIONS = 3


def check(tree: Node, scope: Scope) -> tuple[Node, tuple[Problem, ...]]:
    """Return the tree with types, and every problem. What has a problem is of type UNKNOWN."""
    checker = _Checker(scope)
    return checker.node(tree), tuple(checker.problems)


class _Checker:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._items: list[Type] = []
        self.problems: list[Problem] = []

    def node(self, node: Node) -> Node:
        return _CHECKS[type(node)](self, node)

    def report(self, code: str, span: Span, **params: object) -> Type:
        self.problems.append(Problem(code, params=params, span=span))
        return UNKNOWN

    def unknown(self, code: str, name: str, known: Iterable[str], span: Span, **params: object) -> Type:
        near = get_close_matches(name, list(known), _MAX_SUGGESTIONS)
        return self.report(code, span, name=name, near=near, **params)

    def literal(self, node: Literal) -> Node:
        return node

    def field(self, node: Field) -> Node:
        item = self.item(node)
        if item is not None:
            return item
        if node.name in self._scope.names:
            return replace(node, type=self._scope.names[node.name])
        if node.name in _BARE_CALLS:
            return self.call(Call(node.name, (), span=node.span))
        if node.name == "OLD":
            return replace(node, type=self.report("formula_old_alone", node.span))
        return replace(node, type=self.unknown("formula_unknown_name", node.name, self._scope.names, node.span))

    def item(self, node: Field) -> Node | None:
        """Return what a bare name means inside an `Each`: a field of the innermost item that has it, or ITEM itself."""
        for level, kind in enumerate(reversed(self._items)):
            shape = self._scope.shape_of(kind)
            members = self._scope.shapes.get(shape, {}) if shape else {}
            if shape and node.name in members:
                return Item(node.name, level, shape, members[node.name], node.span)
        if node.name == ITEM and self._items and ITEM not in self._scope.names:
            return Item("", 0, "", self._items[-1], node.span)
        return None

    def member(self, node: Member) -> Node:
        if isinstance(node.target, Field) and node.target.name == "OLD" and "OLD" not in self._scope.names:
            return self.old(node)
        target = self.node(node.target)
        if target.type == UNKNOWN:
            return replace(node, target=target)
        shape = self._scope.shape_of(target.type)
        if shape is None or shape not in self._scope.shapes:
            kind = self.report("formula_no_members", node.span, name=node.name, type=type_words(target.type))
            return replace(node, target=target, type=kind)
        members = self._scope.shapes[shape]
        if node.name not in members:
            kind = self.unknown("formula_unknown_member", node.name, members, node.span, record=shape)
            return replace(node, target=target, type=kind)
        return replace(node, target=target, shape=shape, type=_through(target.type, members[node.name]))

    def old(self, node: Member) -> Node:
        if self._scope.old is None:
            kind = self.report("formula_no_old", node.span)
        elif node.name not in self._scope.old:
            kind = self.unknown("formula_unknown_name", node.name, self._scope.old, node.span)
        else:
            kind = self._scope.old[node.name]
        return Old(node.name, kind, node.span)

    def unary(self, node: Unary) -> Node:
        operand = self.node(node.operand)
        if operand.type not in (NUMBER, BLANK, UNKNOWN):
            self.report("formula_wrong_operand", node.span, operator=node.operator, type=type_words(operand.type))
        return replace(node, operand=operand, type=NUMBER)

    def binary(self, node: Binary) -> Node:
        left, right = self.node(node.left), self.node(node.right)
        kind = _binary_type(node.operator, left.type, right.type)
        if kind is None:
            kind = self.report(
                "formula_wrong_operands", node.span,
                operator=node.operator, left=type_words(left.type), right=type_words(right.type),
            )  # fmt: skip
        return replace(node, left=left, right=right, type=kind)

    def call(self, node: Call) -> Node:
        function = FUNCTIONS.get(node.name)
        if function is not None and function.mode == "each" and node.arguments:
            return self.each(node, function)
        arguments = tuple(self.node(argument) for argument in node.arguments)
        if function is None:
            kind = self.unknown("formula_unknown_function", node.name, (*all_names(), *NAMED), node.span)
            return replace(node, arguments=arguments, type=kind)
        parameters = function.spread(len(arguments))
        if parameters is None:
            kind = self.report("formula_argument_count", node.span, usage=function.usage(), count=len(arguments))
            return replace(node, arguments=arguments, type=kind)
        return replace(node, arguments=arguments, type=self.fitted(function, parameters, arguments))

    def each(self, node: Call, function: Function) -> Node:
        source = self.node(node.arguments[0])
        inside = source.type.item if isinstance(source.type, ListOf) else UNKNOWN
        self._items.append(inside)
        arguments = tuple(self.node(argument) for argument in node.arguments[1:])
        self._items.pop()
        parameters = function.spread(len(node.arguments))
        if parameters is None:
            kind = self.report("formula_argument_count", node.span, usage=function.usage(), count=len(node.arguments))
        else:
            kind = self.fitted(function, parameters, (source, *arguments))
        return Each(node.name, source, arguments, kind, node.span)

    def fitted(self, function: Function, parameters: tuple[Parameter, ...], arguments: tuple[Node, ...]) -> Type:
        """Return the type of a call, noting the arguments that do not fit."""
        bound: Bound = {}
        for parameter, argument in zip(parameters, arguments, strict=True):
            if not accepts(parameter.kind, argument.type, bound, self._scope):
                self.report(
                    "formula_wrong_argument", argument.span, function=function.name, argument=parameter.name,
                    expected=kind_words(parameter, bound), found=type_words(argument.type),
                )  # fmt: skip
        return result_type(function.result, bound, self._scope)

    def membership(self, node: In) -> Node:
        target = self.node(node.target)
        options = tuple(self.node(option) for option in node.options)
        if isinstance(target.type, ListOf):
            self.report("formula_wrong_operand", node.span, operator="IN", type=type_words(target.type))
        for option in options:
            kind = option.type
            if len(options) == 1 and isinstance(kind, ListOf):
                kind = kind.item
            if unify(target.type, kind) is None:
                self.report(
                    "formula_wrong_operands", option.span,
                    operator="IN", left=type_words(target.type), right=type_words(kind),
                )  # fmt: skip
        return replace(node, target=target, options=options, type=BOOLEAN)

    def measure(self, node: Measure) -> Node:
        known = self._scope.measures.get(node.name)
        if known is None:
            self.unknown("formula_unknown_measure", node.name, self._scope.measures, node.span)
            return replace(node, arguments=self.named(node.arguments, None, node.name))
        arguments = self.named(node.arguments, known.dimensions, node.name)
        return replace(node, arguments=arguments, type=known.result)

    def lookup(self, node: Lookup) -> Node:
        # Rows of a sub-table are no records of their own.
        shape = self._scope.shapes.get(node.shape) if "/" not in node.shape else None
        arguments = self.named(node.arguments, shape, node.shape)
        if shape is None:
            kind = self.unknown("formula_unknown_record", node.shape, self._scope.shapes, node.span)
        elif node.name not in shape:
            kind = self.unknown("formula_unknown_member", node.name, shape, node.span, record=node.shape)
        else:
            kind = shape[node.name]
        return replace(node, arguments=arguments, type=kind)

    def named(
        self, arguments: tuple[tuple[str, Node], ...], known: Mapping[str, Type] | None, owner: str
    ) -> tuple[tuple[str, Node], ...]:
        checked = tuple((name, self.node(value)) for name, value in arguments)
        seen: dict[str, str] = {}
        for name, value in checked:
            sides = _sides(value)
            if set(sides) & set(seen.get(name, "")):
                self.report("formula_repeated_argument", value.span, name=name)
            seen[name] = seen.get(name, "") + sides
            if known is not None:
                self.dimension(name, value, known, owner)
        return checked

    def dimension(self, name: str, value: Node, known: Mapping[str, Type], owner: str) -> None:
        if name not in known:
            self.unknown("formula_unknown_dimension", name, known, value.span, owner=owner)
        elif unify(known[name], value.type) is None:
            self.report(
                "formula_wrong_argument", value.span, function=owner, argument=name,
                expected=type_words(known[name]), found=type_words(value.type),
            )  # fmt: skip
        elif isinstance(value, Side) and known[name] not in _BOUNDED:
            self.report(
                "formula_wrong_operand", value.span, operator=value.operator, type=type_words(known[name])
            )  # fmt: skip

    def side(self, node: Side) -> Node:
        value = self.node(node.value)
        return replace(node, value=value, type=value.type)


_BOUNDED = frozenset({NUMBER, DATE, TIME, DATETIME, UNKNOWN})
"""What has an order that both databases and the language agree on without a word about texts."""


def _sides(value: Node) -> str:
    """Return which sides of its name an argument says: a value says both."""
    return value.operator[0] if isinstance(value, Side) else "<>"


def _through(target: Type, member: Type) -> Type:
    if not isinstance(target, ListOf):
        return member
    return member if isinstance(member, ListOf) else ListOf(member)


def _binary_type(operator: str, left: Type, right: Type) -> Type | None:
    if operator == "&":
        return None if isinstance(left, ListOf) or isinstance(right, ListOf) else TEXT
    joined = unify(left, right)
    if operator in ("=", "<>"):
        return None if joined is None or isinstance(joined, ListOf) else BOOLEAN
    if operator in ("<", "<=", ">", ">="):
        return BOOLEAN if joined in ORDERED or joined in (BLANK, UNKNOWN) else None
    if DATE in (left, right) and operator in ("+", "-"):
        return _date_arithmetic(operator, left, right)
    return NUMBER if joined in (NUMBER, BLANK, UNKNOWN) else None


def _date_arithmetic(operator: str, left: Type, right: Type) -> Type | None:
    if left == DATE and right in (NUMBER, BLANK, UNKNOWN):
        return DATE
    if operator == "+":
        return DATE if left in (NUMBER, BLANK, UNKNOWN) else None
    return NUMBER if right == DATE and left in (DATE, BLANK, UNKNOWN) else None


_CHECKS = cast(
    "Mapping[type[Node], Callable[[_Checker, Node], Node]]",
    {
        Literal: _Checker.literal,
        Field: _Checker.field,
        Member: _Checker.member,
        Unary: _Checker.unary,
        Binary: _Checker.binary,
        Call: _Checker.call,
        In: _Checker.membership,
        Measure: _Checker.measure,
        Lookup: _Checker.lookup,
        Side: _Checker.side,
    },
)
