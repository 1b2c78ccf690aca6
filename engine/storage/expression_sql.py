"""From the typed tree of an expression to SQL, for filters, scopes, measures and computed columns.

Blank is NULL, and SQL's three-valued logic is the language's own. Whatever reads no field is evaluated first, by the same
Python as ever, and bound as a value. A number is NUMERIC in PostgreSQL and canonical decimal text in SQLite
(`sqlite_functions.py`); a stored number is compared with a constant as it is stored, so that an index serves.
"""

import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Any, Protocol

from sqlalchemy import BigInteger, Boolean, Date, Text, Time, and_, case, cast, collate, func, literal, not_, null, or_
from sqlalchemy import type_coerce as seen_as
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import Numeric, TypeDecorator, TypeEngine

from engine.errors import Invalid
from engine.expressions import Environment, ListOf, Node, arithmetic, evaluate
from engine.expressions.functions import FUNCTIONS
from engine.expressions.functions.writing import fits
from engine.expressions.sql_limits import CONSTANT_TAILS, checked_tail, is_constant, may_fail
from engine.expressions.sql_rewrites import in_simpler_words
from engine.expressions.tree import Binary, Call, Field, In, Member, Unary, path
from engine.expressions.types import BLANK, BOOLEAN, DATE, DATETIME, NUMBER, SCALARS, TEXT, TIME, Type
from engine.expressions.values import identity, text_of
from engine.problems import Problem
from engine.storage import postgres_functions as postgres
from engine.storage.postgres_functions import Column
from engine.storage.types import TEXT_BY_CODE_POINT, ExactDecimal, ExactInteger, UtcDateTime
from engine.storage.wide_numbers import PLACES, to_sortable

_POSTGRES = "postgresql"
_LARGEST = 2**63 - 1
_WIDEST = 10**PLACES - 1
_WIDE = Context(prec=100)
_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_ROUNDED = {"<": ROUND_CEILING, ">=": ROUND_CEILING, "<=": ROUND_FLOOR, ">": ROUND_FLOOR}


_SQL_TYPES: Mapping[Type, TypeEngine[Any]] = {
    BOOLEAN: Boolean(),
    DATE: Date(),
    TIME: Time(),
    DATETIME: UtcDateTime(),
}
"""Types but NUMBER, which depends on the database; ids and texts share what is not here."""


class ColumnSource(Protocol):
    """Where the fields of a record stand in a query."""

    @property
    def environment(self) -> Environment:
        """What ME, NOW, TODAY and the like are, for this query."""

    def column(self, path: str) -> ColumnElement[Any]:
        """Return the column of a field ("total") or of a path through references ("project.code").

        Raises KeyError when there is none.
        """


