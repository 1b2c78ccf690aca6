"""What of a form strangers may fill or look up: only what can be shown to them without showing anything else."""

from collections.abc import Iterator
from typing import cast

from engine.definition.compiling.documents import Document
from engine.definition.compiling.entities import field_names
from engine.definition.compiling.workbench import Part, Workbench, strings
from engine.definition.field_types import FIELD_TYPES
from engine.definition.model import Entity, Field, PublicForm, PublicQuery
from engine.definition.values import is_computed
from engine.definition.values.keeping import is_guarded
from engine.expressions import BOOLEAN, Compiled
from engine.paths import join

STATUS = "status"
"""The state of a document, which may be shown like a field."""
_PEOPLE = frozenset({"user", "users", "department", "departments", "role", "dynamic_reference", "references"})
_ITSELF = "RECORD"


def compile_public(bench: Workbench, document: Document, entity: Entity) -> PublicForm | None:
    """Return what strangers may do with a form, None where they may do nothing."""
    part = document.body.get("public")
    if not isinstance(part, dict):
        return None
    fields = tuple(_fillable(bench, document, entity, part))
    return PublicForm(
        fields,
        _values(bench, document, entity, part, fields),
        bench.text(document, "/public/intro", part.get("intro")),
        bench.text(document, "/public/done", part.get("done")),
        _query(bench, document, entity, part.get("query")),
    )


def _fillable(bench: Workbench, document: Document, entity: Entity, part: Part) -> Iterator[str]:
    for at, path in strings(part.get("fields"), "/public/fields"):
        field = entity.at(path)
        if field is None:
            bench.unknown(document, at, "unknown_field", path, field_names(entity))
        elif path.count(".") > 1 or not _may_be_filled(field):
            bench.report(document, at, "public_field_not_possible", name=path)
        else:
            yield path


def _may_be_filled(field: Field) -> bool:
    """Say whether strangers may fill a field: it is not worked out, and what it offers says nothing of people or other records."""
    if field.is_table or field.read_only or is_computed(field) or field.type in _PEOPLE:
        return False
    if FIELD_TYPES[field.type].holds_files:
        return False
    if not FIELD_TYPES[field.type].points_by_to:
        return True
    # Its own formulas are compiled later than forms, so the filter is still a text.
    told = field.settings.get("filter")
    return isinstance(told, str) and _ITSELF not in told


def _values(
    bench: Workbench, document: Document, entity: Entity, part: Part, asked: tuple[str, ...]
) -> dict[str, Compiled]:
    given = part.get("set")
    found: dict[str, Compiled] = {}
    for name in given if isinstance(given, dict) else {}:
        at, field = join("/public/set", name), entity.field(name)
        if field is None:
            bench.unknown(document, at, "unknown_field", name, field_names(entity))
        elif field.is_table or is_computed(field) or field.read_only or name in asked:
            bench.report(document, at, "public_field_not_possible", name=name)
        else:
            scope = bench.full_scopes.record(entity, document.module)
            value = bench.formula(document, "/public/set", cast(Part, given), name, scope, field.expression_type)
            found |= {name: value} if value is not None else {}
    return found


def _query(bench: Workbench, document: Document, entity: Entity, part: object) -> PublicQuery | None:
    if not isinstance(part, dict):
        return None
    by = tuple(_asked(bench, document, entity, part, "by"))
    show = tuple(_asked(bench, document, entity, part, "show"))
    scope = bench.full_scopes.record(entity, document.module)
    return PublicQuery(by, show, bench.formula(document, "/public/query", part, "where", scope, BOOLEAN))


def _asked(bench: Workbench, document: Document, entity: Entity, part: Part, key: str) -> Iterator[str]:
    for at, name in strings(part.get(key), join("/public/query", key)):
        field = entity.field(name)
        if name == STATUS and key == "show" and entity.kind == "document":
            yield name
        elif field is None:
            bench.unknown(document, at, "unknown_field", name, field_names(entity))
        elif not _may_be_asked(field, key):
            bench.report(document, at, "public_field_not_possible", name=name)
        else:
            yield name


def _may_be_asked(field: Field, key: str) -> bool:
    if field.is_table or not field.is_stored or is_guarded(field) or FIELD_TYPES[field.type].holds_files:
        return False
    return field.type not in _PEOPLE if key == "show" else FIELD_TYPES[field.type].column(field).kind != "json"
