"""Rows of their own inside a record."""

from engine.definition.field_types.aspects import ColumnKind, wrong_type
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field
from engine.expressions import ListOf, RecordOf, Type
from engine.problems import Problem


class SubTable(FieldType):
    """A list of rows: objects with an `id` and the fields that `items` declares.

    Rows are judged field by field in `engine.definition.values`, which knows every type; this one only knows the shape.
    """

    name = "sub_table"
    title = {"zh-CN": "明细", "en": "Sub-table"}
    docs = {
        "zh-CN": "记录内的明细行；items 声明行的字段，minItems / maxItems 限定行数。",
        "en": "Rows inside a record; `items` declares their fields, `minItems` and `maxItems` bound their count.",
    }
    control = "sub_table"
    json_type = "array"
    keywords = frozenset({"items", "minItems", "maxItems"})
    operators = ()
    functions = frozenset()
    sortable = False
    wide = True
    listed = False
    names_record = False
    maskable = False

    def json_form(self, field: Field) -> dict[str, object]:
        """Return a list of objects; `engine.definition.values.json_form` fills in the fields of a row."""
        bounds = {"minItems": field.min_rows} if field.min_rows else {}
        return {"type": "array", "items": {"type": "object"}, **bounds}

    def expression_type(self, owner: str, to: str) -> Type:
        """Return list of rows; `to` is the key of the row's shape."""
        return ListOf(RecordOf(to))

    def column(self, field: Field) -> ColumnKind:
        """Store as rows of a table of their own."""
        return ColumnKind("rows")

    def coerce(self, value: object, field: Field) -> object:
        """Accept a list of objects."""
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            return wrong_type("明细行的列表", "a list of rows")
        return value

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check how many rows there are."""
        count = len(value) if isinstance(value, (list, tuple)) else 0
        if count < field.min_rows:
            return (Problem("too_few_rows", params={"limit": field.min_rows, "count": count}),)
        if field.max_rows is not None and count > field.max_rows:
            return (Problem("too_many_rows", params={"limit": field.max_rows, "count": count}),)
        return ()

    def from_text(self, text: str, field: Field) -> object:
        """Refuse: rows do not travel in a cell."""
        return Problem("not_from_a_cell")

    def example(self, field: Field) -> object:
        """Return no row; `engine.definition.values` makes rows where they are needed."""
        return []
