"""Roles as values."""

from typing import ClassVar

from engine.definition.field_types.select import Select
from engine.definition.model import Field


class RoleName(Select):
    """The qualified name of a role that is held everywhere. The roles of all modules are its choices."""

    name = "role"
    title = {"zh-CN": "角色", "en": "Role"}
    docs = {"zh-CN": "一个角色，如 “shop.buyer”。", "en": 'A role, such as "shop.buyer".'}
    control = "role"
    controls: ClassVar[tuple[str, ...]] = ()
    settings = frozenset()
    keywords = frozenset()
    choices = "roles"

    def json_form(self, field: Field) -> dict[str, object]:
        """Return text: which roles there are changes with the modules."""
        return {"type": "string"}


class ProjectRoleName(RoleName):
    """The qualified name of a role that is held in a team."""

    name = "project_role"
    title = {"zh-CN": "项目角色", "en": "Project role"}
    docs = {"zh-CN": "一个项目角色，如 “shop.lead”。", "en": 'A role in a team, such as "shop.lead".'}
    control = "project_role"
    choices = "project_roles"
