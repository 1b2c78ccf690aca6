"""Names of our language from the names and ids of other tools, and expressions from theirs."""

import re
import unicodedata

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_LONGEST = 60
_WRAPPED = re.compile(r"\s*[$#]\{(.*)\}\s*\Z", re.DOTALL)
_TEXT = re.compile(r"""("[^"]*"|'[^']*')""")
_SIGNS = (
    (re.compile(r"&&"), " AND "),
    (re.compile(r"\|\|"), " OR "),
    (re.compile(r"!="), "<>"),
    (re.compile(r"={2,3}"), "="),
    (re.compile(r"!(?![=])"), " NOT "),
)


class Names:
    """Gives names that are free."""

    def __init__(self, *taken: str) -> None:
        self._taken = set(taken)

    def take(self, *wishes: str, otherwise: str) -> str:
        """Return the first wish that can be a name, with a number where it is taken."""
        stem = next((found for wish in wishes if (found := slug(wish))), otherwise)
        number, name = 1, stem
        while name in self._taken:
            number += 1
            name = f"{stem}_{number}"
        self._taken.add(name)
        return name


def slug(text: str) -> str:
    """Return text as a name of our language, nothing where it has no letters of ours at its beginning."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    known = len(letters) * 2 >= len(text)
    found = re.sub(r"[^a-z0-9]+", "_", letters.lower()).strip("_")[:_LONGEST].rstrip("_")
    return found if known and _NAME.match(found) else ""


def formula(condition: str) -> str:
    """Return a condition of another language with our signs for theirs; whether it means something here is for the compiler to say."""
    wrapped = _WRAPPED.match(condition)
    inner = wrapped[1] if wrapped and "${" not in wrapped[1] else condition.removeprefix("=")
    parts = _TEXT.split(inner)
    made = "".join(_string(part) if index % 2 else _signs(part) for index, part in enumerate(parts))
    return made.strip()[:10_000]


def _string(part: str) -> str:
    return part if part.startswith('"') else '"' + part[1:-1].replace('"', '""') + '"'


def _signs(part: str) -> str:
    for sign, ours in _SIGNS:
        part = sign.sub(ours, part)
    return re.sub(r" {2,}", " ", part)
