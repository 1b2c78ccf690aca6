"""The generated pages of docs/reference: what writes each. Run as a module, it writes them all anew."""

import importlib
from collections.abc import Mapping
from pathlib import Path

from tools.places import ROOT

# A page, and the function that gives its text: `module:function:language`, or `module:function` for one in both languages.
PAGES: Mapping[str, str] = {
    "docs/reference/expressions.md": "engine.expressions.reference:markdown:en",
    "docs/reference/expressions.zh-CN.md": "engine.expressions.reference:markdown:zh-CN",
    "docs/reference/definitions.md": "engine.definition.reference:definitions_page",
    "docs/reference/field-types.md": "engine.definition.reference:field_types_page",
    "docs/reference/domain-coverage.md": "tools.coverage:page",
    "docs/reference/settings.md": "tools.pages:settings:en",
    "docs/reference/commands.md": "tools.pages:commands:en",
    "docs/reference/problems.md": "tools.pages:problems:en",
    "docs/reference/problems.zh-CN.md": "tools.pages:problems:zh-CN",
}


def text_of(source: str) -> str:
    """Return the text of one page; needs the virtual environment."""
    module, function, *language = source.split(":")
    return str(getattr(importlib.import_module(module), function)(*language))


def write_pages(root: Path = ROOT, pages: Mapping[str, str] = PAGES) -> None:
    """Write every page, and say which."""
    for page, source in pages.items():
        file = root / page
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text_of(source), encoding="utf-8")
        print(page)


if __name__ == "__main__":
    write_pages()
