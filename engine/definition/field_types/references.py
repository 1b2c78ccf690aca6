"""Links to several records of one entity, in their order."""

from engine.definition.field_types.aspects import UNDER
from engine.definition.field_types.users import Users
from engine.definition.model import Field
from engine.expressions import ListOf, RecordOf, Type


class References(Users):
    """A list of ids of records of the entity that `to` names, without repetition; an empty one is blank."""

    name = "references"
    title = {"zh-CN": "多个引用", "en": "References"}
    docs = {
        "zh-CN": "引用另一实体的若干条记录（to），保持顺序；filter 限定候选记录，on_delete 规定被引用记录删除时的处理，max_count 限定条数。",
        "en": "Records of the entity in `to`, in their order; `filter` narrows the candidates, `on_delete` says what deleting one does, `max_count` bounds how many.",
    }
    control = "references"
    points_by_to = True
    settings = frozenset({"to", "filter", "on_delete", "max_count"})

    def expression_type(self, owner: str, to: str) -> Type:
        """Return a list of records of the other entity."""
        return ListOf(RecordOf(to))

    def target(self, owner: str, field: Field) -> str:
        """Return the entity that `to` names."""
        return field.to

    def operators_for(self, field: Field) -> tuple[str, ...]:
        """Return the operators of the type, and `under` in a tree."""
        return (*super().operators_for(field), *([UNDER] if field.to_tree else []))
