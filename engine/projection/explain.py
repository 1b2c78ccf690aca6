"""What an answer about somebody's rights is called: the rules that decide, in words."""

from collections.abc import Mapping
from typing import Literal

from engine.definition.model import Grant

Reason = Literal[
    "admin",
    "owner",
    "granted",
    "shared",
    "seat",
    "step",
    "no_role",
    "no_grant",
    "outside_scope",
    "field_closed",
    "field_read_only",
]
REASONS: Mapping[Reason, Mapping[str, str]] = {
    "admin": {"zh-CN": "是管理员，拥有全部权限", "en": "is an administrator and may do everything"},
    "owner": {"zh-CN": "是这条记录的负责人", "en": "is the owner of this record"},
    "granted": {"zh-CN": "角色的授权允许", "en": "a role's grant allows it"},
    "shared": {"zh-CN": "有人共享了这条记录", "en": "somebody shared this record"},
    "seat": {"zh-CN": "参与了这条记录的审批，因此可以查看", "en": "takes part in the approval of this record and sees it therefore"},
    "step": {"zh-CN": "当前审批步骤允许填写", "en": "the present step of the approval lets it be filled in"},
    "no_role": {"zh-CN": "没有任何角色", "en": "has no role at all"},
    "no_grant": {"zh-CN": "所有角色都没有这项授权", "en": "none of the roles grants it"},
    "outside_scope": {"zh-CN": "角色有这项授权，但这条记录不在其数据范围内", "en": "a role grants it, but on other records only"},
    "field_closed": {"zh-CN": "允许此操作的授权都没有开放这个字段", "en": "no grant that allows it opens this field"},
    "field_read_only": {"zh-CN": "授权只允许查看这个字段", "en": "the grants only let this field be seen"},
}  # fmt: skip
"""Why somebody may or may not, by code."""

_SCOPES: Mapping[str, Mapping[str, str]] = {
    "all": {"zh-CN": "全部记录", "en": "every record"},
    "own": {"zh-CN": "本人负责的记录", "en": "own records"},
    "department": {"zh-CN": "本部门及下级部门的记录", "en": "records of the department and those below it"},
    "my_projects": {"zh-CN": "所在团队的记录", "en": "records of the person's teams"},
    "shared": {"zh-CN": "共享的记录", "en": "records that were shared"},
    "where": {"zh-CN": "满足条件的记录", "en": "records that meet the condition"},
}


def scope_text(grant: Grant, *, is_project_role: bool) -> Mapping[str, str]:
    """Return what a grant reaches, in words; a project role counts only in its teams."""
    told = _SCOPES["my_projects" if is_project_role else grant.scope]
    return {name: f"{text}: {grant.where.text}" for name, text in told.items()} if grant.where else told
