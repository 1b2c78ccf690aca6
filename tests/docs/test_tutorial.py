"""The module of the tutorial is sound, as it stands on the page."""

import json
import re
from pathlib import Path

from engine.definition import Configuration, compile_documents

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorial.md"
FILE = re.compile(r"`modules/(\S+\.json)`\n\n```json\n(.*?)```", re.DOTALL)


def test_the_module_of_the_tutorial_compiles() -> None:
    documents = {path: json.loads(text) for path, text in FILE.findall(PAGE.read_text(encoding="utf-8"))}

    compiled = compile_documents(documents)

    assert len(documents) == 3
    assert isinstance(compiled, Configuration), compiled
