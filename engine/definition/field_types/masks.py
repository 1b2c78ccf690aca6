"""How a value looks to those who may only see a part of it."""

import re
from collections.abc import Callable, Mapping

DOT = "•"
DOTS = DOT * 6
"""What stands for a value of which nothing may be seen; its length says nothing about the value."""


def masked(text: str, how: str) -> str:
    """Return a text with its middle dotted out: `id`, `phone`, `bank`, `name`; anything else hides all of it."""
    return _MASKS.get(how, _all)(text.strip()) if text.strip() else ""


def _ends(text: str, head: int, tail: int) -> str:
    # Too short a text would be told by its ends.
    if len(text) < (head + tail) * 3 // 2 + 1:
        return DOTS
    return text[:head] + DOT * (len(text) - head - tail) + text[len(text) - tail :]


def _id(text: str) -> str:
    return _ends(text, 3, 4) if len(text) > 10 else _ends(text, 1, 2)


def _phone(text: str) -> str:
    country, digits = ("", text)
    if text.startswith("+"):
        country, _, digits = text.partition(" ")
    bare = re.sub(r"[^0-9]", "", digits)
    hidden = _ends(bare, 3, 4) if len(bare) > 8 else _ends(bare, 1, 2)
    return f"{country} {hidden}".strip() if country != text else _ends(text, 4, 3)


def _bank(text: str) -> str:
    digits = text.replace(" ", "")
    return f"{DOT * 4} {digits[-4:]}" if len(digits) >= 8 else DOTS


def _name(text: str) -> str:
    return text[0] + DOT * 2


def _all(_: str) -> str:
    return DOTS


_MASKS: Mapping[str, Callable[[str], str]] = {"id": _id, "phone": _phone, "bank": _bank, "name": _name, "all": _all}
