"""What another record said when it was chosen."""

from collections.abc import Mapping

from engine.definition.field_types.aspects import PRESENCE, ColumnKind, wrong_type
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field
from engine.problems import Problem


class Snapshot(FieldType):
    """A frozen copy of some fields of the record in `of`: taken when that changes, kept when the record changes.

    The value is an object of the fields' JSON values by their names.
    """

    name = "snapshot"
    title = {"zh-CN": "快照", "en": "Snapshot"}
    docs = {
        "zh-CN": "引用字段（of）改变时，把被引用记录的若干字段（fields）保存下来，以后不随之改变。",
        "en": "A copy of some `fields` of the record in `of`, taken when the reference changes and kept ever after.",
    }
    control = "snapshot"
    json_type = "object"
    settings = frozenset({"of", "fields"})
    operators = PRESENCE
    sortable = False
    needed = frozenset({"of", "fields"})
    made = True
    freezes = True
    wide = True
    listed = False
    names_record = False

    def json_form(self, field: Field) -> dict[str, object]:
        """Return an object that is only read."""
        return {"type": "object", "readOnly": True}

    def column(self, field: Field) -> ColumnKind:
        """Store the object as JSON."""
        return ColumnKind("json")

    def coerce(self, value: object, field: Field) -> object:
        """Accept an object."""
        return dict(value) or None if isinstance(value, dict) else wrong_type("对象 {…}", "an object {...}")

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return names and values."""
        several = value.items() if isinstance(value, Mapping) else ()
        return "; ".join(f"{name}: {'' if one is None else one}" for name, one in several)

    def from_text(self, text: str, field: Field) -> object:
        """Refuse: a copy is taken, not typed."""
        return Problem("not_from_a_cell")

    def example(self, field: Field) -> object:
        """Return a copy of one field."""
        return {"name": "示例"}
