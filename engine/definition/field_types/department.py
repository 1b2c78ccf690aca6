"""Parts of the organisation."""

from typing import ClassVar

from engine.definition.field_types.reference import Reference
from engine.definition.model import Field
from engine.expressions import RecordOf, Type


class Department(Reference):
    """A department."""

    name = "department"
    title = {"zh-CN": "部门", "en": "Department"}
    docs = {"zh-CN": "组织中的一个部门。", "en": "A department of the organisation."}
    control = "department"
    controls: ClassVar[tuple[str, ...]] = ()
    points_by_to = False
    settings = frozenset({"filter"})

    def target(self, owner: str, field: Field) -> str:
        """Return departments."""
        return "system.department"

    def expression_type(self, owner: str, to: str) -> Type:
        """Return a department."""
        return RecordOf("system.department")
