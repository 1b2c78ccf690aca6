"""What a formula may name, for every place where one can stand. Used when a design is compiled and for what users type.

| place | bare names | `lines` |
|---|---|---|
| record: formula, rule, visibility, flow condition, view filter, scope of a grant | fields of the record | the rows |
| row: formula of a sub-table's field | fields of the row, then of the record | the rows |
| each: rule or posting of every row, measure over rows | fields of the row, then of the record | the current row |
| candidate: filter of a reference | fields of the candidate; `RECORD` is the record (and row) being edited | |
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from engine.definition.field_paths import SYSTEM_SHAPES, system_fields
from engine.definition.model import Entity, Field, Measure
from engine.expressions import TEXT, MeasureType, RecordOf, Scope, Type

Names = Mapping[str, Type]


def record_names(entity: Entity) -> dict[str, Type]:
    """Return the types of the bare names of a record: its own fields over the system's."""
    return {**system_fields(entity.kind), **_types(entity.fields)}


def row_names(table: Field) -> dict[str, Type]:
    """Return the types of a row's own fields."""
    return {"id": TEXT, **_types(table.fields)}


def measure_type(measure: Measure) -> MeasureType:
    """Return what formulas see of a measure."""
    return MeasureType({dimension.name: dimension.type for dimension in measure.dimensions})


class Scopes:
    """The scopes of a set of entities, made once. Pure: nothing changes after the first reading."""

    def __init__(self, entities: Mapping[str, Entity], measures: Mapping[str, MeasureType] | None = None) -> None:
        self._entities = entities
        self._measures: Mapping[str, MeasureType] = measures or {}
        self._known: dict[tuple[str, str, str], Scope] = {}

    def record(self, entity: Entity, module: str = "") -> Scope:
        """Return the scope of a record, with measures and OLD. `module` is where the formula stands."""
        return self._scope("record", entity, "", module)

    def row(self, entity: Entity, table: str) -> Scope:
        """Return the scope of a formula in a row."""
        return self._scope("row", entity, table, entity.module)

    def each(self, entity: Entity, table: str, module: str = "") -> Scope:
        """Return the scope of what is asked for every row, in which the table's name is the current row."""
        return self._scope("each" if table else "record", entity, table, module)

    def plain(self, entity: Entity, table: str = "") -> Scope:
        """Return the scope of what a database answers: no measures, no OLD (filters, grants, sources of measures)."""
        whole = self.each(entity, table)
        return Scope(whole.names, whole.shapes)

    def derived(self, module: str) -> Scope:
        """Return the scope of a measure that is computed from other measures."""
        return Scope({}, self.shapes, self._measures_in(module))

    def candidate(self, target: Mapping[str, Type], entity: Entity, table: str = "") -> Scope:
        """Return the scope of a reference's filter. `target` are the names of a candidate."""
        shape = f"{entity.key}/{table}*" if table else entity.key
        return Scope({**target, "RECORD": RecordOf(shape)}, self.shapes)

    def target_names(self, key: str) -> Mapping[str, Type]:
        """Return the names of a candidate: of an entity, or of a built-in record."""
        return self.shapes.get(key, {})

    @cached_property
    def shapes(self) -> Mapping[str, Names]:
        """Return the fields of everything that a path may lead to."""
        shapes: dict[str, Names] = dict(SYSTEM_SHAPES)
        for key, entity in self._entities.items():
            flat = {**system_fields(entity.kind), **_types(field for field in entity.fields if not field.is_table)}
            shapes[key] = flat
            for table in entity.tables:
                shapes[f"{key}/{table.name}"] = row_names(table)
                shapes[f"{key}/{table.name}*"] = {**flat, **row_names(table)}
        return shapes

    def _scope(self, kind: str, entity: Entity, table: str, module: str) -> Scope:
        home = module or entity.module
        key = (f"{kind} {home}", entity.key, table)
        if key not in self._known:
            names = record_names(entity)
            old = dict(names) if kind != "row" else None
            rows = entity.field(table) if table else None
            if rows is not None:
                names |= row_names(rows)
                names |= {table: RecordOf(f"{entity.key}/{table}")} if kind == "each" else {}
            self._known[key] = Scope(names, self.shapes, self._measures_in(home), old)
        return self._known[key]

    def _measures_in(self, module: str) -> Mapping[str, MeasureType]:
        prefix = f"{module}."
        own = {key.removeprefix(prefix): kind for key, kind in self._measures.items() if key.startswith(prefix)}
        return {**self._measures, **own}


def _types(fields: Iterable[Field]) -> dict[str, Type]:
    return {field.name: field.expression_type or TEXT for field in fields}
