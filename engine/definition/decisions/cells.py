"""Cells of a decision table: the unary tests of S-FEEL (DMN 1.3, chapter 9) and its literals.

A test of a value is `-`, a literal, a comparison (`< 5`), a range (`[1..5)`, `]1..5[`), a list of these, or `not(...)` around them.
Comparisons with a blank are neither true nor false, and a cell that is neither does not match.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from operator import ge, gt, le, lt

Value = Decimal | str | bool | date | datetime | time | None
Test = Callable[[Value], bool | None]

LONGEST = 4_000
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<number>-?(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)|(?P<word>[^\W\d]\w*(?:\s(?:and|time)\b)*)"""
    r"""|(?P<sign>\.\.|<=|>=|!=|[-<>=()\[\],@]))"""
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_COMPARE: Mapping[str, Callable[..., bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_WORDS: Mapping[str, Value] = {"true": True, "false": False, "null": None}
_MOMENTS: Mapping[str, Callable[[str], Value]] = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "date and time": datetime.fromisoformat,
}


class Malformed(Exception):
    """A cell that is no unary test or literal; `part` is where it stops making sense."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def parse_test(text: str) -> Test:
    """Return the test that a cell of an input says. Raises Malformed."""
    reader = _Reader(text)
    if reader.is_dash():
        return _anything
    test = reader.tests()
    reader.end()
    return test


def parse_literal(text: str) -> Value:
    """Return the value that a cell of an output says; `-` and nothing are blank. Raises Malformed."""
    reader = _Reader(text)
    if reader.is_dash():
        return None
    value = reader.literal()
    reader.end()
    return value


def written(value: Value) -> str:
    """Return a value as a literal."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, Decimal):
        return f"{value:f}"
    word = "date and time" if isinstance(value, datetime) else "date" if isinstance(value, date) else "time"
    return f'{word}("{value.isoformat()}")'


class _Reader:
    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise Malformed(text[:40])
        self._tokens = list(_tokens(text))
        self._at = 0

    def is_dash(self) -> bool:
        return not self._tokens or [one.text for one in self._tokens] == ["-"]

    def end(self) -> None:
        if self._at < len(self._tokens):
            raise Malformed(self._tokens[self._at].text)

    def tests(self) -> Test:
        if self._peek() == "not" and self._peek(1) == "(":
            self._at += 2
            inner = self._list()
            self._expect(")")
            return lambda value: _negated(inner(value))
        return self._list()

    def _list(self) -> Test:
        found = [self._one()]
        while self._peek() == ",":
            self._at += 1
            found.append(self._one())
        return found[0] if len(found) == 1 else lambda value: _any(test(value) for test in found)

    def _one(self) -> Test:
        sign = self._peek()
        if sign in _COMPARE:
            self._at += 1
            return _compared(_COMPARE[sign], self.literal())
        if sign in ("=", "!="):
            self._at += 1
            equal = _equal_to(self.literal())
            return equal if sign == "=" else lambda value: _negated(equal(value))
        return self._range() if sign in ("[", "]", "(") else _equal_to(self.literal())

    def _range(self) -> Test:
        low = _compared(ge if self._next().text == "[" else gt, self.literal())
        self._expect("..")
        high_value = self.literal()
        closing = self._next().text
        if closing not in ("]", "[", ")"):
            raise Malformed(closing)
        high = _compared(le if closing == "]" else lt, high_value)
        return lambda value: _both(low(value), high(value))

    def literal(self) -> Value:
        token = self._next()
        if token.kind == "number":
            try:
                return Decimal(token.text)
            except InvalidOperation as error:
                raise Malformed(token.text) from error
        if token.kind == "text":
            return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), token.text[1:-1])
        if token.text in _WORDS and token.kind == "word":
            return _WORDS[token.text]
        if token.text in _MOMENTS:
            self._expect("(")
            moment = self._moment(token.text)
            self._expect(")")
            return moment
        raise Malformed(token.text)

    def _moment(self, kind: str) -> Value:
        text = str(self._next().text).strip('"')
        try:
            return _MOMENTS[kind](text)
        except ValueError as error:
            raise Malformed(text) from error

    def _peek(self, further: int = 0) -> str:
        at = self._at + further
        return self._tokens[at].text if at < len(self._tokens) and self._tokens[at].kind != "text" else ""

    def _next(self) -> _Token:
        if self._at >= len(self._tokens):
            raise Malformed("")
        self._at += 1
        return self._tokens[self._at - 1]

    def _expect(self, sign: str) -> None:
        found = self._next()
        if found.text != sign or found.kind == "text":
            raise Malformed(found.text)


def _tokens(text: str) -> Iterator[_Token]:
    at, text = 0, text.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise Malformed(text[at : at + 40].strip())
        at = found.end()
        kind = str(found.lastgroup)
        yield _Token(kind, found[kind])


def _anything(_value: Value) -> bool:
    return True


def _compared(compare: Callable[..., bool], bound: Value) -> Test:
    return lambda value: compare(value, bound) if _comparable(value, bound) else None


def _equal_to(wanted: Value) -> Test:
    return lambda value: type(value) is type(wanted) and value == wanted


def _comparable(one: Value, other: Value) -> bool:
    return one is not None and type(one) is type(other) and not isinstance(one, bool)


def _negated(found: bool | None) -> bool | None:  # noqa: FBT001  # a truth value is what is negated
    return None if found is None else not found


def _any(found: Iterator[bool | None]) -> bool | None:
    every = list(found)
    return True if True in every else None if None in every else False


def _both(one: bool | None, other: bool | None) -> bool | None:  # noqa: FBT001  # truth values are what is joined
    return False if False in (one, other) else None if None in (one, other) else True
