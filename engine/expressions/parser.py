"""From tokens to a tree: precedence climbing, with the precedence of spreadsheets.

Loosest to tightest: OR, AND, NOT, comparison and IN, &, + -, * /, ^, sign, %, path. So -2^2 is 4 and 2^3^2 is 64.
"""

from collections.abc import Mapping

from engine.expressions.functions import canonical_name
from engine.expressions.tokens import SyntaxProblem, Token, tokenize
from engine.expressions.tree import (
    Binary,
    Call,
    Field,
    In,
    Literal,
    Lookup,
    Measure,
    Member,
    Node,
    Side,
    Span,
    Unary,
    height,
)
from engine.expressions.types import BLANK, BOOLEAN, NUMBER, TEXT
from engine.problems import Problem

MAX_TEXT = 10_000
MAX_NESTING = 100
MAX_HEIGHT = 150
"""Levels of a tree; a chain of n operators has n + 1. The evaluator recurses, so this bounds its stack."""

RESERVED: Mapping[str, str] = {
    "AND": "AND", "OR": "OR", "NOT": "NOT", "IN": "IN", "TRUE": "TRUE", "FALSE": "FALSE", "BLANK": "BLANK",
    "且": "AND", "或": "OR", "非": "NOT", "真": "TRUE", "假": "FALSE", "空": "BLANK",
}  # fmt: skip
"""Words that no field may be named (in any case of letters)."""

_POWER: Mapping[str, int] = {
    "OR": 1, "AND": 2, "=": 4, "<>": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "IN": 4, "NOT": 4,
    "&": 5, "+": 6, "-": 6, "*": 7, "/": 7, "^": 8,
}  # fmt: skip
_NOT, _SIGN = 3, 9
_WORDS = {"TRUE": True, "FALSE": False, "BLANK": None}
_NAMED = ("MEASURE", "LOOKUP")
_NAMES_BY = ("=", "<", "<=", ">", ">=")
"""What may stand between the name of an argument and its value."""


