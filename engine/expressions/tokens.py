"""From text to tokens. Full-width punctuation stands for its ASCII twin."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from engine.expressions.tree import Span
from engine.problems import Problem

Kind = Literal["number", "text", "name", "sign", "end"]

MAX_INTEGER_DIGITS = 28
MAX_FRACTION_DIGITS = 24

# Ranges rather than classes: what counts as a letter or as white space differs between two versions of Unicode, and between
# Python and JavaScript. Combining marks and superscripts belong to no name.
_LETTERS = r"A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_SPACES = r" \t\n\r\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_TOKEN = re.compile(
    rf"""(?P<space>[{_SPACES}]+)
    |(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
    |(?P<text>"(?:[^"]|"")*"|'(?:[^']|'')*'|[“”][^“”]*[“”]|[‘’][^‘’]*[‘’])
    |(?P<name>[{_LETTERS}][{_LETTERS}0-9]*)
    |(?P<sign><>|<=|>=|!=|[-+*/^%&=<>(),.]|[（），＋－＊／＾％＆＝＜＞≤≥≠×÷])""",
    re.VERBOSE,
)
_TWINS = {
    "（": "(", "）": ")", "，": ",", "＋": "+", "－": "-", "＊": "*", "×": "*", "／": "/", "÷": "/", "＾": "^",
    "％": "%", "＆": "&", "＝": "=", "＜": "<", "＞": ">", "≤": "<=", "≥": ">=", "≠": "<>", "!=": "<>",
}  # fmt: skip
_QUOTES = "\"'“”‘’"


class SyntaxProblem(Exception):
    """The text cannot be read; carries the one problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the text. `text` is the unquoted text, the name as written, or the ASCII sign."""

    kind: Kind
    text: str
    span: Span

    @property
    def number(self) -> Decimal:
        """The exact value of a number token."""
        return Decimal(self.text)


def tokenize(text: str) -> list[Token]:
    """Return the tokens, closed by one of kind "end". Raises SyntaxProblem."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise SyntaxProblem(_unreadable(text, at))
        if found.lastgroup != "space":
            tokens.append(_token(found))
        at = found.end()
    tokens.append(Token("end", "", (len(text), len(text))))
    return tokens


def _token(found: re.Match[str]) -> Token:
    written, span = found.group(), found.span()
    if found.lastgroup == "number":
        whole, _, fraction = written.partition(".")
        if len(whole.lstrip("0")) > MAX_INTEGER_DIGITS or len(fraction) > MAX_FRACTION_DIGITS:
            raise SyntaxProblem(Problem("formula_number_too_long", params={"number": written}, span=span))
        return Token("number", written, span)
    if found.lastgroup == "text":
        quote = written[0]
        return Token("text", written[1:-1].replace(quote * 2, quote) if quote in "\"'" else written[1:-1], span)
    if found.lastgroup == "name":
        return Token("name", written, span)
    return Token("sign", _TWINS.get(written, written), span)


def _unreadable(text: str, at: int) -> Problem:
    if text[at] in _QUOTES:
        return Problem("formula_unclosed_text", params={"quote": text[at]}, span=(at, len(text)))
    return Problem("formula_unexpected_character", params={"character": text[at]}, span=(at, at + 1))
