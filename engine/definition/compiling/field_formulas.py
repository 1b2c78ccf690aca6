"""The expressions of fields, and the paths that copy and look up."""

from dataclasses import replace

from engine.definition.compiling.documents import Document
from engine.definition.compiling.rollups import compile_rollup
from engine.definition.compiling.snapshots import check_snapshot
from engine.definition.compiling.workbench import Workbench, strings
from engine.definition.field_paths import resolve
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field
from engine.definition.rows import is_within
from engine.expressions import BOOLEAN, Compiled, Scope, type_words, unify
from engine.paths import join

SERIES_WORDS = frozenset({"yyyy", "yy", "mm", "dd"})


def compile_fields(bench: Workbench, document: Document, entity: Entity) -> tuple[Field, ...]:
    """Return the fields of an entity with their formulas, checked in the scope where each stands."""
    return tuple(
        _field(bench, document, entity, field, join("/schema/properties", field.name)) for field in entity.fields
    )


def _field(bench: Workbench, document: Document, entity: Entity, field: Field, at: str, table: str = "") -> Field:
    rows = tuple(
        _field(
            bench,
            document,
            entity,
            child,
            join(at, "items", "properties", child.name),
            f"{table}.{field.name}" if table else field.name,
        )
        for child in field.fields
    )
    scope = bench.full_scopes.row(entity, table) if table else bench.full_scopes.record(entity)
    settings, place = field.settings, join(at, "x-field")

    def condition(key: str) -> Compiled | None:
        return bench.formula(document, place, settings, key, scope, BOOLEAN)

    done = replace(
        field,
        default=bench.formula(document, place, settings, "default", scope, field.expression_type),
        formula=_formula(bench, document, field, place, _without_old(scope)),
        against=_against(bench, document, field, place, scope),
        filter=_filter(bench, document, entity, field, place, table),
        visible=condition("visible"),
        required_when=condition("required"),
        read_only_when=condition("read_only"),
        fields=rows,
        follow=_follow(bench, document, entity, field, place, table),
        rollup=compile_rollup(bench, document, entity, field, place, table),
        to_tree=bool((found := bench.entities.get(field.to)) and found.parent),
        targets=_targets(bench, document, field, place),
    )
    check_snapshot(bench, document, entity, field, place, table)
    if field.to and FIELD_TYPES[field.type].points_by_to:
        bench.entity(document, join(place, "to"), field.to) if not field.to.startswith("system.") else None
    _check_series(bench, document, entity, field, place, table)
    return done


def _formula(bench: Workbench, document: Document, field: Field, place: str, scope: Scope) -> Compiled | None:
    """Return the formula that is written, or the one that the type has by itself."""
    own = FIELD_TYPES[field.type].formula_text(field)
    if own:
        return bench.expression(document, join(place, "of"), own, scope, field.expression_type)
    return bench.formula(document, place, field.settings, "formula", scope, field.expression_type)


def _against(bench: Workbench, document: Document, field: Field, place: str, scope: Scope) -> Compiled | None:
    """Return the path of the value that the type compares its own with."""
    within = field.settings.get("within")
    if not isinstance(within, dict):
        return None
    return bench.formula(document, join(place, "within"), within, "of", scope, field.expression_type)


def _targets(bench: Workbench, document: Document, field: Field, place: str) -> tuple[tuple[str, str], ...]:
    """Return the entities that a dynamic reference lists, each by what it is called as long as it lives and its name now."""
    if field.type != "dynamic_reference":
        return ()
    listed = [bench.entity(document, at, name) for at, name in strings(field.settings.get("to"), join(place, "to"))]
    if not listed:
        bench.report(document, join(place, "to"), "reference_targets", name=field.name)
    return tuple((f"{one.module}.{one.id}", one.key) for one in listed if one is not None)


def _without_old(scope: Scope) -> Scope:
    return scope if scope.old is None else replace(scope, old=None)


def _filter(
    bench: Workbench, document: Document, entity: Entity, field: Field, place: str, table: str
) -> Compiled | None:
    target = bench.scopes.target_names(field.to)
    if not target:
        return None
    return bench.asked(
        document, place, field.settings, "filter", bench.scopes.candidate(target, entity, table), BOOLEAN
    )


def _follow(
    bench: Workbench, document: Document, entity: Entity, field: Field, place: str, table: str
) -> Compiled | None:
    """Return the path of a copy or look-up: from a reference beside the field to a value of the field's type."""
    key = "copy" if field.copy else "lookup"
    path = field.copy or field.lookup
    if not path:
        return None
    found = resolve(bench.entities, entity, path, table)
    if found is None or not found.hops or not is_within(table, found.table):
        bench.report(document, join(place, key), "reference_path", name=path, field=field.name)
        return None
    if field.expression_type is not None and unify(field.expression_type, found.type) is None:
        expected, given = type_words(field.expression_type), type_words(found.type)
        bench.report(document, join(place, key), "path_type", path=path, expected=expected, found=given)
        return None
    return bench.expression(
        document,
        join(place, key),
        path,
        bench.scopes.each(entity, "") if not table else bench.scopes.row(entity, table),
    )


def _check_series(bench: Workbench, document: Document, entity: Entity, field: Field, place: str, table: str) -> None:
    if field.series is None:
        return
    holes = [part.partition("}")[0] for part in field.series.pattern.split("{")[1:]]
    for hole in holes:
        if hole not in SERIES_WORDS and not hole.startswith("seq") and not resolve(bench.entities, entity, hole, table):
            bench.unknown(
                document, join(place, "pattern"), "unknown_field", hole, [child.name for child in entity.fields]
            )
