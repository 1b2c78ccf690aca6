"""Yes and no."""

from typing import ClassVar

from engine.definition.field_types.aspects import ColumnKind, wrong_type
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field
from engine.expressions import BOOLEAN, Type

_YES = frozenset({"是", "true", "yes", "y", "1", "√", "对"})
_NO = frozenset({"否", "false", "no", "n", "0", "×", "错"})


class Boolean(FieldType):
    """Yes or no."""

    name = "boolean"
    title = {"zh-CN": "是/否", "en": "Yes / no"}
    docs = {"zh-CN": "是或否。", "en": "Yes or no."}
    control = "boolean"
    controls: ClassVar[tuple[str, ...]] = ("checkbox", "switch")
    json_type = "boolean"
    operators = ("eq", "ne", "blank", "not_blank")
    computable = True

    def expression_type(self, owner: str, to: str) -> Type:
        """Return boolean."""
        return BOOLEAN

    def column(self, field: Field) -> ColumnKind:
        """Store as a boolean."""
        return ColumnKind("boolean")

    def coerce(self, value: object, field: Field) -> object:
        """Accept true and false."""
        return value if isinstance(value, bool) else wrong_type("是或否", "yes or no")

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the word for it."""
        words = ("是", "否") if language == "zh-CN" else ("yes", "no")
        return words[0] if value else words[1]

    def from_text(self, text: str, field: Field) -> object:
        """Accept the usual words."""
        word = text.strip().lower()
        return True if word in _YES else False if word in _NO else wrong_type("是或否", "yes or no")

    def example(self, field: Field) -> object:
        """Return yes."""
        return True
