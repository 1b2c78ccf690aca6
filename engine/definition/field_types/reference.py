"""Links to another record: by its id, alive, so that what is shown is what the other record says now."""

import re

from engine.definition.field_types.field_type import EQUALITY, ColumnKind, FieldType, wrong_type
from engine.definition.model import Field
from engine.expressions import RecordOf, Type

_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}\Z", re.ASCII)


class Reference(FieldType):
    """The id of a record of the entity that `to` names."""

    name = "reference"
    title = {"zh-CN": "引用", "en": "Reference"}
    docs = {
        "zh-CN": "引用另一实体的一条记录（to）；filter 限定候选记录，on_delete 规定被引用记录删除时的处理。",
        "en": "A record of the entity in `to`; `filter` narrows the candidates, `on_delete` says what deleting it does.",
    }
    control = "reference"
    settings = frozenset({"to", "filter", "on_delete"})
    operators = EQUALITY
    computable = True

    def expression_type(self, owner: str, to: str) -> Type:
        """Return a record of the other entity."""
        return RecordOf(to)

    def column(self, field: Field) -> ColumnKind:
        """Store the id."""
        return ColumnKind("reference", length=64)

    def coerce(self, value: object, field: Field) -> object:
        """Accept an id, or an object with one; that the record exists is for the services to check."""
        value = value.get("id") if isinstance(value, dict) else value
        if value == "":
            return None
        if not isinstance(value, str) or not _ID.match(value):
            return wrong_type("记录的编号", "the id of a record")
        return value

    def from_expression(self, value: object, field: Field) -> object:
        """Return the id of the record."""
        return value.get("id") if isinstance(value, dict) else value

    def example(self, field: Field) -> object:
        """Return an id."""
        return "01890a5d-ac96-774b-bcce-b302099a8057"
