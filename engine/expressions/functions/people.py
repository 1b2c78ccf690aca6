"""People: who acts, who started, which roles."""

from engine.expressions.environment import Environment
from engine.expressions.functions.entry import Function, Words, needs


def has_role(env: Environment, role: str) -> bool:
    """HASROLE: whether the one who acts has a role of this name."""
    return role in env.roles


FUNCTIONS = (
    Function("ME", ("本人",), (), "user", lambda env: env.me,
             Words("当前操作人；可写 ME 或 ME.name", "The one who acts; ME and ME.name may be written too"),
             ("ME = 'u1'", "TRUE"), mode="environment", volatile=True),
    Function("INITIATOR", ("发起人",), (), "user", lambda env: env.initiator,
             Words("审批的发起人", "The one who started the approval"), ("INITIATOR = ME", "FALSE"), mode="environment"),
    Function("HASROLE", ("有角色",), needs(("role", "text")), "boolean", has_role,
             Words("当前操作人是否有该角色", "Whether the one who acts has the role"), ("HASROLE('keeper')", "TRUE"),
             mode="environment", volatile=True),
)  # fmt: skip
