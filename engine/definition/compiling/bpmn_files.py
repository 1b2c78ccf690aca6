"""Files that flows came from: documentation beside a flow, checked for the flow that they name."""

from collections.abc import Iterable

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Workbench, text_of


def check_bpmn_files(bench: Workbench, documents: Iterable[Document], flows: frozenset[str]) -> None:
    """Report every file whose flow is not there."""
    for document in documents:
        named = text_of(document.body, "flow")
        if named and f"{document.module}.{named}" not in flows and named not in bench.lost:
            known = [key.partition(".")[2] for key in flows if key.startswith(f"{document.module}.")]
            bench.unknown(document, "/flow", "bpmn_flow_unknown", named, known)
