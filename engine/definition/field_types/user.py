"""People with an account."""

from engine.definition.field_types.reference import Reference
from engine.expressions import RecordOf, Type


class User(Reference):
    """An account."""

    name = "user"
    title = {"zh-CN": "人员", "en": "User"}
    docs = {"zh-CN": "系统中的一个账号。", "en": "An account of the system."}
    control = "user"
    settings = frozenset({"filter"})

    def expression_type(self, owner: str, to: str) -> Type:
        """Return an account."""
        return RecordOf("system.user")
