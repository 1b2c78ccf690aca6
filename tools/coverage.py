"""The page that says where in the modules each rule of the domain is said; its rows stand in docs/coverage."""

import json
from collections.abc import Iterator
from typing import Any

from tools.places import ROOT

_INTRODUCTION = """# What the modules say / 各项规则写在哪里

Every formula, control rule (R-), alert (A-) and posting (P-) of the four centres: where it stands in `modules/`, by which keyword, and which
scenario proves it. What is not said yet names what is missing. Generated from `docs/coverage`; a test asks for every place and scenario.
"""


def coverage() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield the title of each part with its rows: id, text, and either where, keyword and proof, or what is missing as open."""
    for file in sorted((ROOT / "docs" / "coverage").glob("*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        yield document["title"], document["rows"]


def stands(where: str) -> bool:
    """Return whether a place exists; a step of the pointer into a list is the `name` of its member."""
    path, _, pointer = where.partition("#/")
    file = ROOT / "modules" / path
    found: Any = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
    for step in pointer.split("/"):
        members = {one["name"]: one for one in found} if isinstance(found, list) else found
        found = members.get(step) if isinstance(members, dict) else None
    return found is not None


def page() -> str:
    """Return the page."""
    return _INTRODUCTION + "".join(_part(title, rows) for title, rows in coverage())


def _part(title: str, rows: list[dict[str, str]]) -> str:
    head = f"\n## {title}\n\n| what | meaning | where | keyword | proof |\n|---|---|---|---|---|\n"
    return head + "".join(_line(row) for row in rows)


def _line(row: dict[str, str]) -> str:
    proof = f"`{row['proof']}`" if "proof" in row else ""
    if "open" in row:
        return f"| {row['id']} | {row['text']} | not yet | {row['open']} | {proof} |\n"
    return f"| {row['id']} | {row['text']} | `{row['where']}` | {row['keyword']} | {proof} |\n"
