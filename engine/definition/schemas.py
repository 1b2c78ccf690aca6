"""The JSON meta-schemas: package data, loaded once.

They stand in `schemas/v1` of the project; a wheel carries them inside the package.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

ADDRESS = "https://formwork.dev/schemas/v1/"
KINDS = (
    "module", "options", "entity", "form", "view", "flow", "bpmn", "decision", "automation", "permissions", "measure", "dashboard", "scenario", "locale",
)  # fmt: skip


@cache
def schemas() -> Mapping[str, Mapping[str, object]]:
    """Return every meta-schema by its address."""
    files = (file for file in _folder().iterdir() if file.name.endswith(".schema.json"))
    documents = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(files, key=lambda file: file.name)]
    return {document["$id"]: document for document in documents}


def address(kind: str) -> str:
    """Return the address of the schema of a kind of document."""
    return f"{ADDRESS}{kind}.schema.json"


def _folder() -> Traversable:
    packaged = resources.files("engine") / "schemas" / "v1"
    return packaged if packaged.is_dir() else Path(str(resources.files("engine"))).parent / "schemas" / "v1"
