"""Where the words of a search stand in a text: a piece of it around the first of them, in parts that are found and parts that are not."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from engine.storage.pinyin import initials
from engine.storage.search_words import HAN, SHORT, Asked, is_han, normal

_BEFORE, _LONGEST = 16, 72
"""Characters that are shown before the first place, and in all."""
_LETTER, _DIGIT = rf"[^\W\d_{HAN}]", r"\d"

Part = tuple[str, bool]


def passage(text: str, words: Iterable[Asked], *, by_initials: bool) -> list[Part]:
    """Return a piece of a text in parts, each with whether a word stands there; nothing where none does."""
    plain, places = _plain(text)
    spans = sorted(
        (places[start], places[end - 1] + 1)
        for word in words
        for start, end in _spans(plain, word, by_initials=by_initials)
        if end > start
    )
    if not spans:
        return []
    first = max(0, spans[0][0] - _BEFORE) if len(text) > _LONGEST else 0
    last = min(len(text), max(first + _LONGEST, spans[0][1]))
    return [part for part in _parts(text, spans, first, last) if part[0]]


def _parts(text: str, spans: Sequence[tuple[int, int]], first: int, last: int) -> Iterator[Part]:
    at = first
    yield ("…" if first else ""), False
    for start, end in spans:
        begin, stop = max(start, at), min(end, last)
        if begin < stop:
            yield text[at:begin], False
            yield text[begin:stop], True
            at = stop
    yield text[at:last], False
    yield ("…" if last < len(text) else ""), False


def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text as it is compared, and for each of its characters the place in the text that it comes from."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    plain: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        said = normal(text[at:end])
        plain.append(said)
        places += [at] * len(said)
        at = end
    return "".join(plain), places


def _spans(plain: str, word: Asked, *, by_initials: bool) -> Iterator[tuple[int, int]]:
    yield from (found.span() for found in re.finditer(_pattern(word), plain))
    if len(plain) <= SHORT and word.tail:
        yield from (found.span() for found in re.finditer(re.escape(word.tail), plain))
    if len(plain) <= SHORT and word.initials and by_initials:
        for run in re.finditer(r"\w+", plain):
            if is_han(run[0]):
                letters = initials(run[0])
                at = letters.find(word.initials)
                if at >= 0 and len(letters) == len(run[0]):
                    yield run.start() + at, run.start() + at + len(word.initials)


def _pattern(word: Asked) -> str:
    said = ""
    for before, run in zip(("", *word.runs), word.runs, strict=False):
        said += (r"[\W_]+" if _kind(before) == _kind(run) else r"[\W_]*") if before else ""
        said += re.escape(run)
    kind = _kind(word.runs[0])
    return said if kind == "" else f"(?<!{kind}){said}"


def _kind(run: str) -> str:
    return "" if not run or is_han(run) else _DIGIT if run[0].isdigit() else _LETTER
