"""Roll-ups: what a record keeps of the records that point at it, checked where it is declared."""

from collections.abc import Mapping
from typing import get_args

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Part, Workbench, choice, object_of, qualified_name, text_of
from engine.definition.field_paths import resolve
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.definition.rollup import Rollup, RollupAggregate
from engine.definition.rollup_order import circles, fed_formulas
from engine.expressions import BOOLEAN, NUMBER, Compiled, Scope, Type, compile_expression, type_words, unify
from engine.expressions.tree import path
from engine.paths import join

POINTING = frozenset({"reference", "tree_parent"})
_CONDITIONS = frozenset({"any", "all"})
_AVERAGE_DIGITS = 2
"""An average is worked out from values with so many more digits than it shows."""


def compile_rollup(
    bench: Workbench, document: Document, entity: Entity, field: Field, place: str, table: str
) -> Rollup | None:
    """Return the roll-up that a field declares, None if there is none or a bad one, which is noted."""
    part = object_of(field.settings, "rollup")
    at = join(place, "rollup")
    if not part:
        return None
    if table:
        bench.report(document, at, "rollup_in_rows", name=field.name)
        return None
    source = _source(bench, document, text_of(part, "from"), join(at, "from"))
    if source is None:
        return None
    child, rows = source
    via = _via(bench, document, entity, child, rows, text_of(part, "via"), join(at, "via"))
    tree = part.get("tree") is True
    if tree and not entity.parent:
        bench.report(document, join(at, "tree"), "rollup_without_tree", entity=entity.title)
    aggregate = choice(part.get("aggregate"), get_args(RollupAggregate), "sum")
    scope = bench.scopes.plain(child, rows)
    value = _value(bench, document, field, part, aggregate, scope, at)
    where = bench.asked(document, at, part, "where", scope, BOOLEAN)
    for key, compiled in (("value", value), ("where", where)):
        _check_reads(bench, document, child, rows, compiled, join(at, key))
    if value is not None and aggregate in ("min", "max") and path(value.tree) is None:
        bench.report(document, join(at, "value"), "rollup_extreme_of_expression", aggregate=aggregate)
    if not via:
        return None
    digits = (field.scale or 0) + (_AVERAGE_DIGITS if aggregate == "avg" else 0)
    if value is not None and value.type == NUMBER and aggregate in ("sum", "avg"):
        value = _rounded(bench, child, rows, value, digits, scope)
    shape = "/".join((child.key, *rows.split("."))) if rows else child.key
    return Rollup(shape, via, aggregate, value, where, tree, digits)


def check_rollups(bench: Workbench, documents: tuple[Document, ...], entities: Mapping[str, Entity]) -> None:
    """Note circles over entities, and formulas that a roll-up feeds although they change with the time."""
    by_key = {document.key: document for document in documents}
    for circle in circles(entities):
        shape, _, name = circle[0].rpartition(".")
        key, _, tables = shape.partition("/")
        at = join(
            "/schema/properties", *(part for table in tables.split("/") if table for part in _inside(table)), name
        )
        bench.report(by_key[key], at, "rollup_cycle", path=" -> ".join(circle))
    for key, entity in entities.items():
        for name in fed_formulas(entity):
            field = entity.at(name)
            if field is not None and field.formula is not None and field.formula.volatile:
                at = "/schema/properties/" + name.replace(".", "/items/properties/")
                bench.report(by_key[key], join(at, "x-field", "formula"), "rollup_feeds_volatile", name=field.name)


def _inside(table: str) -> tuple[str, str, str]:
    return table, "items", "properties"