class DecimalText(TypeDecorator[Decimal]):
    """The number that an expression gives in SQLite: canonical text there, Decimal here."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> str | None:
        """Return the canonical text."""
        return None if value is None else arithmetic.plain(value)

    def process_result_value(self, value: Any, dialect: Any) -> Decimal | None:
        """Return the exact number."""
        return None if value is None else Decimal(value)


def sql_condition(tree: Node, columns: ColumnSource, dialect_name: str) -> ColumnElement[bool]:
    """Return the condition as SQL for "postgresql" or "sqlite".

    Raises Invalid when the tree is not SQL-able or a path has no column, and ExpressionError when a part that reads no
    field has no value.
    """
    return sql_value(tree, columns, dialect_name)


def sql_value(tree: Node, columns: ColumnSource, dialect_name: str) -> ColumnElement[Any]:
    """Return the value as SQL; a selected number arrives as Decimal. Raises as sql_condition does."""
    simple = in_simpler_words(tree)
    if isinstance(simple, Problem):
        raise Invalid([simple])
    made = _Builder(columns, dialect_name, fallible=may_fail(simple)).node(simple)
    return seen_as(made, _sql_type(tree.type, dialect_name))


def _sql_type(kind: Type, dialect_name: str) -> TypeEngine[Any]:
    if kind == NUMBER:
        return Numeric() if dialect_name == _POSTGRES else DecimalText()
    return _SQL_TYPES.get(kind, TEXT_BY_CODE_POINT)


def decimal_text(column: Column) -> Column:
    """Return a column of numbers as SQLite computes with it: the decimal text; what is no stored number stays as it is."""
    scale = _scale(column)
    if scale is None:
        return column
    if getattr(column.type, "is_wide", False):
        return func.fw_wide(seen_as(column, Text()), scale, type_=DecimalText())
    return func.fw_scaled(seen_as(column, BigInteger()), scale, type_=DecimalText())


class _Builder:
    def __init__(self, columns: ColumnSource, dialect_name: str, *, fallible: bool) -> None:
        self._fallible = fallible
        self._columns = columns
        self._postgres = dialect_name == _POSTGRES
        self._dialect = dialect_name

    def node(self, node: Node, expected: Type = BLANK) -> Column:
        """Return the SQL of a node; `expected` is the type of a NULL that has none of its own."""
        if is_constant(node):
            return self.literal(identity(self.constant(node)), expected if node.type == BLANK else node.type)
        match node:
            case Field() | Member():
                return self.read(node)
            case Unary():
                return self.unary(node)
            case Binary():
                return self.binary(node)
            case In():
                return self.membership(node)
            case Call():
                return self.call(node)
        raise Invalid([Problem("formula_not_in_sql", params={"what": type(node).__name__}, span=node.span)])

    def literal(self, value: object, kind: Type) -> Column:
        shape = _sql_type(kind, self._dialect)
        return self.blank(shape) if value is None else literal(value, shape)

    def blank(self, shape: TypeEngine[Any]) -> Column:
        """Return a NULL. PostgreSQL would not evaluate what stands beside one that it sees: there it must look for it."""
        if not (self._postgres and self._fallible):
            return cast(null(), shape)
        encoding = func.pg_client_encoding()
        return cast(func.nullif(encoding, encoding), shape)

    def blank_after(self, node: Node, kind: Type) -> Column:
        """Return a NULL for which the node is evaluated first, because it may fail."""
        nothing = self.literal(None, kind)
        return case((self.node(node).is_(None), nothing), else_=nothing) if may_fail(node) else nothing

    def column(self, node: Node) -> Column:
        try:
            return self._columns.column(path(node) or "")
        except KeyError:
            raise Invalid([Problem("formula_not_in_sql", params={"what": path(node)}, span=node.span)]) from None

    def read(self, node: Node) -> Column:
        column = self.column(node)
        if node.type != NUMBER:
            return column
        if self._postgres:
            return cast(column, Numeric()) if isinstance(column.type, ExactInteger) else seen_as(column, Numeric())
        return decimal_text(column)

    def unary(self, node: Unary) -> Column:
        operand = self.node(node.operand)
        if node.operator == "+":
            return operand
        if not self._postgres:
            return self.exact("neg" if node.operator == "-" else "percent", operand)
        return -operand if node.operator == "-" else postgres.settle(operand * literal(Decimal("0.01"), Numeric()))

    def exact(self, name: str, *arguments: Column) -> Column:
        return getattr(func, f"fw_{name}")(*arguments, type_=DecimalText())

    def is_blank(self, node: Node) -> bool:
        return is_constant(node) and self.constant(node) is None

    def binary(self, node: Binary) -> Column:
        if node.operator == "&":
            return self.text(node.left).concat(self.text(node.right))
        if node.operator in _COMPARISONS:
            return self.comparison(node)
        if DATE in (node.left.type, node.right.type):
            return self.date_arithmetic(node)
        if node.operator == "^":
            return self.power(node)
        left, right = self.node(node.left, NUMBER), self.node(node.right, NUMBER)
        if not self._postgres:
            return self.exact({"+": "add", "-": "sub", "*": "mul", "/": "div"}[node.operator], left, right)
        if node.operator == "/":
            return postgres.divide(left, right)
        return postgres.settle({"+": operator.add, "-": operator.sub, "*": operator.mul}[node.operator](left, right))

    def power(self, node: Binary) -> Column:
        if self.is_blank(node.right):
            return self.blank_after(node.left, NUMBER)
        base, exponent = self.node(node.left, NUMBER), checked_tail("POWER", 0, self.constant(node.right))
        if not self._postgres:
            return self.exact("pow", base, self.literal(Decimal(exponent), NUMBER))
        return postgres.power(base, int(exponent))

    def constant(self, node: Node) -> Any:
        return evaluate(node, self._columns.environment)

    def date_arithmetic(self, node: Binary) -> Column:
        between = node.type == NUMBER
        left = self.node(node.left, DATE if between else NUMBER)
        right = self.node(node.right, DATE if between else NUMBER)
        if between:
            return postgres.subtract_dates(left, right) if self._postgres else self.exact("date_sub", left, right)
        if node.left.type != DATE:
            left, right = right, left
        elif node.operator == "-":
            right = -right if self._postgres else self.exact("neg", right)
        return postgres.add_days(left, right) if self._postgres else func.fw_date_add(left, right, type_=Date())

    def comparison(self, node: Binary) -> Column:
        stored = self.stored_comparison(node)
        if stored is not None:
            return stored
        left, right = self.node(node.left, node.right.type), self.node(node.right, node.left.type)
        compare = _COMPARISONS[node.operator]
        kinds = (node.left.type, node.right.type)
        if NUMBER in kinds and not self._postgres:
            return compare(func.fw_cmp(left, right, type_=BigInteger()), 0)
        if TEXT in kinds and self._postgres and node.operator in _ROUNDED:
            return compare(collate(left, "C"), right)
        return compare(left, right)

    def stored_comparison(self, node: Binary) -> Column | None:
        """Return a comparison of the stored whole number with a constant, None where that is not the case at hand."""
        if is_constant(node.left):
            node = Binary(_MIRRORED.get(node.operator, node.operator), node.right, node.left, node.type, node.span)
        if self._postgres or node.left.type != NUMBER or path(node.left) is None or not is_constant(node.right):
            return None
        column, scale = self.column(node.left), _scale(self.column(node.left))
        constant = self.constant(node.right)
        if scale is None or constant is None:
            return None
        exact = constant.scaleb(scale, _WIDE)
        units = int(exact.to_integral_value(_ROUNDED.get(node.operator, ROUND_FLOOR)))
        is_wide = getattr(column.type, "is_wide", False)
        if abs(units) > (_WIDEST if is_wide else _LARGEST) or (node.operator not in _ROUNDED and units != exact):
            return None
        if is_wide:
            return _COMPARISONS[node.operator](seen_as(column, Text()), literal(to_sortable(units), Text()))
        return _COMPARISONS[node.operator](seen_as(column, BigInteger()), literal(units, BigInteger()))

    def text(self, node: Node) -> Column:
        return func.coalesce(self.text_or_blank(node), "", type_=Text())

    def text_or_blank(self, node: Node) -> Column:
        if is_constant(node):
            value = self.constant(node)
            return self.literal(None if value is None else text_of(value, self._columns.environment.timezone), TEXT)
        made = self.node(node)
        if node.type == NUMBER:
            made = postgres.number_text(made) if self._postgres else made
        elif node.type == DATE:
            made = postgres.date_text(made) if self._postgres else cast(made, Text)
        elif node.type == BOOLEAN:
            made = case((made, "TRUE"), (not_(made), "FALSE"))
        return seen_as(made, Text())

    def membership(self, node: In) -> Column:
        if self.is_blank(node.target) and not isinstance(node.options[0].type, ListOf):
            return self.literal(None, BOOLEAN)
        target = self.node(node.target, TEXT)
        kind = node.target.type
        if len(node.options) == 1 and isinstance(node.options[0].type, ListOf):
            found = [identity(item) for item in self.constant(node.options[0])]
            options = [self.literal(item, kind) for item in found]
        else:
            options = [self.node(option, kind) for option in node.options]
        if not options:
            return literal(node.negated, Boolean())
        return target.not_in(options) if node.negated else target.in_(options)

    def call(self, node: Call) -> Column:
        special = _SPECIAL.get(node.name)
        if special is not None:
            return special(self, node)
        kinds = [SCALARS.get(parameter.kind, TEXT) for parameter in FUNCTIONS[node.name].parameters]
        if not self._postgres:
            arguments = [self.node(part, kind) for part, kind in zip(node.arguments, kinds, strict=False)]
            return getattr(func, f"fw_{node.name.lower()}")(*arguments, type_=_sql_type(node.type, self._dialect))
        first, *rest = node.arguments
        if node.name in CONSTANT_TAILS:
            if any(self.is_blank(part) for part in rest):
                return self.blank_after(first, node.type)
            tail = [checked_tail(node.name, at, self.constant(part)) for at, part in enumerate(rest)]
            return postgres.FUNCTIONS[node.name](self.node(first, kinds[0]), *tail)
        made = (self.node(part, kind) for part, kind in zip(node.arguments, kinds, strict=False))
        return postgres.FUNCTIONS[node.name](*made)

    def choose(self, node: Call) -> Column:
        condition, then, *otherwise = node.arguments
        last = self.node(otherwise[0], node.type) if otherwise else self.literal(None, node.type)
        return case((self.node(condition, BOOLEAN), self.node(then, node.type)), else_=last)

    def choose_first(self, node: Call) -> Column:
        pairs = zip(node.arguments[::2], node.arguments[1::2], strict=True)
        return case(*((self.node(condition, BOOLEAN), self.node(value, node.type)) for condition, value in pairs))

    def switch(self, node: Call) -> Column:
        wanted, *rest = node.arguments
        last = self.node(rest.pop(), node.type) if len(rest) % 2 else self.literal(None, node.type)
        pairs = zip(rest[::2], rest[1::2], strict=True)
        choices = [
            (self.node(Binary("=", wanted, match, BOOLEAN, match.span)), self.node(value, node.type))
            for match, value in pairs
        ]
        return case(*choices, else_=last)

    def conjunction(self, node: Call) -> Column:
        """Return AND; where a later condition may fail, CASE keeps it from being tried after a false one."""
        made = self.node(node.arguments[-1], BOOLEAN)
        for at in range(len(node.arguments) - 2, -1, -1):
            before = self.node(node.arguments[at], BOOLEAN)
            guarded = any(may_fail(later) for later in node.arguments[at + 1 :])
            made = (
                case((not_(before), literal(False, Boolean())), else_=and_(before, made))
                if guarded
                else and_(before, made)
            )
        return made

    def disjunction(self, node: Call) -> Column:
        """Return OR; where a later condition may fail, CASE keeps it from being tried after a true one."""
        made = self.node(node.arguments[-1], BOOLEAN)
        for at in range(len(node.arguments) - 2, -1, -1):
            before = self.node(node.arguments[at], BOOLEAN)
            guarded = any(may_fail(later) for later in node.arguments[at + 1 :])
            made = case((before, literal(True, Boolean())), else_=or_(before, made)) if guarded else or_(before, made)
        return made

    def coalesce(self, node: Call) -> Column:
        parts = [self.node(argument, node.type) for argument in node.arguments]
        return func.coalesce(*parts, type_=_sql_type(node.type, self._dialect)) if len(parts) > 1 else parts[0]

    def contains(self, node: Call) -> Column:
        whole, part = (self.node(argument, TEXT) for argument in node.arguments)
        return (func.strpos if self._postgres else func.instr)(whole, part, type_=BigInteger()) > 0

    def as_text(self, node: Call) -> Column:
        if len(node.arguments) == 1 or node.arguments[0].type != NUMBER:
            return self.text_or_blank(node.arguments[0])
        value, places = node.arguments
        if self.is_blank(places):
            return self.blank_after(value, TEXT)
        wanted = checked_tail("TEXT", 0, self.constant(places))
        if self._postgres:
            return postgres.FUNCTIONS["TEXT"](self.node(value), wanted)
        return func.fw_decimals(self.node(value), self.literal(Decimal(wanted), NUMBER), type_=Text())

    def fits(self, text: Column, pattern: str) -> Column:
        fits("", pattern)
        if not self._postgres:
            return func.fw_matches(text, pattern, type_=Boolean())
        literally = pattern.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        return text.like(literally.replace("*", "%").replace("?", "_"), escape="\\")

    def concat(self, node: Call) -> Column:
        made = self.text(node.arguments[0])
        for argument in node.arguments[1:]:
            made = made.concat(self.text(argument))
        return made


def _matches(builder: _Builder, node: Call) -> Column:
    """Return MATCHES: LIKE in PostgreSQL, where % and _ are what * and ? are here; the function itself in SQLite."""
    text, pattern = builder.node(node.arguments[0], TEXT), builder.constant(node.arguments[1])
    return builder.blank_after(node.arguments[0], BOOLEAN) if pattern is None else builder.fits(text, pattern)


_SPECIAL: Mapping[str, Callable[[_Builder, Call], Column]] = {
    "IF": _Builder.choose,
    "IFS": _Builder.choose_first,
    "SWITCH": _Builder.switch,
    "AND": _Builder.conjunction,
    "OR": _Builder.disjunction,
    "NOT": lambda builder, node: not_(builder.node(node.arguments[0], BOOLEAN)),
    "ISBLANK": lambda builder, node: builder.node(node.arguments[0], TEXT).is_(None),
    "COALESCE": _Builder.coalesce,
    "CONTAINS": _Builder.contains,
    "TEXT": _Builder.as_text,
    "CONCAT": _Builder.concat,
    "MATCHES": _matches,
}


def _scale(column: Column) -> int | None:
    if isinstance(column.type, ExactDecimal):
        return column.type.scale
    return 0 if isinstance(column.type, ExactInteger) else None
