"""Several people."""

import re
from typing import ClassVar

from engine.definition.field_types.aspects import MEMBERS, ColumnKind, whole, wrong_type
from engine.definition.field_types.field_type import FieldType
from engine.definition.field_types.reference import is_id
from engine.definition.model import Field
from engine.expressions import ListOf, RecordOf, Type
from engine.problems import Problem

_BETWEEN = re.compile("[、,，;；]")
MOST = 200


class Users(FieldType):
    """A list of accounts without repetition; an empty one is blank."""

    name = "users"
    title = {"zh-CN": "多个人员", "en": "Users"}
    docs = {"zh-CN": "若干账号；max_count 限定人数。", "en": "Some accounts; `max_count` bounds how many."}
    control = "users"
    json_type = "array"
    settings = frozenset({"max_count", "filter"})
    keywords = frozenset({"items"})
    operators: ClassVar[tuple[str, ...]] = MEMBERS
    sortable = False
    names_record = False
    shape: ClassVar[str] = "system.user"

    def json_form(self, field: Field) -> dict[str, object]:
        """Return a list of ids."""
        return {"type": "array", "items": {"type": "string"}, "uniqueItems": True, "maxItems": self._most(field)}

    def expression_type(self, owner: str, to: str) -> Type:
        """Return a list of what the ids lead to."""
        return ListOf(RecordOf(self.shape))

    def column(self, field: Field) -> ColumnKind:
        """Store the list as JSON."""
        return ColumnKind("json")

    def target(self, owner: str, field: Field) -> str:
        """Return what the ids lead to."""
        return self.shape

    def coerce(self, value: object, field: Field) -> object:
        """Accept ids, or objects with one; that they lead somewhere is for the services to check."""
        ids = [one.get("id") if isinstance(one, dict) else one for one in value] if isinstance(value, list) else [None]
        if not all(is_id(one) for one in ids):
            return wrong_type("编号的列表", "a list of ids")
        return list(dict.fromkeys(ids)) or None

    def problems(self, value: object, field: Field) -> tuple[Problem, ...]:
        """Check the count."""
        count, most = len(value) if isinstance(value, list) else 0, self._most(field)
        return (Problem("too_many_items", params={"limit": most, "count": count}),) if count > most else ()

    def to_text(self, value: object, field: Field, language: str = "zh-CN") -> str:
        """Return the ids; names are put in their place where they are known."""
        return ", ".join(str(one) for one in value) if isinstance(value, list) else ""

    def from_text(self, text: str, field: Field) -> object:
        """Accept ids between commas."""
        return self.coerce([part.strip() for part in _BETWEEN.split(text) if part.strip()], field)

    def to_filter(self, value: object, field: Field, operator: str) -> object:
        """Take one id or several, of which the list must hold one."""
        return self.coerce([value] if isinstance(value, str) else value, field)

    def from_expression(self, value: object, field: Field) -> object:
        """Return the ids of the records."""
        several = value if isinstance(value, (list, tuple)) else []
        return [one.get("id") if isinstance(one, dict) else one for one in several] or None

    def example(self, field: Field) -> object:
        """Return one id."""
        return ["01890a5d-ac96-774b-bcce-b302099a8057"]

    def _most(self, field: Field) -> int:
        return whole(field, "max_count") or MOST
