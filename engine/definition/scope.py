"""What a formula may name, for every place where one can stand. Used when a design is compiled and for what users type.

| place | bare names | `lines` |
|---|---|---|
| record: formula, rule, visibility, flow condition, view filter, scope of a grant | fields of the record | the rows |
| row: formula of a sub-table's field | fields of the row, of the rows around it, of the record | the rows |
| each: rule or posting of every row, measure over rows | the same | the current row |
| candidate: filter of a reference | fields of the candidate; `RECORD` is the record (and row) being edited | |
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from engine.definition.field_paths import SYSTEM_SHAPES, system_fields
from engine.definition.model import Entity, Field, Measure
from engine.definition.rows import RowShape, row_shape, row_shapes, shape_key
from engine.expressions import TEXT, ListOf, MeasureType, RecordOf, Scope, Type

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
        return Scope(whole.names, whole.shapes, calendars=self.calendars)

    def derived(self, module: str) -> Scope:
        """Return the scope of a measure that is computed from other measures."""
        return Scope({}, self.shapes, self._measures_in(module), calendars=self.calendars)

    def candidate(self, target: Mapping[str, Type], entity: Entity, table: str = "") -> Scope:
        """Return the scope of a reference's filter. `target` are the names of a candidate."""
        shape = f"{shape_key(entity, table)}*" if table else entity.key
        return Scope({**target, "RECORD": RecordOf(shape)}, self.shapes, calendars=self.calendars)

    def target_names(self, key: str) -> Mapping[str, Type]:
        """Return the names of a candidate: of an entity, or of a built-in record."""
        return self.shapes.get(key, {})

    @cached_property
    def calendars(self) -> frozenset[str]:
        """Return the entities whose records are calendars of working days."""
        return frozenset(key for key, entity in self._entities.items() if entity.calendar is not None)

    @cached_property
    def shapes(self) -> Mapping[str, Names]:
        """Return the fields of everything that a path may lead to."""
        shapes: dict[str, Names] = dict(SYSTEM_SHAPES)
        for key, entity in self._entities.items():
            flat = {**system_fields(entity.kind), **_types(field for field in entity.fields if not field.is_table)}
            shapes[key] = flat
            for shape in row_shapes(entity):
                own = shape_key(entity, shape.path)
                if len(shape.chain) == 1:
                    # A path through a reference may lead on into the rows of what is referred to.
                    shapes[key] = {**shapes[key], shape.path: ListOf(RecordOf(own))}
                shapes[own] = row_names(shape.table)
                shapes[f"{own}*"] = {**flat, **_around(shape)}
                shapes |= _current_shapes(entity, shape)
        return shapes

    def _scope(self, kind: str, entity: Entity, table: str, module: str) -> Scope:
        home = module or entity.module
        key = (f"{kind} {home}", entity.key, table)
        if key not in self._known:
            names = record_names(entity)
            old = dict(names) if kind != "row" else None
            rows = row_shape(entity, table) if table else None
            if rows is not None:
                names |= _around(rows)
                names |= _current_names(entity, rows) if kind == "each" else {}
            self._known[key] = Scope(names, self.shapes, self._measures_in(home), old, self.calendars)
        return self._known[key]

    def _measures_in(self, module: str) -> Mapping[str, MeasureType]:
        prefix = f"{module}."
        own = {key.removeprefix(prefix): kind for key, kind in self._measures.items() if key.startswith(prefix)}
        return {**self._measures, **own}


def _around(shape: RowShape) -> dict[str, Type]:
    """Return the names of a row and of the rows around it; the innermost has the word."""
    return {name: kind for table in shape.chain for name, kind in row_names(table).items()}


def _current_names(entity: Entity, shape: RowShape) -> dict[str, Type]:
    """Return what the names of sub-tables stand for where one row after the other is asked: the current row of each."""
    return {table.name: RecordOf(_current_key(entity, shape, depth)) for depth, table in enumerate(shape.chain)}


def _current_shapes(entity: Entity, shape: RowShape) -> dict[str, Names]:
    """Return the rows around a current row: like any others, but the sub-table that leads to it is its current row."""
    return {
        _current_key(entity, shape, depth): {
            **row_names(table),
            shape.chain[depth + 1].name: RecordOf(_current_key(entity, shape, depth + 1)),
        }
        for depth, table in enumerate(shape.chain[:-1])
    }


def _current_key(entity: Entity, shape: RowShape, depth: int) -> str:
    names = [table.name for table in shape.chain]
    here, further = "/".join(names[: depth + 1]), ">".join(names[depth + 1 :])
    return f"{entity.key}/{here}>{further}" if further else f"{entity.key}/{here}"


def _types(fields: Iterable[Field]) -> dict[str, Type]:
    return {field.name: field.expression_type or TEXT for field in fields}
