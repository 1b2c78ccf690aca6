"""Which expressions can be SQL: a question about the tree alone, answered when a design is saved."""

from collections.abc import Mapping
from decimal import Decimal

from engine.expressions import arithmetic
from engine.expressions.tree import (
    Binary,
    Call,
    Each,
    Field,
    In,
    Literal,
    Lookup,
    Measure,
    Member,
    Node,
    Old,
    Unary,
    children,
    walk,
)
from engine.expressions.types import BLANK, BOOLEAN, DATE, DATETIME, NUMBER, TEXT, TIME, ListOf, is_identity
from engine.problems import Problem

LOGIC = frozenset(
    {"AND", "OR", "NOT", "IF", "IFS", "SWITCH", "ISBLANK", "COALESCE", "CONCAT", "CONTAINS", "TEXT", "MATCHES"}
)
PLAIN = frozenset({
    "ABS", "SIGN", "INT", "MOD", "LEN", "UPPER", "LOWER", "TRIM", "FIND", "REPLACE", "STARTSWITH", "ENDSWITH",
    "BEFORE", "AFTER", "COUNTTEXT", "DIGITS", "ISNUMERIC", "WEEKNUM", "WEEKYEAR", "DAYOFYEAR", "HOUR", "MINUTE", "SECOND",
    "YEAR", "MONTH", "DAY", "WEEKDAY", "DAYS", "ADDDAYS", "MONTHSTART", "MONTHEND", "MONTHTEXT",
})  # fmt: skip
MAX_POWER = 8
CONSTANT_TAILS: Mapping[str, tuple[tuple[str, int, int], ...]] = {
    "ROUND": (("bad_places", -arithmetic.INTEGER_DIGITS, arithmetic.NUMBER_SCALE),),
    "ROUNDUP": (("bad_places", -arithmetic.INTEGER_DIGITS, arithmetic.NUMBER_SCALE),),
    "ROUNDDOWN": (("bad_places", -arithmetic.INTEGER_DIGITS, arithmetic.NUMBER_SCALE),),
    "TEXT": (("bad_places", 0, arithmetic.DIVISION_SCALE),),
    "FLOOR": (),
    "CEILING": (),
    "POWER": (("bad_exponent", -MAX_POWER, MAX_POWER),),
    "LEFT": (("bad_count", 0, 1_000_000),),
    "RIGHT": (("bad_count", 0, 1_000_000),),
    "MID": (("bad_count", 1, 1_000_000), ("bad_count", 0, 1_000_000)),
    "ADDMONTHS": (("bad_months", -120_000, 120_000),),
}
"""Functions whose arguments after the first must not read a field; with the code and limits of each such argument."""

_COPIES: Mapping[str, tuple[int, ...]] = {
    "ROUNDUP": (5,), "FLOOR": (2,), "CEILING": (2,), "POWER": (MAX_POWER + 2,), "MOD": (1, 3), "ADDDAYS": (3, 5), "SWITCH": (4, 1),
    "BEFORE": (4, 3), "AFTER": (4, 4), "COUNTTEXT": (3, 3), "STARTSWITH": (1, 2), "ENDSWITH": (1, 2), "AND": (2,), "OR": (2,),
}  # fmt: skip
MAX_SIZE = 20_000

_SAFE = LOGIC | (PLAIN - {"MOD", "ADDDAYS"})
_COLUMNS = frozenset({NUMBER, TEXT, BOOLEAN, DATE, TIME, DATETIME})
_AS_TEXT = frozenset({NUMBER, TEXT, BOOLEAN, DATE, BLANK})


GIVEN = frozenset({"RECORD", "PAYLOAD"})
"""What comes with the question and stands in no column: the record for which others are looked for, and what a webhook brought."""


def is_constant(node: Node) -> bool:
    """Return whether nothing below reads the record, so that Python can evaluate it before the query."""
    return not any(
        isinstance(part, Old)
        or (isinstance(part, Field) and part.name not in GIVEN)
        or (isinstance(part, Call) and part.name == "ROWNUMBER")
        for part in walk(node)
    )


