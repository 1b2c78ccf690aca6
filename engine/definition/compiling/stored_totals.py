"""Measures whose totals are kept: that a difference can be told from the record that changes, and from nothing else."""

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Workbench, strings
from engine.definition.field_paths import resolve
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Measure
from engine.expressions import BOOLEAN, DATE, NUMBER, TEXT, Compiled, RecordOf
from engine.expressions.tree import path

MOST_DIMENSIONS = 8
MOST_DIGITS = 18
_PLAIN = (TEXT, NUMBER, DATE, BOOLEAN)


def stored_dimensions(
    bench: Workbench, document: Document, measure: Measure, entity: Entity, table: str
) -> tuple[str, ...] | None:
    """Return the dimensions by which totals are kept; None where none are, or a finding stands in the way."""
    told = document.body.get("stored", False)
    if told is False or told is None:
        return None
    known = [one.name for one in measure.dimensions]
    names = known if told is True else [name for _, name in strings(told)]
    before = len(bench.problems)
    for pointer, name in strings(told, "/stored"):
        if name not in known:
            bench.unknown(document, pointer, "measure_lacks_dimension", name, known)
    if len(names) > MOST_DIMENSIONS:
        bench.report(document, "/stored", "stored_dimensions", limit=MOST_DIMENSIONS)
    if measure.aggregate not in {"sum", "count", "avg"}:
        bench.report(document, "/aggregate", "stored_aggregate", aggregate=measure.aggregate)
    if measure.aggregate != "count" and not _is_stored_number(bench, entity, table, measure.value):
        bench.report(document, "/value", "stored_value")
    asked = [("/value", measure.value), ("/where", measure.where)]
    asked += [("/dimensions", one.value) for one in measure.dimensions if one.name in names]
    for at, compiled in asked:
        _check_reads(bench, document, entity, table, compiled, at)
    for one in measure.dimensions:
        if one.name in names and not (one.type in _PLAIN or isinstance(one.type, RecordOf)):
            bench.report(document, "/dimensions", "stored_reads", path=one.name)
    return tuple(names) if len(bench.problems) == before else None


def _is_stored_number(bench: Workbench, entity: Entity, table: str, value: Compiled | None) -> bool:
    named = path(value.tree) if value else None
    found = resolve(bench.entities, entity, named, table) if named else None
    field = found.field if found and not found.hops else None
    if field is None or not field.is_stored:
        return False
    kind = FIELD_TYPES[field.type].column(field)
    return kind.kind == "integer" or (kind.kind == "decimal" and (kind.digits or 0) <= MOST_DIGITS)


def _check_reads(
    bench: Workbench, document: Document, entity: Entity, table: str, compiled: Compiled | None, at: str
) -> None:
    if compiled is None:
        return
    if compiled.volatile:
        bench.report(document, at, "stored_reads", path=compiled.text)
    for one in sorted(compiled.reads):
        found = resolve(bench.entities, entity, one, table)
        below = found is not None and found.table and not (table == found.table or table.startswith(f"{found.table}."))
        if found is not None and (found.hops or below or (found.field is not None and not found.field.is_stored)):
            bench.report(document, at, "stored_reads", path=one)
