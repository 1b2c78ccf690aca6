"""Decision tables: their cells are read once when documents are checked, so that none is wrong when it is asked."""

from collections.abc import Iterable

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Workbench
from engine.definition.decisions import Table, compile_table


def check_decisions(bench: Workbench, documents: Iterable[Document]) -> None:
    """Report every cell and column that is wrong."""
    for document in documents:
        found = compile_table(document.body)
        for problem in () if isinstance(found, Table) else found:
            bench.note(problem.within(document.path))
