"""Words of texts and words that are typed, against a plain reading of what should be found."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.storage.pinyin import initials
from engine.storage.search_passages import passage
from engine.storage.search_words import INITIALS, TAIL, Asked, asked, beside, normal, written

ALPHABET = "东区西项目部钢筋土cC40Ｃ４７-（），. 々é"


def is_found(text: str, word: Asked) -> bool:
    """Read a text without any index: where the word stands in it, piece by piece."""
    runs = _runs(text)
    asked_runs = list(word.runs)
    for at in range(len(runs) - len(asked_runs) + 1):
        part = runs[at : at + len(asked_runs)]
        if len(part) == 1:
            (one,), (wanted,) = part, asked_runs
            inside = wanted in one if _is_han(wanted) or (word.tail and len(text) <= 40) else one.startswith(wanted)
            if inside and _class(one[0]) == _class(wanted[0]):
                return True
            continue
        first = part[0].endswith(asked_runs[0]) if _is_han(part[0]) else part[0] == asked_runs[0]
        if first and part[1:-1] == asked_runs[1:-1] and part[-1].startswith(asked_runs[-1]):
            return True
    return False


def _runs(text: str) -> list[str]:
    found: list[str] = []
    before = ""
    for one in unicodedata.normalize("NFKC", text).casefold():
        kind = _class(one)
        if kind and kind == before:
            found[-1] += one
        elif kind:
            found.append(one)
        before = kind
    return found


def _class(one: str) -> str:
    if re.match("[\u3005\u3007\u4e00-\u9fff]", one):
        return "han"
    return "digit" if one.isdigit() else "letter" if one.isalpha() else ""


def _is_han(run: str) -> bool:
    return _class(run[0]) == "han"


def is_indexed(text: str, word: Asked) -> bool:
    """Do what a database does: look for a phrase among the words, the last of which may be a beginning."""
    plain = normal(text)
    there, more = list(written(plain)), list(beside(plain, is_named=False))
    for phrase, is_beginning in word.alternatives(()):
        for words in (there, more):
            for at in range(len(words) - len(phrase) + 1):
                part = words[at : at + len(phrase)]
                last = part[-1].startswith(phrase[-1]) if is_beginning else part[-1] == phrase[-1]
                if last and part[:-1] == list(phrase[:-1]):
                    return True
    return False


@given(st.text(ALPHABET, max_size=30), st.text(ALPHABET, min_size=1, max_size=8))
@example("东区，西区", "东区西区")
@example("混凝土（C40）", "土c40")
def test_what_the_words_find_is_what_reading_finds(text: str, typed: str):
    for word in asked(typed):
        if word.initials:
            continue

        assert is_indexed(text, word) == is_found(text, word), word


@given(st.text(ALPHABET, max_size=30), st.text(ALPHABET, min_size=1, max_size=8))
def test_a_passage_shows_a_place_wherever_something_is_found(text: str, typed: str):
    words = [one for one in asked(typed) if not one.initials]

    parts = passage(text, words, by_initials=False)

    assert any(hit for _, hit in parts) == any(is_found(text, word) for word in words)
    assert not parts or "".join(part for part, _ in parts) == text


def test_initials_and_ends_of_numbers_are_words_of_their_own():
    found = list(beside("东区 20260307", is_named=True))

    assert found == [f"{INITIALS}dq", *(f"{TAIL}{'20260307'[at:]}" for at in range(1, 6))]


@pytest.mark.parametrize(("name", "letters"), [("重庆长沙", "cqcs"), ("银行行长", "yhhz"), ("B栋", "Bd")])
def test_words_decide_how_a_character_is_read(name: str, letters: str):
    assert initials(name) == letters


def test_a_long_text_is_cut_around_the_first_place():
    parts = passage("一" * 100 + "钢筋" + "二" * 100, asked("钢筋"), by_initials=False)

    assert [hit for _, hit in parts] == [False, False, True, False, False]
    assert "".join(part for part, _ in parts) == "…" + "一" * 16 + "钢筋" + "二" * 54 + "…"
