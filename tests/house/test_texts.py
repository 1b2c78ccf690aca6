"""Every code that the engine emits can be read, with its remedy, in every language."""

import json
from pathlib import Path

import pytest

from tests.house.checks.sources import ROOT
from tests.house.checks.texts import codes_without_texts, incomplete_texts, used_codes
from tests.house.conftest import Write

ENGLISH = {"text": "{name} is late.", "remedy": "Be early."}
CHINESE = {"text": "{name} 已逾期。", "remedy": "请提前。"}
TEXTS = "engine/texts/problems/orders.json"


def test_every_text_is_complete_in_every_language() -> None:
    assert incomplete_texts(ROOT) == []


def test_every_code_that_is_used_has_a_text() -> None:
    assert codes_without_texts(ROOT) == []


def test_the_engine_uses_codes_that_the_check_can_see() -> None:
    assert "not_found" in {code for _, _, code in used_codes(ROOT)}


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ({"zh-CN": CHINESE}, "languages"),
        ({"zh-CN": CHINESE, "en": {"text": "Late."}}, "en must have"),
        ({"zh-CN": CHINESE | {"remedy": " "}, "en": ENGLISH}, "zh-CN must have"),
        ({"zh-CN": CHINESE, "en": ENGLISH | {"text": "It is late."}}, "same parameters"),
    ],
)
def test_an_incomplete_text_is_caught(write: Write, tmp_path: Path, entry: dict[str, object], complaint: str) -> None:
    write(TEXTS, json.dumps({"late": entry}))

    found = incomplete_texts(tmp_path)

    assert len(found) == 1
    assert complaint in found[0]


def test_a_code_with_two_texts_is_caught(write: Write, tmp_path: Path) -> None:
    text = json.dumps({"late": {"zh-CN": CHINESE, "en": ENGLISH}})
    write(TEXTS, text)
    write("engine/texts/problems/items.json", text)

    assert len(incomplete_texts(tmp_path)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Problem('late')",
        "Problem(pointer='/a', code='late')",
        "Problem('late' if hurry else 'early')",
        "Conflict('late', {'name': 1})",
        "Tardy('late')",
        "def found(row, code) -> Problem: ...\nfound(1, 'late')",
        "def refuse(code, row):\n    raise Conflict(code)\nrefuse('late', 1)",
        "class Late(Conflict):\n    def __init__(self):\n        super().__init__('late')",
        "class Clock:\n    def _no(self, at, code) -> list[Problem]: ...\n    def run(self): return self._no(1, 'late')",
        "from engine.findings import finding\nfinding('late')",
    ],
)
def test_a_code_without_a_text_is_caught(write: Write, tmp_path: Path, line: str) -> None:
    write("engine/errors.py", REFUSALS)
    write("engine/findings.py", "def finding(code) -> Problem:\n    return Problem(code)\n")
    write("engine/services/orders.py", f"{line}\n")
    write(TEXTS, json.dumps({"early": {"zh-CN": CHINESE, "en": ENGLISH}}))

    found = codes_without_texts(tmp_path)

    assert len(found) == 1
    assert found[0].startswith("engine/services/orders.py:")
    assert found[0].endswith(": late")


def test_a_code_with_a_text_passes(write: Write, tmp_path: Path) -> None:
    write("engine/errors.py", REFUSALS)
    write("engine/services/orders.py", "raise Conflict('late', {'kind': 'order'})\n")
    write(TEXTS, json.dumps({"late": {"zh-CN": CHINESE, "en": ENGLISH}}))

    assert codes_without_texts(tmp_path) == []


REFUSALS = """
class FormworkError(Exception):
    def __init__(self, code, params=None): ...
class Conflict(FormworkError): ...
class Tardy(Conflict): ...
"""
