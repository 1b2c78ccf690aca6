"""Functions that say nothing new: in SQL each is written with functions that both databases compute like Python.

A rewrite is text in the language itself, with `a`, `b`, `c`, `d` for the arguments. An argument that stands several times is computed
several times, so the size of the whole is limited.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from engine.expressions.compiling import Compiled, compile_expression
from engine.expressions.sql_limits import MAX_SIZE, is_constant, may_fail, size_in_sql, why_not
from engine.expressions.tree import Binary, Call, Field, Literal, Node, Span, rebuilt, walk
from engine.expressions.types import BLANK, BOOLEAN, DATE, NUMBER, TEXT, TIME, Scope, Type
from engine.problems import Problem

MAX_NODES = 4_000

_YEAR = "ADDDAYS(a, 1 - DAYOFYEAR(a))"
_QUARTER = f"IFS(MONTH(a) <= 3, {_YEAR}, MONTH(a) <= 6, ADDMONTHS({_YEAR}, 3), MONTH(a) <= 9, ADDMONTHS({_YEAR}, 6), MONTH(a) <= 12, ADDMONTHS({_YEAR}, 9))"
_HALF = f"IF(MONTH(a) <= 6, {_YEAR}, ADDMONTHS({_YEAR}, 6))"
_WEEK = "ADDDAYS(a, 1 - WEEKDAY(a))"
_YYYY = "LEFT(MONTHTEXT(a), 4)"
_WHOLE_MONTHS = "(YEAR({0}) - YEAR({1})) * 12 + MONTH({0}) - MONTH({1}) - IF(DAY({0}) < DAY({1}), 1, 0)"
_SECONDS = "(HOUR({0}) * 3600 + MINUTE({0}) * 60 + SECOND({0}))"
_SHARED = "DAYS(IF(b < d, b, d), IF(a > c, a, c)) + 1"

_NUMBERS = (NUMBER, NUMBER, NUMBER)
_DATES = (DATE, DATE, DATE, DATE)
_TEXTS: Mapping[tuple[str, int], tuple[tuple[Type, ...], str]] = {
    ("RATIO", 2): (_NUMBERS, "IF(b = 0, BLANK, a / b)"),
    ("QUOTIENT", 2): (_NUMBERS, "IF(SIGN(a) = SIGN(b), 1, -1) * ((ABS(a) - MOD(ABS(a), ABS(b))) / ABS(b))"),
    ("ROUNDTO", 2): (_NUMBERS, "SIGN(a) * FLOOR(ABS(a) + b * 0.5, b)"),
    ("GROSSOF", 2): (_NUMBERS, "ROUND(a * (1 + b), 2)"),
    ("GROSSOF", 3): (_NUMBERS, "ROUND(a * (1 + b), c)"),
    ("PERTMEAN", 3): (_NUMBERS, "(a + 4 * b + c) / 6"),
    ("PERTDEVIATION", 2): (_NUMBERS, "(b - a) / 6"),
    ("QUARTER", 1): (_DATES, "INT((MONTH(a) + 2) / 3)"),
    ("DAYSINMONTH", 1): (_DATES, "DAY(MONTHEND(a))"),
    ("ISLEAP", 1): (_DATES, "MOD(YEAR(a), 4) = 0 AND (MOD(YEAR(a), 100) <> 0 OR MOD(YEAR(a), 400) = 0)"),
    ("EOMONTH", 2): ((DATE, NUMBER), "MONTHEND(ADDMONTHS(a, b))"),
    ("ADDYEARS", 2): ((DATE, NUMBER), "ADDMONTHS(a, b * 12)"),
    ("MONTHSBETWEEN", 2): (
        _DATES, f"IF(a < b, -({_WHOLE_MONTHS.format('b', 'a')}), {_WHOLE_MONTHS.format('a', 'b')})"),
    ("AGE", 2): (_DATES, "YEAR(b) - YEAR(a) - IF(MONTH(b) * 100 + DAY(b) < MONTH(a) * 100 + DAY(a), 1, 0)"),
    ("OVERLAP", 4): (
        _DATES, f"IF(ISBLANK(DAYS(a, b) + DAYS(c, d)), BLANK, IF({_SHARED} > 0, {_SHARED}, 0))"),
    ("HOUROF", 1): ((TIME,), _SECONDS.format("a") + " / 3600"),
    ("CLOCKHOURS", 2): ((TIME, TIME), f"MOD({_SECONDS.format('b')} - {_SECONDS.format('a')}, 86400) / 3600"),
}  # fmt: skip
_BY_PERIOD: Mapping[tuple[str, str], str] = {
    ("STARTOF", "week"): _WEEK,
    ("STARTOF", "month"): "MONTHSTART(a)",
    ("STARTOF", "quarter"): _QUARTER,
    ("STARTOF", "half"): _HALF,
    ("STARTOF", "year"): _YEAR,
    ("ENDOF", "week"): f"ADDDAYS({_WEEK}, 6)",
    ("ENDOF", "month"): "MONTHEND(a)",
    ("ENDOF", "quarter"): f"MONTHEND(ADDMONTHS({_QUARTER}, 2))",
    ("ENDOF", "half"): f"MONTHEND(ADDMONTHS({_HALF}, 5))",
    ("ENDOF", "year"): f"MONTHEND(ADDMONTHS({_YEAR}, 11))",
    ("PERIOD", "week"): "IF(ISBLANK(a), BLANK, RIGHT('000' & WEEKYEAR(a), 4) & '-W' & RIGHT('0' & WEEKNUM(a), 2))",
    ("PERIOD", "month"): "MONTHTEXT(a)",
    ("PERIOD", "quarter"): f"IF(ISBLANK(a), BLANK, {_YYYY} & '-Q' & INT((MONTH(a) + 2) / 3))",
    ("PERIOD", "half"): f"IF(ISBLANK(a), BLANK, {_YYYY} & '-H' & IF(MONTH(a) <= 6, 1, 2))",
    ("PERIOD", "year"): _YYYY,
}


def is_sqlable(tree: Node) -> Problem | None:
    """Return None if a database can answer the expression, else the problem that says what it cannot."""
    made = in_simpler_words(tree)
    return made if isinstance(made, Problem) else None


def in_simpler_words(tree: Node) -> Node | Problem:
    """Return the tree with functions rewritten, or the problem that says what SQL cannot compute."""
    names: dict[Span, str] = {}
    made = _rewritten(tree, names)
    problem = made if isinstance(made, Problem) else why_not(made)
    if problem is None and not isinstance(made, Problem) and size_in_sql(made) > MAX_SIZE:
        return Problem("formula_too_large_for_sql", params={"limit": MAX_SIZE}, span=tree.span)
    if problem is None or problem.span not in names:
        return problem or made
    return replace(problem, params={"what": names[problem.span]})


def _rewritten(node: Node, names: dict[Span, str]) -> Node | Problem:
    if is_constant(node):
        return node

    def again(child: Node) -> Node:
        made = _rewritten(child, names)
        if isinstance(made, Problem):
            raise _Refused(made)
        return made

    try:
        whole = rebuilt(node, again)
    except _Refused as refused:
        return refused.problem
    if not isinstance(whole, Call):
        return whole
    made = _in_words(whole)
    if made is None:
        return whole
    names[node.span] = node.name if isinstance(node, Call) else ""
    if sum(1 for _ in walk(made)) > MAX_NODES:
        return Problem("formula_not_in_sql", params={"what": whole.name}, span=node.span)
    return made


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def _in_words(call: Call) -> Node | None:
    special = _BUILT.get(call.name)
    if special is not None:
        return special(call)
    kinds, text = _TEXTS.get((call.name, len(call.arguments)), ((), ""))
    if not text and call.arguments[1:] and isinstance(call.arguments[1], Literal):
        kinds, text = (DATE,), _BY_PERIOD.get((call.name, str(call.arguments[1].value)), "")
    if not text:
        return None
    given = dict(zip("abcd", call.arguments, strict=False))
    return _with(_pattern(text, kinds), given, call.span)


@cache
def _pattern(text: str, kinds: tuple[Type, ...]) -> Node:
    compiled = compile_expression(text, Scope(dict(zip("abcd", kinds, strict=False))))
    if not isinstance(compiled, Compiled):
        raise TypeError(text)
    return compiled.tree


def _with(node: Node, given: Mapping[str, Node], span: Span) -> Node:
    if isinstance(node, Field):
        return given[node.name]
    return replace(rebuilt(node, lambda child: _with(child, given, span)), span=span)


def _between(call: Call) -> Node:
    value, least, most = call.arguments
    ends = (Binary(">=", value, least, BOOLEAN, call.span), Binary("<=", value, most, BOOLEAN, call.span))
    both = Call("AND", ends, BOOLEAN, call.span)
    if not may_fail(most):
        return both
    # AND would not look at the upper end where the lower one is missed already; the question makes it.
    return Call("IF", (Call("ISBLANK", ends[1:], BOOLEAN, call.span), both, both), BOOLEAN, call.span)


def _same(call: Call) -> Node:
    one, other = call.arguments
    blanks = tuple(Call("ISBLANK", (part,), BOOLEAN, call.span) for part in (one, other))
    both = Call("AND", blanks, BOOLEAN, call.span)
    return Call("COALESCE", (Binary("=", one, other, BOOLEAN, call.span), both), BOOLEAN, call.span)


def _exclusive(call: Call) -> Node:
    made, *rest = call.arguments
    for other in rest:
        kept, turned = Call("NOT", (other,), BOOLEAN, call.span), Call("NOT", (made,), BOOLEAN, call.span)
        sides = (Call("AND", (made, kept), BOOLEAN, call.span), Call("AND", (turned, other), BOOLEAN, call.span))
        made = Call("OR", sides, BOOLEAN, call.span)
    return made


def _null_if(call: Call) -> Node:
    value, match = call.arguments
    blank = Literal(None, BLANK, call.span)
    return Call("IF", (Binary("=", value, match, BOOLEAN, call.span), blank, value), call.type, call.span)


def _is_me(call: Call) -> Node:
    me = Call("ME", (), TEXT, call.span)
    return Binary("=", call.arguments[0], me, BOOLEAN, call.span)


_BUILT: Mapping[str, Callable[[Call], Node]] = {
    "BETWEEN": _between,
    "SAME": _same,
    "XOR": _exclusive,
    "NULLIF": _null_if,
    "ISME": _is_me,
    "NOTBLANK": lambda call: Call("NOT", (Call("ISBLANK", call.arguments, BOOLEAN, call.span),), BOOLEAN, call.span),
}
