"""What the steps of a flow and their branches are called, in every language."""

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Part, Workbench, parts, text_of
from engine.definition.model import Text
from engine.paths import join


def flow_titles(bench: Workbench, document: Document) -> dict[str, Text]:
    """Return titles by the id of the step, and by `step/branch` for branches."""
    titles: dict[str, Text] = {}
    _steps(bench, document, document.body.get("steps"), "/steps", titles)
    return titles


def _steps(bench: Workbench, document: Document, value: object, at: str, titles: dict[str, Text]) -> None:
    for pointer, step in parts(value, at):
        name = _id(step)
        titles[name] = bench.text(document, join(pointer, "title"), step.get("title"))
        for below, branch in parts(step.get("branches"), join(pointer, "branches")):
            titles[f"{name}/{_id(branch)}"] = bench.text(document, join(below, "title"), branch.get("title"))
            _steps(bench, document, branch.get("steps"), join(below, "steps"), titles)


def _id(part: Part) -> str:
    return text_of(part, "id") or text_of(part, "name")
