"""Evaluate a typed tree. Blanks spread as in SQL; what has no value is an error that shows."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from engine.expressions import arithmetic
from engine.expressions.compiling import Compiled
from engine.expressions.environment import Environment
from engine.expressions.errors import ExpressionError
from engine.expressions.functions import FUNCTIONS
from engine.expressions.functions.dates import add_days, days_between
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
    Unary,
)
from engine.expressions.types import ListOf
from engine.expressions.values import Bounds, Value, clean, compare, equal, identity, number, text_of

MAX_STEPS = 100_000
"""Nodes visited, plus the items of lists and a hundredth of the characters of texts that are passed."""
MAX_TEXT = 100_000
"""Characters of a text that a formula makes."""


def evaluate(expression: Compiled | Node, environment: Environment) -> Value:
    """Return the value: None, Decimal, str, bool, date, time, aware datetime, a list, or a record.

    Raises ExpressionError for what must be shown: division_by_zero, overflow, too_many_steps, bad_... (see the
    reference page of the language), each with the span of the operation.
    """
    tree = expression.tree if isinstance(expression, Compiled) else expression
    return _Run(environment).visit(tree)


class _Run:
    __slots__ = ("_left", "env", "items")

    def __init__(self, environment: Environment) -> None:
        self.env = environment
        self.items: list[Value] = []
        self._left = MAX_STEPS

    def visit(self, node: Node) -> Value:
        self._left -= 1
        if self._left < 0:
            self.check(node)
        return _VISITS[type(node)](self, node)

    def check(self, node: Node) -> None:
        """Stop before what is paid for is done. Raises ExpressionError("too_many_steps")."""
        if self._left < 0:
            raise ExpressionError("too_many_steps", {"limit": MAX_STEPS}, node.span)

    def spend(self, steps: int) -> None:
        self._left -= steps

    def made(self, value: Value, node: Node) -> Value:
        """Return what an operation made, paid for by its size. Raises ExpressionError("text_too_long")."""
        if type(value) is str:
            if len(value) > MAX_TEXT:
                raise ExpressionError("text_too_long", {"limit": MAX_TEXT}, node.span)
            self._left -= len(value) // 100
        elif type(value) is list:
            self._left -= len(value)
        return value


def _literal(_run: _Run, node: Literal) -> Value:
    return node.value


def _field(run: _Run, node: Field) -> Value:
    env, name = run.env, node.name
    if env.row is not None:
        if name == env.rows_as:
            return env.row
        if name in env.row:
            return _read(run, env.row[name], node)
    return _read(run, env.values.get(name), node)


def _old(run: _Run, node: Old) -> Value:
    return _read(run, (run.env.old or {}).get(node.name), node)


def _read(run: _Run, raw: object, node: Field | Old | Member | Item) -> Value:
    if raw is None:
        return [] if isinstance(node.type, ListOf) else None
    try:
        value = clean(raw)
    except ExpressionError as error:
        error.span = error.span or node.span
        raise
    if isinstance(value, list):
        run.spend(len(value))
    return value


def _member(run: _Run, node: Member) -> Value:
    target = run.visit(node.target)
    if not isinstance(target, list):
        return _read(run, _follow(run, target, node), node)
    run.spend(len(target))
    found: list[Value] = []
    for item in target:
        value = clean(_follow(run, item, node))
        if isinstance(value, list):
            found.extend(value)
        else:
            found.append(value)
    return found


def _follow(run: _Run, record: Value, node: Member | Item) -> object:
    if record is None:
        return None
    if isinstance(record, Mapping):
        if node.name in record or "/" in node.shape or "id" not in record:
            return record.get(node.name)
        record = record["id"]
    return run.env.fetch(node.shape, str(record), node.name)


def _unary(run: _Run, node: Unary) -> Value:
    operand = run.visit(node.operand)
    if operand is None:
        return None
    if node.operator == "-":
        return arithmetic.negate(number(operand))
    return number(operand) if node.operator == "+" else arithmetic.percent(number(operand))


def _binary(run: _Run, node: Binary) -> Value:
    left, right = run.visit(node.left), run.visit(node.right)
    if node.operator == "&":
        zone = run.env.timezone
        return run.made(text_of(left, zone) + text_of(right, zone), node)
    if left is None or right is None:
        return None
    try:
        return _OPERATIONS[node.operator](left, right)
    except ExpressionError as error:
        error.span = error.span or node.span
        raise


def _plus(left: Value, right: Value) -> Value:
    if isinstance(left, date):
        return add_days(left, number(right))
    return add_days(right, number(left)) if isinstance(right, date) else arithmetic.add(number(left), number(right))


def _minus(left: Value, right: Value) -> Value:
    if not isinstance(left, date):
        return arithmetic.subtract(number(left), number(right))
    if isinstance(right, date):
        return days_between(left, right)
    return add_days(left, arithmetic.negate(number(right)))


def _on_numbers(operation: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Value, Value], Value]:
    return lambda left, right: operation(number(left), number(right))


_OPERATIONS: Mapping[str, Callable[[Value, Value], Value]] = {
    "+": _plus,
    "-": _minus,
    "*": _on_numbers(arithmetic.multiply),
    "/": _on_numbers(arithmetic.divide),
    "^": _on_numbers(arithmetic.power),
    "=": equal,
    "<>": lambda left, right: not equal(left, right),
    "<": lambda left, right: compare(left, right) < 0,
    "<=": lambda left, right: compare(left, right) <= 0,
    ">": lambda left, right: compare(left, right) > 0,
    ">=": lambda left, right: compare(left, right) >= 0,
}


def _call(run: _Run, node: Call) -> Value:
    function = FUNCTIONS[node.name]
    if function.mode == "lazy":
        return function.run(run.visit, node.arguments)
    values = [run.visit(argument) for argument in node.arguments]
    if function.mode in ("strict", "environment") and None in values:
        return None
    for value in values:
        if type(value) is str:
            run.spend(len(value) // 100)
    if function.steps is not None:
        run.spend(function.steps(*values))
        run.check(node)
    try:
        result = function.run(run.env, *values) if function.mode.startswith("environment") else function.run(*values)
        return run.made(result, node)
    except ExpressionError as error:
        error.span = error.span or node.span
        raise


def _each(run: _Run, node: Each) -> Value:
    source = run.visit(node.source)
    items = source if isinstance(source, list) else []
    columns: list[list[Value]] = [[] for _ in node.arguments]
    for item in items:
        run.items.append(item)
        for column, argument in zip(columns, node.arguments, strict=True):
            column.append(run.visit(argument))
        run.items.pop()
    try:
        return run.made(FUNCTIONS[node.name].run(items, *columns), node)
    except ExpressionError as error:
        error.span = error.span or node.span
        raise


def _item(run: _Run, node: Item) -> Value:
    item = run.items[-1 - node.level]
    return _read(run, _follow(run, item, node), node) if node.name else item


def _in(run: _Run, node: In) -> Value:
    target = run.visit(node.target)
    options: list[Value] = []
    for option in node.options:
        value = run.visit(option)
        options.extend(value if isinstance(value, list) else [value])
    if not options:
        return node.negated
    if target is None:
        return None
    if any(option is not None and equal(target, option) for option in options):
        return not node.negated
    return None if None in options else node.negated


def _measure(run: _Run, node: Measure) -> Value:
    return clean(run.env.measure(node.name, _by_name(run, node.arguments)))


def _lookup(run: _Run, node: Lookup) -> Value:
    return clean(run.env.lookup(node.shape, node.name, _by_name(run, node.arguments)))


def _by_name(run: _Run, arguments: tuple[tuple[str, Node], ...]) -> dict[str, object]:
    """Return what arguments ask for: a value, or bounds; of two bounds one may be blank only where the whole is."""
    found: dict[str, object] = {}
    for name, node in arguments:
        value = identity(run.visit(node.value if isinstance(node, Side) else node))
        if isinstance(node, Side) and value is not None:
            before = found.get(name, Bounds())
            value = before.and_also(node.operator, value) if isinstance(before, Bounds) else None
        found[name] = value
    return found


_VISITS = cast(
    "Mapping[type[Node], Callable[[_Run, Node], Value]]",
    {
        Literal: _literal,
        Field: _field,
        Old: _old,
        Member: _member,
        Unary: _unary,
        Binary: _binary,
        Call: _call,
        Each: _each,
        Item: _item,
        In: _in,
        Measure: _measure,
        Lookup: _lookup,
    },
)
