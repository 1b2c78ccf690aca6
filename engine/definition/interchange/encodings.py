"""Bytes to text and back without loss: the encoding is found as XML 1.0 (appendix F) says."""

import codecs
import re

from engine.problems import Problem

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BARE = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"), (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"))
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")


def decoded(data: bytes) -> tuple[str, str] | Problem:
    """Return the text of a file, a mark of the byte order kept as its first character, and the name of its encoding."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
        faithful = text.encode(encoding) == data
    except (LookupError, UnicodeError) as error:
        return Problem("xml_encoding", "", {"encoding": encoding, "reason": str(error)[:200]})
    return (text, encoding) if faithful else Problem("xml_encoding", "", {"encoding": encoding, "reason": ""})


def encoded(text: str, encoding: str) -> bytes:
    """Return the bytes of a text; what its encoding cannot say is written as a character reference."""
    return text.encode(encoding, errors="xmlcharrefreplace")


def _encoding(data: bytes) -> str:
    for mark, encoding in (*_MARKS, *_BARE):
        if data.startswith(mark):
            return encoding
    found = _DECLARED.match(data[:400])
    return found[1].decode("ascii").lower() if found else "utf-8"
