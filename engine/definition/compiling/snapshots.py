"""Whether a snapshot can be taken: its reference stands beside it, and what it keeps is there to be kept."""

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Workbench, strings, text_of
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.paths import join


def check_snapshot(bench: Workbench, document: Document, entity: Entity, field: Field, place: str, table: str) -> None:
    """Note a snapshot of no reference, and fields that it cannot keep."""
    if not FIELD_TYPES[field.type].freezes:
        return
    rows = entity.at(table) if table else None
    source = text_of(field.settings, "of")
    reference = rows.field(source) if rows else entity.field(source)
    if reference is None or not reference.to or FIELD_TYPES[reference.type].json_type == "array":
        bench.report(document, join(place, "of"), "snapshot_source", name=source)
        return
    target = bench.entities.get(reference.to)
    for at, name in strings(field.settings.get("fields"), join(place, "fields")):
        kept = target.field(name) if target else None
        if target and (kept is None or kept.is_table or FIELD_TYPES[kept.type].is_guarded(kept)):
            bench.unknown(document, at, "snapshot_field", name, [one.name for one in target.fields])
