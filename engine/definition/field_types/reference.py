"""Links to another record: by its id, alive, so that what is shown is what the other record says now."""

import re
from typing import ClassVar

from engine.definition.field_types.aspects import EQUALITY, UNDER, ColumnKind, wrong_type
from engine.definition.field_types.field_type import FieldType
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
    controls: ClassVar[tuple[str, ...]] = ("tree",)
    points_by_to = True
    settings = frozenset({"to", "filter", "on_delete"})
    operators: ClassVar[tuple[str, ...]] = EQUALITY
    computable = True

    def expression_type(self, owner: str, to: str) -> Type:
        """Return a record of the other entity."""
        return RecordOf(to)

    def target(self, owner: str, field: Field) -> str:
        """Return the entity that `to` names."""
        return field.to

    def operators_for(self, field: Field) -> tuple[str, ...]:
        """Return the operators of the type, and `under` in a tree."""
        return (*super().operators_for(field), *([UNDER] if field.to_tree else []))

    def column(self, field: Field) -> ColumnKind:
        """Store the id."""
        return ColumnKind("reference", length=64)

    def coerce(self, value: object, field: Field) -> object:
        """Accept an id, or an object with one; that the record exists is for the services to check."""
        value = value.get("id") if isinstance(value, dict) else value
        if value == "":
            return None
        if not is_id(value):
            return wrong_type("记录的编号", "the id of a record")
        return value

    def from_expression(self, value: object, field: Field) -> object:
        """Return the id of the record."""
        return value.get("id") if isinstance(value, dict) else value

    def example(self, field: Field) -> object:
        """Return an id."""
        return "01890a5d-ac96-774b-bcce-b302099a8057"


def is_id(value: object) -> bool:
    """Say whether a value has the shape of an id."""
    return isinstance(value, str) and _ID.match(value) is not None
