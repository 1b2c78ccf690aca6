"""Postings: what a document writes to ledgers."""

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Part, Workbench, entries, object_of, parts, text_of
from engine.definition.model import Entity, Posting
from engine.definition.rows import is_within, row_shapes
from engine.definition.splits import Split
from engine.expressions import BOOLEAN, NUMBER, Compiled, Scope
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
    each = _table(bench, document, entity, join(at, "each"), text_of(part, "each"))
    over = _over(bench, document, entity, at, part, each)
    scope = bench.full_scopes.each(entity, over or each)
    whole = bench.full_scopes.each(entity, each)
    ledger = bench.entity(document, join(at, "to"), part.get("to"))
    name = text_of(part, "name")
    shared = {text_of(object_of(part, "split"), "field"): whole} if over else {}
    # Without the rows that share nothing can be said of what stands in them.
    is_clear = bool(over) or "split" not in part
    values = _values(bench, document, ledger, at, part, scope, shared) if ledger and is_clear else {}
    return Posting(
        id=text_of(part, "id", name),
        name=name,
        to=ledger.key if ledger else text_of(part, "to"),
        values=values,
        each=each,
        when=bench.formula(document, at, part, "when", scope, BOOLEAN) if is_clear else None,
        fields={field.name: field for field in ledger.fields} if ledger else {},
        split=_split(bench, document, ledger, at, part, over, scope) if ledger and over else None,
    )


def _table(bench: Workbench, document: Document, entity: Entity, at: str, name: str) -> str:
    tables = [shape.path for shape in row_shapes(entity)]
    if name and name not in tables:
        bench.unknown(document, at, "unknown_table", name, tables)
        return ""
    return name


def _over(bench: Workbench, document: Document, entity: Entity, at: str, part: Part, each: str) -> str:
    """Return the sub-table that a split shares among: one below the rows that the amount is of."""
    place = join(at, "split", "over")
    over = _table(bench, document, entity, place, text_of(object_of(part, "split"), "over"))
    if over and (over == each or not is_within(over, each)):
        bench.report(document, place, "split_not_within", over=over, each=each)
        return ""
    return over


def _split(
    bench: Workbench, document: Document, ledger: Entity, at: str, part: Part, over: str, scope: Scope
) -> Split | None:
    told = object_of(part, "split")
    name, place = text_of(told, "field"), join(at, "split")
    field = ledger.field(name)
    if field is None:
        bench.unknown(document, join(place, "field"), "unknown_field", name, [one.name for one in ledger.fields])
    elif name not in object_of(part, "set") or field.expression_type != NUMBER:
        bench.report(document, join(place, "field"), "split_of_no_number", name=name)
    weight = bench.formula(document, place, told, "weight", scope, NUMBER)
    if field is None or weight is None:
        return None
    scale = told.get("scale", field.scale)
    return Split(over, weight, name, scale if isinstance(scale, int) else 2)


def _values(
    bench: Workbench,
    document: Document,
    ledger: Entity,
    at: str,
    part: Part,
    scope: Scope,
    shared: dict[str, Scope],
) -> dict[str, Compiled]:
    """Return what is written by field of the ledger; what is shared among rows is asked where it stands as a whole."""
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
            value = bench.expression(document, pointer, text, shared.get(name, scope), field.expression_type)
            values |= {name: value} if value else {}
    for field in ledger.fields:
        if field.required and field.name not in given and "formula" not in field.settings:
            bench.report(document, join(at, "set"), "posting_incomplete", name=field.name, title=field.title)
    return values
