"""JSON Pointers (RFC 6901): the one way this project names a place inside a document."""

from collections.abc import Iterable


def escape(part: str | int) -> str:
    """Return one reference token, escaped as RFC 6901 section 3 asks."""
    text = str(part)
    # Names hardly ever have either, and pointers are made for every value of every record.
    return text.replace("~", "~0").replace("/", "~1") if "~" in text or "/" in text else text


def unescape(token: str) -> str:
    """Return the key or index that an escaped reference token stands for."""
    return token.replace("~1", "/").replace("~0", "~")


def pointer(parts: Iterable[str | int]) -> str:
    """Return the pointer that leads through `parts`; no parts give the empty pointer, the whole document."""
    return "".join([f"/{escape(part)}" for part in parts])


def join(start: str, *parts: str | int) -> str:
    """Return `start` extended by `parts`."""
    return start + pointer(parts)


def split(text: str) -> tuple[str, ...]:
    """Return the unescaped tokens of a pointer. The empty pointer gives no token."""
    return tuple(unescape(token) for token in text.split("/")[1:])


def resolve(document: object, text: str) -> object:
    """Return the value at a pointer.

    Raises KeyError when a step leads nowhere.
    """
    value = document
    for token in split(text):
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif isinstance(value, list) and token.isdigit() and int(token) < len(value):
            value = value[int(token)]
        else:
            raise KeyError(text)
    return value
