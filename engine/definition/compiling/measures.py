"""Measures: plain ones over records first, then those computed from other measures."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import get_args

from engine.definition.along import Along, Show
from engine.definition.compiling.documents import Document
from engine.definition.compiling.entities import field_names
from engine.definition.compiling.limits import compile_limits
from engine.definition.compiling.stored_totals import stored_dimensions
from engine.definition.compiling.workbench import Part, Workbench, choice, object_of, qualified_name, strings, text_of
from engine.definition.model import Aggregate, Dimension, Entity, Measure, Option
from engine.definition.rows import row_shape, row_shapes, shape_key
from engine.definition.scope import Scopes, measure_type
from engine.expressions import BOOLEAN, NUMBER, TEXT, Compiled, RecordOf, Scope, compile_expression
from engine.expressions.tree import Binary, Node, Unary, path
from engine.expressions.tree import Measure as Asked
from engine.paths import join


def compile_measures(bench: Workbench, documents: tuple[Document, ...]) -> None:
    """Make all measures known to the bench."""
    for document in documents:
        if "formula" not in document.body:
            measure = _plain(bench, document)
            bench.measures |= {measure.key: measure} if measure else {}
    waiting = {document.key: document for document in documents if "formula" in document.body}
    while waiting:
        ready = [key for key, document in waiting.items() if not _waits_for(document, waiting)]
        for key in ready or list(waiting):
            document = waiting.pop(key)
            if not ready:
                bench.report(document, "/formula", "formula_cycle", path=f"{key} -> {key}")
            bench.measures[key] = _derived(bench, document)


def _waits_for(document: Document, waiting: Mapping[str, Document]) -> bool:
    formula = text_of(document.body, "formula")
    names = {name for key, one in waiting.items() for name in (key, one.name if one.module == document.module else key)}
    return any(f"'{name}'" in formula or f'"{name}"' in formula for name in names)


def _plain(bench: Workbench, document: Document) -> Measure | None:
    body = document.body
    source = _source(bench, document)
    if source is None:
        return None
    entity, table = source
    scope = bench.scopes.plain(entity, table)
    aggregate = text_of(body, "aggregate", "sum")
    if "value" not in body and aggregate != "count":
        bench.report(document, "", "measure_without_value", aggregate=aggregate)
    if "stages" in body and entity.kind != "ledger":
        bench.report(document, "/stages", "stages_not_of_a_ledger", entity=entity.title)
    measure = Measure(
        module=document.module,
        id=document.id,
        name=document.name,
        title=bench.text(document, "/title", body.get("title")),
        dimensions=_dimensions(bench, document, entity, scope),
        source=shape_key(entity, table),
        aggregate=choice(aggregate, get_args(Aggregate), "sum"),
        fraction=_fraction(bench, document, aggregate),
        value=bench.asked(document, "", body, "value", scope, NUMBER if aggregate != "count" else None),
        where=bench.asked(document, "", body, "where", scope, BOOLEAN),
        stages=tuple(stage for _, stage in strings(body.get("stages"))) or ("effective",),
        scale=_scale(body),
        unit=bench.text(document, "/unit", body.get("unit")),
    )
    measure = replace(measure, stored=stored_dimensions(bench, document, measure, entity, table))
    return replace(measure, limits=compile_limits(bench, document, measure))


def _fraction(bench: Workbench, document: Document, aggregate: str) -> Decimal:
    told = text_of(document.body, "fraction")
    if bool(told) != (aggregate == "percentile"):
        bench.report(document, "/fraction" if told else "/aggregate", "measure_fraction", aggregate=aggregate)
    try:
        return Decimal(told or "0.5")
    except InvalidOperation:  # the pattern of the schema has told it
        return Decimal("0.5")


def _scale(body: Part) -> int:
    scale = body.get("scale")
    return scale if isinstance(scale, int) else 2


def _source(bench: Workbench, document: Document) -> tuple[Entity, str] | None:
    """Return entity and path of the sub-table of `entity.table.inner`, with or without the module and the tables."""
    written = text_of(document.body, "from")
    if not written:
        return None
    first, _, table = written.partition(".")
    if (
        qualified_name(written, document.module) not in bench.entities
        and f"{document.module}.{first}" in bench.entities
    ):
        entity = bench.entities[f"{document.module}.{first}"]
    else:
        module, name, *tables = (*written.split("."), "")
        table = ".".join(tables[:-1])
        found = bench.entity(document, "/from", f"{module}.{name}" if tables else written)
        if found is None:
            return None
        entity = found
    if table and row_shape(entity, table) is None:
        bench.unknown(document, "/from", "unknown_table", table, [one.path for one in row_shapes(entity)])
        return None
    return entity, table


def _dimensions(bench: Workbench, document: Document, entity: Entity, scope: Scope) -> tuple[Dimension, ...]:
    found: dict[str, Dimension] = {}
    value = document.body.get("dimensions")
    for index, one in enumerate(value if isinstance(value, list) else []):
        at = join("/dimensions", index)
        part: Part = one if isinstance(one, dict) else {"name": one, "title": one}
        name = part.get("name")
        if not isinstance(name, str):
            continue
        if name in found:
            bench.report(document, at, "duplicate_name", name=name)
        compiled = _dimension_value(bench, document, entity, part, name, at, scope)
        if compiled is not None:
            to = compiled.type.entity if isinstance(compiled.type, RecordOf) else ""
            title = bench.text(document, join(at, "title"), part.get("title"))
            found[name] = Dimension(name, title, compiled, compiled.type, to, _options(entity, compiled))
    return tuple(found.values())


def _options(entity: Entity, value: Compiled) -> tuple[Option, ...]:
    """Return the choices of the field that a dimension is, so that its values can be shown by their titles."""
    named = path(value.tree)
    found = entity.at(named) if named else None
    return found.options if found else ()


def _dimension_value(
    bench: Workbench, document: Document, entity: Entity, part: Part, name: str, at: str, scope: Scope
) -> Compiled | None:
    if "value" in part:
        return bench.asked(document, at, part, "value", scope)
    if name not in scope.names:
        bench.unknown(document, at, "unknown_field", name, field_names(entity))
        return None
    return bench.expression(document, at, name, scope)


def _derived(bench: Workbench, document: Document) -> Measure:
    body = document.body
    measures = {key: measure_type(measure) for key, measure in bench.measures.items()}
    scope = Scopes(bench.entities, measures).derived(document.module)
    formula = bench.formula(document, "", body, "formula", scope, NUMBER)
    used = [bench.measures[name] for name in sorted(formula.measures) if name in bench.measures] if formula else []
    dimensions = _passed_through(bench, document, used)
    along = _along(bench, document, [one.name for one in dimensions])
    measure = Measure(
        module=document.module,
        id=document.id,
        name=document.name,
        title=bench.text(document, "/title", body.get("title")),
        dimensions=dimensions,
        formula=formula,
        along=along,
        figures_only=any(one.figures_only for one in used) or not _told_by_bounds(bench, along, formula),
        scale=_scale(body),
        unit=bench.text(document, "/unit", body.get("unit")),
    )
    return replace(measure, limits=compile_limits(bench, document, measure))


def _told_by_bounds(bench: Workbench, along: Along | None, formula: Compiled | None) -> bool:
    """Say whether a check can ask it: a total so far is then one question up to a period, so its parts must only be added up."""
    if along is None or formula is None or along.show != "running_total":
        return True
    waiting: list[Node] = [formula.tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Binary) and node.operator in {"+", "-"}:
            waiting += [node.left, node.right]
        elif isinstance(node, Unary) and node.operator in {"+", "-"}:
            waiting.append(node.operand)
        elif isinstance(node, Asked) and not node.arguments:
            part = bench.measures.get(node.name)
            if part is None or part.formula is not None or part.aggregate not in {"sum", "count"}:
                return False
        else:
            return False
    return True


def _along(bench: Workbench, document: Document, known: list[str]) -> Along | None:
    told = object_of(document.body, "along")
    if not told:
        return None
    name = text_of(told, "dimension")
    if name not in known:
        bench.unknown(document, "/along/dimension", "measure_lacks_dimension", name, known)
    return Along(name, choice(told.get("show"), get_args(Show), "running_total"))


def _passed_through(bench: Workbench, document: Document, used: list[Measure]) -> tuple[Dimension, ...]:
    """Return the named dimensions, as the first of the measures that are used has them; every one must have them."""
    value = document.body.get("dimensions")
    found = []
    for index, one in enumerate(value if isinstance(value, list) else []):
        name = one.get("name") if isinstance(one, dict) else one
        if not isinstance(name, str):
            continue
        at = join("/dimensions", index)
        holders = [dimension for measure in used for dimension in measure.dimensions if dimension.name == name]
        if len(holders) < len(used):
            known = {dimension.name for measure in used for dimension in measure.dimensions}
            bench.unknown(document, at, "measure_lacks_dimension", name, known)
        if holders:
            title = (
                bench.text(document, join(at, "title"), one.get("title")) if isinstance(one, dict) else holders[0].title
            )
            found.append(replace(holders[0], title=title))
        elif not used:
            blank = compile_expression("BLANK", Scope())
            found += [Dimension(name, {"zh-CN": name}, blank, TEXT)] if isinstance(blank, Compiled) else []
    return tuple(found)
