"""Paths through fields: `total`, `lines.amount`, `item.name`, `created_by.name`."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.definition.model import Entity, Field
from engine.definition.rows import RowShape, row_shape, shape_key
from engine.expressions import DATETIME, NUMBER, TEXT, UNKNOWN, RecordOf, Type

USER = "system.user"
DEPARTMENT = "system.department"

SYSTEM_SHAPES: Mapping[str, Mapping[str, Type]] = {
    USER: {"id": TEXT, "name": TEXT, "login": TEXT, "department": RecordOf(DEPARTMENT)},
    DEPARTMENT: {"id": TEXT, "name": TEXT, "code": TEXT},
    "system.location": dict.fromkeys(("lng", "lat", "accuracy", "address", "at"), TEXT),
    "system.link": {"id": TEXT, "entity": TEXT},
    "system.file": {"id": TEXT, "name": TEXT, "size": NUMBER, "media_type": TEXT},
}
"""What formulas see of the built-in records."""

_EVERY: Mapping[str, Type] = {
    "id": TEXT,
    "version": NUMBER,
    "created_at": DATETIME,
    "created_by": RecordOf(USER),
    "updated_at": DATETIME,
    "updated_by": RecordOf(USER),
    "owner": RecordOf(USER),
}
_DOCUMENT: Mapping[str, Type] = {"status": TEXT, "submitted_at": DATETIME, "effective_at": DATETIME}
_LEDGER: Mapping[str, Type] = dict.fromkeys(
    ("stage", "entry_kind", "source_entity", "source_id", "source_line", "posting", "adjusts"), TEXT
)

DOCUMENT_STATUSES = ("draft", "in_approval", "returned", "approved", "rejected", "withdrawn", "void")


def system_fields(kind: str) -> Mapping[str, Type]:
    """Return the fields that every record of an entity of this kind has beside its own, with their types."""
    return {**_EVERY, **(_DOCUMENT if kind == "document" else _LEDGER if kind == "ledger" else {})}


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a path leads: to a field of an entity, or (`field` None) to a system field or a field of a built-in record.

    `owner` is the key of the shape that has the last name; `table` the path of the sub-table passed through; `hops` the
    references.
    """

    type: Type
    owner: str
    name: str
    field: Field | None = None
    table: str = ""
    hops: tuple[Field, ...] = ()


def resolve(entities: Mapping[str, Entity], entity: Entity, path: str, table: str = "") -> Resolved | None:
    """Return where `path` leads from a record, None if nowhere.

    From a row of `table` its own fields come first, then those of the rows around it, then the record's.
    """
    first, _, rest = path.partition(".")
    shape = row_shape(entity, table) if table else None
    while shape is not None:
        if (inner := shape.table.field(first)) is not None:
            return _inside(entities, entity, inner, shape, rest)
        shape = RowShape(shape.parent, shape.chain[:-1]) if shape.parent else None
    own = entity.field(first)
    if own is not None:
        return _inside(entities, entity, own, None, rest)
    kind = system_fields(entity.kind).get(first)
    return _onward(entities, Resolved(kind, entity.key, first), rest) if kind is not None else None


def _inside(
    entities: Mapping[str, Entity], entity: Entity, field: Field, shape: RowShape | None, rest: str
) -> Resolved | None:
    """Return where the rest of a path leads from a field of the record, or of the rows of `shape`."""
    table = shape.path if shape else ""
    if not field.is_table or not rest:
        return _onward(entities, Resolved(_type(field), shape_key(entity, table), field.name, field, table), rest)
    first, _, further = rest.partition(".")
    child = field.field(first)
    if child is None:
        return None
    inner = RowShape(f"{table}.{field.name}" if table else field.name, (*(shape.chain if shape else ()), field))
    return _inside(entities, entity, child, inner, further)


def _onward(entities: Mapping[str, Entity], here: Resolved, rest: str) -> Resolved | None:
    if not rest:
        return here
    if here.type == UNKNOWN:
        return Resolved(
            UNKNOWN, here.owner, rest, None, here.table, (*here.hops, here.field) if here.field else here.hops
        )
    if not isinstance(here.type, RecordOf):
        return None
    name, _, remaining = rest.partition(".")
    hops = (*here.hops, here.field) if here.field else here.hops
    target = entities.get(here.type.entity)
    found = target.field(name) if target else None
    if target is not None and found is not None:
        step = Resolved(_type(found), target.key, name, found, here.table, hops)
        return None if found.is_table else _onward(entities, step, remaining)
    kinds = system_fields(target.kind) if target else SYSTEM_SHAPES.get(here.type.entity, {})
    if name not in kinds:
        return None
    return _onward(entities, Resolved(kinds[name], here.type.entity, name, None, here.table, hops), remaining)


def _type(field: Field) -> Type:
    return field.expression_type or TEXT
