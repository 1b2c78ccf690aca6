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


def sniff(head: bytes) -> str:
    """Return the type that the first bytes tell, or an empty text."""
    return next((kind for magic, at, kind in _SIGNATURES if head[at : at + len(magic)] == magic), "")


def media_type(name: str) -> str:
    """Return the type that a name tells."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


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
    told = media_type(name)
    return told in {kind, "application/octet-stream"} or told.partition("/")[0] == kind.partition("/")[0]
