"""Rules: what must hold on a record, and the words in which it is told."""

import re

from engine.definition.compiling.documents import Document
from engine.definition.compiling.workbench import Part, Workbench, parts, strings, text_of
from engine.definition.field_paths import resolve
from engine.definition.model import Entity, Rule, Text
from engine.definition.rows import is_within, row_shapes
from engine.expressions import BOOLEAN, Compiled, RecordOf, Scope
from engine.paths import join

HOLE = re.compile(r"\{([^{}]+)\}")
"""An expression inside a message."""


def compile_rules(bench: Workbench, document: Document, entity: Entity) -> tuple[Rule, ...]:
    """Return the rules of an entity."""
    seen: set[str] = set()
    rules = []
    for at, part in parts(document.body.get("rules"), "/rules"):
        name = text_of(part, "name")
        if name in seen:
            bench.report(document, join(at, "name"), "duplicate_name", name=name)
        seen.add(name)
        rule = _rule(bench, document, entity, at, part)
        rules += [rule] if rule else []
    return tuple(rules)


def _rule(bench: Workbench, document: Document, entity: Entity, at: str, part: Part) -> Rule | None:
    target = text_of(part, "target")
    each = _table(bench, document, entity, at, part, target)
    scope = bench.full_scopes.each(entity, each)
    check = bench.formula(document, at, part, "check", scope, BOOLEAN)
    when = bench.formula(document, at, part, "when", scope, BOOLEAN)
    message = bench.text(document, join(at, "message"), part.get("message"))
    holes = message_holes(bench, document, join(at, "message"), message, scope)
    if check is None:
        return None
    name = text_of(part, "name")
    return Rule(
        name=name,
        check=check,
        message=message,
        severity="warn" if part.get("severity") == "warn" else "block",
        on=tuple(moment for _, moment in strings(part.get("on"))) or ("save", "submit"),
        target=target,
        each=each,
        when=when,
        id=text_of(part, "id", name),
        holes=holes,
        in_database=part.get("in_database") is True and _may_be_in_database(bench, document, entity, at, part, each),
    )


def _may_be_in_database(bench: Workbench, document: Document, entity: Entity, at: str, part: Part, each: str) -> bool:
    """Say whether the database can hold a rule; note why not: it must block every save, and see one row alone."""
    if part.get("severity") == "warn" or "save" not in [moment for _, moment in strings(part.get("on"))] + [
        "save" if "on" not in part else ""
    ]:
        bench.report(document, join(at, "in_database"), "rule_not_always", name=text_of(part, "name"))
        return False
    found = True
    for key in ("check", "when"):
        compiled = bench.asked(document, at, part, key, bench.full_scopes.each(entity, each), BOOLEAN)
        found = found and (compiled is not None or key not in part)
        for path in sorted(compiled.reads) if compiled else ():
            if not _is_of_row(bench, entity, each, path):
                bench.report(document, join(at, key), "rule_reads_elsewhere", name=text_of(part, "name"), path=path)
                found = False
        if compiled and (compiled.volatile or compiled.measures):
            name = text_of(part, "name")
            bench.report(document, join(at, key), "rule_reads_elsewhere", name=name, path=compiled.text)
            found = False
    return found


def _is_of_row(bench: Workbench, entity: Entity, each: str, path: str) -> bool:
    target = resolve(bench.entities, entity, path, each)
    if target is None or target.hops or target.table != each or (each and not target.field):
        return False
    return target.field is None or target.field.is_stored


def _table(bench: Workbench, document: Document, entity: Entity, at: str, part: Part, target: str) -> str:
    """Return the sub-table whose rows are asked: the one of `each`, else the one that the target lies in."""
    each = text_of(part, "each")
    known = [shape.path for shape in row_shapes(entity)]
    if each and each not in known:
        bench.unknown(document, join(at, "each"), "unknown_table", each, known)
        return ""
    found = resolve(bench.entities, entity, target) if target else None
    if target and (found is None or found.hops):
        fields = [field.name for field in entity.fields]
        bench.unknown(document, join(at, "target"), "unknown_field", target, fields)
        return each
    if found and found.table and each and not is_within(each, found.table):
        bench.report(document, join(at, "target"), "two_tables", tables=[each, found.table])
    return each or (found.table if found else "")


def message_holes(bench: Workbench, document: Document, at: str, message: Text, scope: Scope) -> dict[str, Compiled]:
    """Return the compiled expressions of a message, by their text; a translation may hold others."""
    texts = {hole.strip() for words in message.values() for hole in HOLE.findall(words)}
    compiled = {text: _hole(bench, document, at, text, scope) for text in sorted(texts)}
    return {text: hole for text, hole in compiled.items() if hole is not None}


def _hole(bench: Workbench, document: Document, at: str, text: str, scope: Scope) -> Compiled | None:
    """Return a compiled hole; a record is shown by its display field."""
    found = bench.expression(document, at, text, scope)
    if found is None or not isinstance(found.type, RecordOf) or "/" in found.type.entity:
        return found
    target = bench.entities.get(found.type.entity)
    if target is not None and target.field(target.display) is None:
        return found
    shown = bench.expression(document, at, f"({text}).{target.display if target else 'name'}", scope)
    return shown or found
