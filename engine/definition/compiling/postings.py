"""Postings: what a document writes to ledgers."""

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Part, Workbench, entries, parts, text_of
from engine.definition.model import Entity, Posting
from engine.definition.rows import row_shapes
from engine.expressions import BOOLEAN, Compiled, Scope
from engine.paths import join


def compile_postings(bench: Workbench, document: Document, entity: Entity) -> tuple[Posting, ...]:
    """Return the postings of an entity."""
    seen: set[str] = set()
    found = []
    for at, part in parts(document.body.get("postings"), "/postings"):
        name = text_of(part, "name")
        if name in seen:
            bench.report(document, join(at, "name"), "duplicate_name", name=name)
        if entity.kind != "document":
            bench.report(document, at, "posting_not_from_a_document", entity=entity.title)
        seen.add(name)
        found.append(_posting(bench, document, entity, at, part))
    return tuple(found)


def _posting(bench: Workbench, document: Document, entity: Entity, at: str, part: Part) -> Posting:
    each = text_of(part, "each")
    tables = [shape.path for shape in row_shapes(entity)]
    if each and each not in tables:
        bench.unknown(document, join(at, "each"), "unknown_table", each, tables)
        each = ""
    scope = bench.full_scopes.each(entity, each)
    ledger = bench.entity(document, join(at, "to"), part.get("to"))
    name = text_of(part, "name")
    return Posting(
        id=text_of(part, "id", name),
        name=name,
        to=ledger.key if ledger else text_of(part, "to"),
        values=_values(bench, document, ledger, at, part, scope) if ledger else {},
        each=each,
        when=bench.formula(document, at, part, "when", scope, BOOLEAN),
        fields={field.name: field for field in ledger.fields} if ledger else {},
    )


def _values(
    bench: Workbench, document: Document, ledger: Entity, at: str, part: Part, scope: Scope
) -> dict[str, Compiled]:
    if ledger.kind != "ledger":
        bench.report(document, join(at, "to"), "not_a_ledger", entity=ledger.title)
    values: dict[str, Compiled] = {}
    given = set()
    for pointer, name, text in entries(part.get("set"), join(at, "set")):
        given.add(name)
        field = ledger.field(name)
        if field is None:
            bench.unknown(document, pointer, "unknown_field", name, [one.name for one in ledger.fields])
        elif "formula" in field.settings or "rollup" in field.settings or field.lookup or field.is_table:
            bench.report(document, pointer, "posting_to_computed", name=name)
        elif isinstance(text, str):
            value = bench.expression(document, pointer, text, scope, field.expression_type)
            values |= {name: value} if value else {}
    for field in ledger.fields:
        if field.required and field.name not in given and "formula" not in field.settings:
            bench.report(document, join(at, "set"), "posting_incomplete", name=field.name, title=field.title)
    return values
