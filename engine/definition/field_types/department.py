"""Parts of the organisation."""

from engine.definition.field_types.reference import Reference
from engine.expressions import RecordOf, Type


class Department(Reference):
    """A department."""

    name = "department"
    title = {"zh-CN": "部门", "en": "Department"}
    docs = {"zh-CN": "组织中的一个部门。", "en": "A department of the organisation."}
    control = "department"
    settings = frozenset({"filter"})

    def expression_type(self, owner: str, to: str) -> Type:
        """Return a department."""
        return RecordOf("system.department")