def parse(text: str) -> Node | Problem:
    """Return the tree without types, or the first problem. Never raises for any text."""
    if len(text) > MAX_TEXT:
        return Problem("formula_too_long", params={"limit": MAX_TEXT, "length": len(text)}, span=(0, len(text)))
    try:
        tree = _Parser(tokenize(text)).whole()
    except SyntaxProblem as found:
        return found.problem
    if height(tree) > MAX_HEIGHT:
        return Problem("formula_too_deep", params={"limit": MAX_HEIGHT}, span=tree.span)
    return tree


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._nesting = 0

    def whole(self) -> Node:
        tree = self._expression(0)
        if self._token.kind != "end":
            raise self._unexpected()
        return tree

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _is(self, sign: str) -> bool:
        return self._token.kind == "sign" and self._token.text == sign

    def _expect(self, sign: str) -> Token:
        if not self._is(sign):
            raise self._unexpected(sign)
        return self._take()

    def _unexpected(self, expected: str = "") -> SyntaxProblem:
        token = self._token
        params = {"found": token.text, "expected": expected}
        if token.kind == "end":
            return SyntaxProblem(Problem("formula_unexpected_end", params=params, span=token.span))
        code = "formula_expected" if expected else "formula_unexpected"
        return SyntaxProblem(Problem(code, params=params, span=token.span))

    def _word(self, ahead: int = 0) -> str:
        """Return the operator or keyword at hand, "" for anything else."""
        token = self._tokens[min(self._at + ahead, len(self._tokens) - 1)]
        if token.kind == "sign":
            return token.text
        return RESERVED.get(token.text.upper(), "") if token.kind == "name" else ""

    def _expression(self, least: int) -> Node:
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise SyntaxProblem(Problem("formula_too_deep", params={"limit": MAX_NESTING}, span=self._token.span))
        left = self._operand()
        while _POWER.get(self._word(), 0) > least:
            left = self._infix(left)
        self._nesting -= 1
        return left

    def _infix(self, left: Node) -> Node:
        word = self._word()
        if word == "NOT" and self._word(1) != "IN":
            raise self._unexpected("IN")
        self._take()
        if word in ("IN", "NOT"):
            return self._in(left, negated=word == "NOT")
        right = self._expression(_POWER[word])
        span = (left.span[0], right.span[1])
        if word in ("AND", "OR"):
            return Call(word, (left, right), span=span)
        return Binary(word, left, right, span=span)

    def _in(self, target: Node, *, negated: bool) -> Node:
        if negated:
            self._take()
        if not self._is("("):
            options: tuple[Node, ...] = (self._expression(_POWER["IN"]),)
            return In(target, options, negated, span=(target.span[0], options[0].span[1]))
        self._take()
        options = self._list()
        end = self._expect(")").span[1]
        return In(target, options, negated, span=(target.span[0], end))

    def _list(self) -> tuple[Node, ...]:
        items = [self._expression(0)]
        while self._is(","):
            self._take()
            items.append(self._expression(0))
        return tuple(items)

    def _operand(self) -> Node:
        start = self._token.span[0]
        word = self._word()
        if word in ("-", "+"):
            self._take()
            operand = self._expression(_SIGN - 1) if self._word() in ("-", "+") else self._postfix()
            return Unary(word, operand, span=(start, operand.span[1]))
        if word == "NOT" and self._word(1) != "(":
            self._take()
            operand = self._expression(_NOT)
            return Call("NOT", (operand,), span=(start, operand.span[1]))
        return self._postfix()

    def _postfix(self) -> Node:
        node = self._primary()
        while self._is(".") or self._is("%"):
            if self._take().text == "%":
                node = Unary("%", node, span=(node.span[0], self._tokens[self._at - 1].span[1]))
            else:
                node = self._member(node)
        return node

    def _member(self, target: Node) -> Node:
        if self._token.kind != "name":
            raise self._unexpected("name")
        name = self._take()
        return Member(target, name.text, span=(target.span[0], name.span[1]))

    def _primary(self) -> Node:
        token = self._token
        if token.kind == "number":
            return Literal(self._take().number, NUMBER, token.span)
        if token.kind == "text":
            return Literal(self._take().text, TEXT, token.span)
        if self._is("("):
            self._take()
            inside = self._expression(0)
            self._expect(")")
            return inside
        if token.kind != "name":
            raise self._unexpected()
        return self._named(token)

    def _named(self, token: Token) -> Node:
        word = RESERVED.get(token.text.upper(), "")
        if self._word(1) == "(":
            return self._call(self._take())
        if word in _WORDS:
            self._take()
            value = _WORDS[word]
            return Literal(value, BLANK if value is None else BOOLEAN, token.span)
        if word:
            raise self._unexpected()
        return Field(self._take().text, span=token.span)

    def _call(self, name: Token) -> Node:
        self._take()
        function = canonical_name(name.text) or name.text
        if function in _NAMED:
            return self._named_call(function, name.span)
        arguments: tuple[Node, ...] = () if self._is(")") else self._list()
        return Call(function, arguments, span=(name.span[0], self._expect(")").span[1]))

    def _named_call(self, function: str, start: Span) -> Node:
        first = self._literal_text(function)
        second = ""
        if function == "LOOKUP":
            self._expect(",")
            second = self._literal_text(function)
        arguments: list[tuple[str, Node]] = []
        while self._is(","):
            self._take()
            if self._token.kind != "name" or self._word(1) not in _NAMES_BY:
                raise SyntaxProblem(
                    Problem("formula_named_argument", params={"function": function}, span=self._token.span)
                )
            arguments.append(self._named_argument())
        span = (start[0], self._expect(")").span[1])
        if function == "LOOKUP":
            return Lookup(first, second, tuple(arguments), span=span)
        return Measure(first, tuple(arguments), span=span)

    def _named_argument(self) -> tuple[str, Node]:
        name = self._take()
        operator = self._word()
        self._take()
        value = self._expression(0)
        if operator == "=":
            return name.text, value
        return name.text, Side(operator, value, span=(name.span[0], value.span[1]))

    def _literal_text(self, function: str) -> str:
        if self._token.kind != "text":
            raise SyntaxProblem(Problem("formula_literal_name", params={"function": function}, span=self._token.span))
        return self._take().text