def may_fail(node: Node) -> bool:
    """Return whether evaluating may raise an error, so that its turn in AND and OR matters."""
    if is_constant(node):
        return False
    return any(
        isinstance(part, Unary)
        or (isinstance(part, Binary) and part.operator in ("+", "-", "*", "/", "^"))
        or (isinstance(part, Call) and part.name not in _SAFE)
        for part in walk(node)
    )


def why_not(node: Node) -> Problem | None:
    """Return the problem of the first part that SQL cannot compute like Python, None if there is none."""
    if is_constant(node):
        return None
    reason = _reason(node)
    if reason is not None:
        return Problem("formula_not_in_sql", params={"what": reason}, span=node.span)
    if isinstance(node, Member):
        return None
    return next((found for child in children(node) if (found := why_not(child)) is not None), None)


def _reason(node: Node) -> str | None:
    match node:
        case Measure():
            return "MEASURE"
        case Lookup():
            return "LOOKUP"
        case Old():
            return "OLD"
        case Each():
            return node.name
        case Field() | Member():
            return _read_reason(node)
        case Call():
            return _call_reason(node)
        case In():
            return _in_reason(node)
        case Binary():
            return _binary_reason(node)
    return None if node.type != BLANK or isinstance(node, Literal) else "BLANK"


def _read_reason(node: Field | Member) -> str | None:
    part: Node = node
    while isinstance(part, Member):
        part = part.target
        if isinstance(part.type, ListOf):
            return node.name
    if not isinstance(part, Field) or (node.type not in _COLUMNS and not is_identity(node.type)):
        return node.name
    return None


def _call_reason(node: Call) -> str | None:
    first, *rest = node.arguments or (node,)
    if node.type == BLANK or (node.name not in LOGIC | PLAIN and node.name not in CONSTANT_TAILS):
        return node.name
    if node.name in CONSTANT_TAILS and not all(is_constant(argument) for argument in rest):
        return node.name
    if node.name == "MATCHES" and not is_constant(rest[0]):
        return node.name
    if node.name == "CONTAINS" and first.type != TEXT:
        return node.name
    shown = node.arguments if node.name == "CONCAT" else (first,) if node.name == "TEXT" else ()
    return None if all(_has_text(argument) for argument in shown) else node.name


def _in_reason(node: In) -> str | None:
    listed = len(node.options) == 1 and isinstance(node.options[0].type, ListOf)
    if (listed and not is_constant(node.options[0])) or any(may_fail(option) for option in node.options):
        return "IN"
    return None


def _binary_reason(node: Binary) -> str | None:
    if node.operator == "&":
        return None if _has_text(node.left) and _has_text(node.right) else "&"
    if node.operator == "^":
        small = isinstance(node.right, (Literal, Unary)) and is_constant(node.right)
        return None if small else "^"
    return None


def _has_text(node: Node) -> bool:
    """Return whether SQL writes the value as text as Python does; times and moments it does not."""
    return node.type in _AS_TEXT or is_identity(node.type) or is_constant(node)


def size_in_sql(node: Node) -> int:
    """Return about how many parts the SQL of a node has: some functions name an argument several times, so it may explode."""
    if is_constant(node):
        return 1
    copies = _copies(node)
    return 1 + sum(size_in_sql(child) * copies[min(at, len(copies) - 1)] for at, child in enumerate(children(node)))


def _copies(node: Node) -> tuple[int, ...]:
    """Return how often the SQL of a node names each argument; the last number counts for all that follow."""
    if isinstance(node, Call):
        return _COPIES.get(node.name, (1,))
    if not isinstance(node, Binary):
        return (1,)
    if node.operator == "^":
        return (MAX_POWER + 2, 1)
    return (5,) if node.type == DATE else (1,)


def checked_tail(name: str, position: int, value: Decimal) -> Decimal | int:
    """Return a constant argument after the first, as SQL takes it. Raises ExpressionError as the function would."""
    if not CONSTANT_TAILS[name]:
        return arithmetic.positive(value)
    return arithmetic.whole(value, *CONSTANT_TAILS[name][position])
