"""The link that makes records a tree."""

from engine.definition.field_types.reference import Reference
from engine.definition.model import Field
from engine.expressions import RecordOf, Type


class TreeParent(Reference):
    """The record above, of the same entity; blank at the top."""

    name = "tree_parent"
    title = {"zh-CN": "上级", "en": "Tree parent"}
    docs = {
        "zh-CN": "同一实体中的上级记录，使记录成为树；顶层为空。",
        "en": "The record above, of the same entity, which makes records a tree; blank at the top.",
    }
    control = "tree_parent"
    points_by_to = False
    settings = frozenset({"filter", "on_delete"})

    def target(self, owner: str, field: Field) -> str:
        """Return the entity itself."""
        return owner

    def expression_type(self, owner: str, to: str) -> Type:
        """Return a record of the entity itself."""
        return RecordOf(owner)
