"""People with an account."""

from typing import ClassVar

from engine.definition.field_types.reference import Reference
from engine.definition.model import Field
from engine.expressions import RecordOf, Type


class User(Reference):
    """An account."""

    name = "user"
    title = {"zh-CN": "人员", "en": "User"}
    docs = {"zh-CN": "系统中的一个账号。", "en": "An account of the system."}
    control = "user"
    controls: ClassVar[tuple[str, ...]] = ()
    points_by_to = False
    settings = frozenset({"filter"})

    def target(self, owner: str, field: Field) -> str:
        """Return people."""
        return "system.user"

    def expression_type(self, owner: str, to: str) -> Type:
        """Return an account."""
        return RecordOf("system.user")
