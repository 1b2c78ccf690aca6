"""What a measure reads: the rows of its source, which of them count, and which record stands behind each."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, literal, true

from engine.definition.model import Dimension, Measure
from engine.definition.rows import source_parts
from engine.errors import Invalid
from engine.expressions import Environment
from engine.problems import Problem
from engine.storage.expression_columns import expression_value, stored_number
from engine.storage.path_columns import PathColumns
from engine.storage.record_indexes import DEAD_STATUSES
from engine.storage.record_tables import RecordTables


class MeasureSource:
    """The columns of a measure's source, and the record behind a row of it."""

    def __init__(self, tables: RecordTables, measure: Measure) -> None:
        entity, rows = source_parts(measure.source)
        self.columns = PathColumns(tables, entity, rows)
        place = self.columns.place
        self._is_ledger = place.entity.kind == "ledger"
        self._is_document = place.entity.kind == "document"
        self.document: ColumnElement[Any] = place.columns["source_id"] if self._is_ledger else place.id
        named = literal(place.entity.key)
        self.document_entity: ColumnElement[Any] = place.columns["source_entity"] if self._is_ledger else named

    def counts(self, stages: Sequence[str]) -> ColumnElement[bool]:
        """Hold for entries in one of the stages, and for documents that are live."""
        columns = self.columns.place.columns
        if self._is_ledger:
            return columns["stage"].in_(stages)
        return columns["status"].not_in(DEAD_STATUSES) if self._is_document else true()

    def dimension(self, measure: Measure, name: str, environment: Environment, dialect: str) -> ColumnElement[Any]:
        """Return a dimension as SQL. Raises Invalid `unknown_dimension`."""
        return expression_value(dimension_of(measure, name).value, self.columns, environment, dialect)

    def value(self, measure: Measure, environment: Environment, dialect: str) -> tuple[ColumnElement[Any], bool]:
        """Return what a row contributes, and whether it is a stored number."""
        if measure.value is None:
            return literal(1), True
        stored = stored_number(measure.value, self.columns)
        if stored is not None:
            return stored, True
        return expression_value(measure.value, self.columns, environment, dialect), False


def dimension_of(measure: Measure, name: str) -> Dimension:
    """Return a dimension by name. Raises Invalid `unknown_dimension`."""
    found = next((dimension for dimension in measure.dimensions if dimension.name == name), None)
    if found is None:
        raise Invalid([Problem("unknown_dimension", params={"measure": measure.key, "dimension": name})])
    return found
