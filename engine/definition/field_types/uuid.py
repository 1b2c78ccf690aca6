"""Identifiers for other systems."""

import re

from engine.definition.field_types.aspects import EQUALITY, NO_FUNCTIONS, ColumnKind, malformed
from engine.definition.field_types.field_type import FieldType
from engine.definition.model import Field

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z", re.ASCII)


class Uuid(FieldType):
    """A UUID (RFC 9562) that a record or row gets when it is created and keeps."""

    name = "uuid"
    title = {"zh-CN": "UUID", "en": "UUID"}
    docs = {"zh-CN": "新建时由系统给出的 UUID，永不改变。", "en": "A UUID that is given at creation and never changes."}
    control = "uuid"
    json_format = "uuid"
    operators = EQUALITY
    functions = NO_FUNCTIONS
    made = True

    def json_form(self, field: Field) -> dict[str, object]:
        """Return text that is only read."""
        return super().json_form(field) | {"readOnly": True}

    def column(self, field: Field) -> ColumnKind:
        """Store the text."""
        return ColumnKind("text", length=36)

    def coerce(self, value: object, field: Field) -> object:
        """Accept the usual form, in any case."""
        text = value.lower() if isinstance(value, str) else ""
        return text if _UUID.match(text) else malformed(value, "UUID", "a UUID")

    def from_text(self, text: str, field: Field) -> object:
        """Accept the usual form."""
        return self.coerce(text.strip(), field)

    def at_creation(self, new_id: str) -> object:
        """Return a fresh one."""
        return new_id

    def example(self, field: Field) -> object:
        """Return one."""
        return "01890a5d-ac96-774b-bcce-b302099a8057"
