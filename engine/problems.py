"""Problems: findings about a document, a formula, a record or a request, as data that come all at once.

A problem carries a code and its parameters; its sentence and its remedy are texts, in every language, in
`texts/problems/*.json`, one file a room.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Literal

LANGUAGES = ("zh-CN", "en")

_OPTIONAL = re.compile(r"\[\[(.*?)\]\]")
_HOLE = re.compile(r"\{(\w+)\}")

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding.

    `pointer` is a JSON Pointer into what was checked; `file` names the document where there is more than one;
    `span` is the half-open range of characters in a formula's text.
    """

    code: str
    pointer: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"
    file: str = ""
    span: tuple[int, int] | None = None

    def under(self, prefix: str) -> "Problem":
        """Return the same finding seen from further up: `prefix` is put before its pointer."""
        return replace(self, pointer=prefix + self.pointer)

    def within(self, file: str) -> "Problem":
        """Return the same finding, placed in `file`."""
        return replace(self, file=file)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person reads: what is wrong, and what to do."""

    text: str
    remedy: str


class _Blank(dict[str, object]):
    """Parameters in which what is missing is shown by its name, so that no sentence is lost to a missing value."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


@cache
def _texts() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    merged: dict[str, Mapping[str, Mapping[str, str]]] = {}
    for file in (resources.files("engine") / "texts" / "problems").iterdir():
        if file.name.endswith(".json"):
            merged |= json.loads(file.read_text(encoding="utf-8"))
    return merged


def known_codes() -> frozenset[str]:
    """Return every code that has texts."""
    return frozenset(_texts())


def wording(code: str, params: Mapping[str, object], language: str) -> Wording:
    """Return the sentence and the remedy of a code in a language; a parameter may itself be a text by language.

    What stands in double brackets is left out when a parameter in it is blank: `[[Did you mean {near}?]]`.
    """
    texts = _texts().get(code, {})
    chosen = texts.get(language) or texts.get("zh-CN") or {"text": code, "remedy": ""}
    shown = _Blank({key: _in_language(value, language) for key, value in params.items()})
    return Wording(_filled(chosen["text"], shown), _filled(chosen.get("remedy", ""), shown))


def _filled(text: str, shown: Mapping[str, object]) -> str:
    def kept(part: re.Match[str]) -> str:
        return "" if any(shown.get(name) in (None, "") for name in _HOLE.findall(part[1])) else part[1]

    return _OPTIONAL.sub(kept, text).format_map(shown).strip()


def describe(problem: Problem, language: str) -> Wording:
    """Return what a person reads about a problem."""
    return wording(problem.code, problem.params, language)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return those problems that block."""
    return tuple(problem for problem in problems if problem.severity == "error")


def _in_language(value: object, language: str) -> object:
    if isinstance(value, Mapping):
        return value.get(language) or value.get("zh-CN") or next(iter(value.values()), "")
    if isinstance(value, (list, tuple)):
        return ", ".join(str(part) for part in value)
    return value
