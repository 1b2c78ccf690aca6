"""The package around an xlsx workbook (ECMA-376 part 2), looked through before its cells are read.

A few kilobytes can claim to be billions of cells. So every part that will be read is unpacked once under a limit, which
also proves its size and checksum, and the cells are counted where they stand.
"""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from engine.errors import Invalid
from engine.problems import Problem

MOST_BYTES = 400 * 2**20
"""Of all parts together, unpacked."""
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 200_000, 1_000, 6_000_000
MOST_TEXT = 1_000_000_000
"""Characters, were the longest text meant by every cell that points at a text."""
MOST_BROKEN = 10_000
_CHUNK, _OVERLAP = 2**20, 70_000

_FILLED = re.compile(rb'<c\b(?=[^>]*\br="([A-Z]{1,4})([0-9]{1,8})")(?P<told>[^>]*[^/>])>(?!</c>)')
_BROKEN = re.compile(
    rb'<c\b(?=[^>]*\br="([A-Z]{1,4})([0-9]{1,8})")[^>]*\bt="e"[^>]*>(?:<f[^>]*>[^<]*</f>)?<v>([^<]{1,20})</v>'
)
_UNKNOWN = re.compile(rb'<c\b(?=[^>]*\br="([A-Z]{1,4})([0-9]{1,8})")[^>]*><f[^>]*>[^<]*</f>(?:<v></v>|<v/>)?</c>')
_TEXT = re.compile(rb"<t\b[^>]*>([^<]*)</t>")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(slots=True)
class Package:
    """What was found: cells that say an error or a formula without value, by sheet part, row and column (from 0)."""

    broken: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)


_SEEN: dict[bytes, Package] = {}
"""By digest, what was found of the last packages: a file is opened some times on its way in, and its bytes say the same each time."""
_MOST_SEEN = 8


def look_through(content: BinaryIO, name: str) -> Package:
    """Return what was found of a package. Raises Invalid for anything that is no workbook or too large to be true."""
    head = content.read(8)
    content.seek(0)
    if head == _OLE:
        raise _refused("workbook_locked" if _is_encrypted(content) else "workbook_is_old", name)
    if not head.startswith(b"PK"):
        raise _refused("not_a_workbook", name)
    key = _digest(content)
    known = _SEEN.get(key)
    if known is not None:
        return known
    try:
        with zipfile.ZipFile(content) as package:
            found = _looked_through(package, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise _refused("workbook_damaged", name) from error
    while len(_SEEN) >= _MOST_SEEN:
        _SEEN.pop(next(iter(_SEEN)), None)
    _SEEN[key] = found
    return found


def _looked_through(package: zipfile.ZipFile, name: str) -> Package:
    parts = {one.filename: one for one in package.infolist()}
    if len(parts) != len(package.infolist()) or not any(part.lower() == "xl/workbook.xml" for part in parts):
        raise _refused("not_a_workbook", name)
    if any(one.flag_bits & 1 for one in parts.values()):
        raise _refused("workbook_locked", name)
    read = [one for one in parts.values() if one.filename.lower().endswith((".xml", ".rels", ".vml"))]
    if sum(one.file_size for one in read) > MOST_BYTES or len(parts) > 5000:
        raise _refused("workbook_too_large", name, megabytes=MOST_BYTES // 2**20)
    found = Package()
    longest, meant = 0, 0
    for one in read:
        part = one.filename
        if part.lower().startswith("xl/worksheets/sheet"):
            meant += _sheet(package, part, found, name)
        elif part.lower().endswith("sharedstrings.xml"):
            longest = max(
                (len(text[1]) for chunk in _chunks(package, part) for text in _TEXT.finditer(chunk)), default=0
            )
        else:
            for _ in _chunks(package, part):
                pass
    if longest * meant > MOST_TEXT:
        raise _refused("workbook_too_large", name, megabytes=MOST_TEXT // 2**20)
    return found


def _sheet(package: zipfile.ZipFile, part: str, found: Package, name: str) -> int:
    """Count the cells of a sheet, note the broken ones, and return how many point at a text."""
    rows, meant, seen = 0, 0, -1
    filled: set[bytes] = set()
    broken = found.broken.setdefault(part.lower(), {})
    for chunk, start in _overlapping(package, part):
        for cell in _FILLED.finditer(chunk):
            if start + cell.start() <= seen:
                continue
            seen = start + cell.start()
            letters, row, told = cell.groups()
            filled.add(letters)
            rows = max(rows, int(row))
            meant += b't="s"' in told
        for pattern in (_BROKEN, _UNKNOWN):
            for cell in pattern.finditer(chunk):
                if len(broken) < MOST_BROKEN:
                    said = cell[3].decode("utf-8", "replace") if pattern is _BROKEN else "="
                    broken[int(cell[2]) - 1, column_number(cell[1]) - 1] = said
    columns = max(map(column_number, filled), default=0)
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        limits = {"rows": rows, "columns": columns, "most_rows": MOST_ROWS, "most_columns": MOST_COLUMNS}
        raise _refused("sheet_too_large", name, **limits)
    return meant


def column_number(letters: bytes) -> int:
    """Return the number of a column from its letters: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _overlapping(package: zipfile.ZipFile, part: str) -> Iterator[tuple[bytes, int]]:
    """Yield stretches of a part with their place; each begins with the end of the one before, so that no cell is cut."""
    kept, start = b"", 0
    for chunk in _chunks(package, part):
        whole = kept + chunk
        yield whole, start
        kept = whole[-_OVERLAP:]
        start += len(whole) - len(kept)


def _chunks(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    # Reading to the end proves the size that the package tells, and the checksum.
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _digest(content: BinaryIO) -> bytes:
    digest = hashlib.sha256()
    content.seek(0)
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    content.seek(0)
    return digest.digest()


def _is_encrypted(content: BinaryIO) -> bool:
    found = "EncryptedPackage".encode("utf-16-le") in content.read()
    content.seek(0)
    return found


def _refused(code: str, name: str, **told: object) -> Invalid:
    return Invalid([Problem(code, "/file", {"name": name, **told})])