def _source(bench: Workbench, document: Document, written: str, at: str) -> tuple[Entity, str] | None:
    """Return entity and path of the sub-table of `entity`, `entity.lines`, each with or without its module."""
    first, _, rest = written.partition(".")
    if (
        f"{document.module}.{first}" in bench.entities
        and qualified_name(written, document.module) not in bench.entities
    ):
        found, table = bench.entities[f"{document.module}.{first}"], rest
    else:
        name = ".".join(written.split(".")[:2])
        found_or_none, table = bench.entity(document, at, name), ".".join(written.split(".")[2:])
        if found_or_none is None:
            return None
        found = found_or_none
    rows: Entity | Field | None = found
    for name in table.split(".") if table else ():
        inner = rows.field(name) if rows else None
        rows = inner if inner and inner.is_table else None
    if rows is None:
        bench.unknown(document, at, "unknown_table", table, [one.name for one in found.tables])
        return None
    return found, table


def _via(bench: Workbench, document: Document, entity: Entity, child: Entity, rows: str, name: str, at: str) -> str:
    """Return the name of the field that points at the entity, empty (and noted) where it does not."""
    if name == "id" and child.key == entity.key and not rows:
        return name
    found = resolve(bench.entities, child, name, rows) if name else None
    field = found.field if found and not found.hops else None
    to = child.key if field and field.type == "tree_parent" else field.to if field else ""
    if field is not None and field.type in POINTING and to == entity.key and not field.lookup:
        return name
    known = [one.name for one in _fields_in_sight(child, rows) if one.type in POINTING and entity.key in (one.to, to)]
    bench.unknown(document, at, "rollup_via", name, known)
    return ""


def _fields_in_sight(child: Entity, rows: str) -> list[Field]:
    found, here = list(child.fields), child.fields
    for name in rows.split(".") if rows else ():
        here = next((one.fields for one in here if one.name == name), ())
        found += here
    return found


def _value(
    bench: Workbench, document: Document, field: Field, part: Part, aggregate: str, scope: Scope, at: str
) -> Compiled | None:
    gives = BOOLEAN if aggregate in _CONDITIONS else NUMBER if aggregate in ("sum", "count", "avg") else None
    own = field.expression_type
    if gives is not None and own is not None and unify(own, gives) is None:
        words = {"expected": type_words(gives), "found": type_words(own), "aggregate": aggregate}
        bench.report(document, join(at, "aggregate"), "rollup_type", **words)
        return None
    if "value" not in part:
        if aggregate != "count":
            bench.report(document, at, "rollup_without_value", aggregate=aggregate)
        return None
    expected: Type | None = None if aggregate == "count" else gives or own
    return bench.asked(document, at, part, "value", scope, expected)


def _check_reads(
    bench: Workbench, document: Document, child: Entity, rows: str, compiled: Compiled | None, at: str
) -> None:
    """Only what is stored on the child itself may be read: nothing else tells the roll-up when it changes."""
    if compiled is None:
        return
    if compiled.volatile:
        bench.report(document, at, "rollup_volatile", formula=compiled.text)
    for one in sorted(compiled.reads):
        found = resolve(bench.entities, child, one, rows)
        below = found is not None and found.table and not (rows == found.table or rows.startswith(f"{found.table}."))
        if found is not None and found.field is not None and is_sealed(found.field):
            bench.report(document, at, "rollup_reads_encrypted", path=one)
        elif found is not None and (found.hops or below or (found.field is not None and not found.field.is_stored)):
            bench.report(document, at, "rollup_reads_elsewhere", path=one)


def is_sealed(field: Field) -> bool:
    """Say whether nobody but the engine can read what is stored of a field."""
    return FIELD_TYPES[field.type].column(field).kind == "sealed"


def _rounded(bench: Workbench, child: Entity, rows: str, value: Compiled, digits: int, scope: Scope) -> Compiled:
    """Return a value rounded half up to what the roll-up keeps, so that sums never depend on their order."""
    named = path(value.tree)
    found = resolve(bench.entities, child, named, rows) if named else None
    if found and found.field and (found.field.scale or 0) <= digits:
        return value
    rounded = compile_expression(f"ROUND({value.text}, {digits})", scope, NUMBER)
    return rounded if isinstance(rounded, Compiled) else value
