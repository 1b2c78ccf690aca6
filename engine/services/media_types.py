"""What a file is: told from its first bytes where they say it, and from its name where they do not."""

import mimetypes
from collections.abc import Iterable

_SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF8", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"%PDF-", 0, "application/pdf"),
    (b"MZ", 0, "application/x-msdownload"),
    (b"\x7fELF", 0, "application/x-executable"),
    (b"#!", 0, "text/x-script"),
)
_SIGNED = frozenset(kind for _, _, kind in _SIGNATURES)
_UNKNOWN = "application/octet-stream"
_UNSAFE = frozenset({"application/x-msdownload", "application/x-executable", "text/x-script"})
_UNSAFE_ENDINGS = (
    ".exe",
    ".bat",
    ".cmd",
    ".com",
    ".scr",
    ".js",
    ".vbs",
    ".ps1",
    ".sh",
    ".msi",
    ".dll",
    ".html",
    ".htm",
    ".svg",
)


def kind_of(head: bytes, name: str) -> str:
    """Return the type that the first bytes tell, else the one that the name tells.

    A type that has a signature is never believed without it: text that is called a picture is of no known type.
    """
    seen = next((kind for magic, at, kind in _SIGNATURES if head[at : at + len(magic)] == magic), "")
    told = _told(name)
    return seen or (_UNKNOWN if told in _SIGNED else told)


def fits(name: str, kind: str, accepted: Iterable[str]) -> bool:
    """Say whether a file may be kept: nothing that runs, and where types are named, one of them by name and by content."""
    ending = "." + name.rpartition(".")[2].lower() if "." in name else ""
    if kind in _UNSAFE or ending in _UNSAFE_ENDINGS:
        return False
    wanted = tuple(accepted)
    return not wanted or (any(_matches(ending, kind, one.lower()) for one in wanted) and _agrees(name, kind))


def _matches(ending: str, kind: str, wanted: str) -> bool:
    if wanted.startswith("."):
        return ending == wanted
    return kind.startswith(wanted[:-1]) if wanted.endswith("/*") else kind == wanted


def _agrees(name: str, kind: str) -> bool:
    """Say whether name and content speak of the same: a picture may not call itself a document, nor the other way."""
    told = _told(name)
    if told in _SIGNED:
        return told == kind
    return told in {kind, _UNKNOWN} or told.partition("/")[0] == kind.partition("/")[0]


def _told(name: str) -> str:
    return mimetypes.guess_type(name)[0] or _UNKNOWN
