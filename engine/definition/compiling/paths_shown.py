"""Paths that a view names: to a field of the record, or through references to one value."""

from engine.definition.compiling.documents import Document
from engine.definition.compiling.entities import field_names
from engine.definition.compiling.workbench import Workbench
from engine.definition.field_paths import Resolved, resolve, system_fields
from engine.definition.model import Entity


def path_shown(bench: Workbench, document: Document, entity: Entity, at: str, path: str) -> Resolved | None:
    """Return where a path leads; what leads nowhere, or into the rows of a sub-table, is noted."""
    found = resolve(bench.entities, entity, path)
    if found is None:
        known = [*field_names(entity), *system_fields(entity.kind)]
        bench.unknown(document, at, "unknown_field", path, known)
    elif found.table or (found.field and found.field.is_table):
        bench.report(document, at, "rows_in_a_table", name=path)
    else:
        return found
    return None
