"""Text as the words that a search compares: pairs of characters where Chinese is written, whole words elsewhere; pure.

`东区 C40` becomes 东区, 区, c, 40. A run of Chinese characters ends with its last character alone, so that one character is the
beginning of something wherever it stands; runs of letters and of digits are words, so that C40 is found by c, c40 and 40. What a person
types is a phrase of the same words, the last of which may be a beginning. Full-width letters are the same as the others (NFKC).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine.storage.pinyin import initials

HAN = "\u3005\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, and the Japanese and Korean letters that are written without spaces as well."""
_RUN = re.compile(rf"[{HAN}]+|\d+|(?:(?![{HAN}])[^\W\d_])+")
_IS_HAN = re.compile(rf"[{HAN}]")

LONGEST_WORD = 64
"""Of a longer word only the beginning is compared."""
MOST_ASKED = 8
"""Words of one search; what comes after them is not looked at."""
SHORT = 40
"""Characters of a text that is found by pinyin initials too, and by what its numbers end with."""

TAIL, INITIALS = "\ue003", "\ue004"
"""Stand before what a number ends with and before initials, so that neither ever meets a word that was written."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One word that a person typed: a phrase whose last word may be a beginning.

    `text` is the word as it is compared and `runs` are its runs. `tail` are digits that a number may end with or have inside, `initials` letters that may be those of a name.
    """

    phrase: tuple[str, ...]
    is_beginning: bool
    runs: tuple[str, ...]
    text: str
    tail: str = ""
    initials: str = ""

    def alternatives(self, signs: Iterable[str]) -> Iterator[tuple[tuple[str, ...], bool]]:
        """Yield each way in which the word may stand in the index: a phrase, and whether its last word may be a beginning."""
        for sign in ("", *signs):
            yield tuple(f"{sign}{word}" for word in self.phrase), self.is_beginning
            yield from (((f"{sign}{TAIL}{self.tail}",), True),) if self.tail else ()
            yield from (((f"{sign}{INITIALS}{self.initials}",), True),) if self.initials else ()


def normal(text: str) -> str:
    """Return a text as it is compared: full-width and ligatured characters as plain ones, in lower case."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def runs_of(text: str) -> list[str]:
    """Return the runs of a normal text: of Chinese characters, of digits, of letters."""
    return _RUN.findall(text)


def is_han(run: str) -> bool:
    """Say whether a run is of Chinese characters."""
    return _IS_HAN.match(run) is not None


def written(text: str) -> Iterator[str]:
    """Yield the words of a normal text in their order."""
    for run in runs_of(text):
        if is_han(run):
            yield from (run[at : at + 2] for at in range(len(run)))
        else:
            yield run[:LONGEST_WORD]


def beside(text: str, *, is_named: bool) -> Iterator[str]:
    """Yield what else a short normal text is found by: ends of its numbers, and with `is_named` the initials of its pinyin."""
    if len(text) > SHORT:
        return
    for run in runs_of(text):
        if is_han(run):
            letters = _initials(run) if is_named else ""
            yield from (f"{INITIALS}{letters[at:]}" for at in range(len(letters) - 1))
        elif run[0].isdigit():
            yield from (f"{TAIL}{run[at:]}" for at in range(1, min(len(run), LONGEST_WORD) - 2))


def words_of(text: str, *, is_named: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is written in a text, and what else it is found by. Short ones, as those of choices, come again and again."""
    return _words_of_short(text, is_named=is_named) if len(text) <= SHORT else _words_of(text, is_named=is_named)


def _words_of(text: str, *, is_named: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    plain = normal(text)
    return tuple(written(plain)), tuple(beside(plain, is_named=is_named))


_words_of_short = lru_cache(maxsize=20_000)(_words_of)


def asked(text: str) -> tuple[Asked, ...]:
    """Return the words that a person typed, each once; what has neither a letter nor a digit is left out."""
    found = (_asked(word, runs_of(word)) for word in dict.fromkeys(normal(text).split()))
    return tuple(one for one in found if one)[:MOST_ASKED]


def _asked(text: str, runs: list[str]) -> Asked | None:
    if not runs:
        return None
    words: list[str] = []
    for run in runs[:-1]:
        words += written(run)
    last, alone = runs[-1], len(runs) == 1
    if not is_han(last):
        digits, letters = last[0].isdigit(), last.isascii() and last.isalpha()
        tail = last if alone and digits and len(last) > 2 else ""
        initials = last if alone and letters and len(last) > 1 else ""
        begun = (*words, last[:LONGEST_WORD])
        return Asked(begun, True, tuple(runs), text, tail[:LONGEST_WORD], initials[:LONGEST_WORD])
    if len(last) == 1:
        return Asked((*words, last), True, tuple(runs), text)
    pairs = (last[at : at + 2] for at in range(len(last) - 1))
    return Asked((*words, *pairs), False, tuple(runs), text)


@lru_cache(maxsize=50_000)
def _initials(run: str) -> str:
    return "".join(letter for letter in initials(run) if letter.isascii() and letter.isalpha())
