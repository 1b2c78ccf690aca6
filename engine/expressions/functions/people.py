"""People: who acts, who started, which roles, and who stands above."""

from collections.abc import Callable, Mapping

from engine.expressions.environment import Environment
from engine.expressions.functions.entry import Function, Words, needs
from engine.expressions.types import PEOPLE, USER
from engine.expressions.values import Value, clean, identity


def has_role(env: Environment, role: str) -> bool:
    """HASROLE: whether the one who acts has a role of this name."""
    return role in env.roles


def is_me(env: Environment, user: Value) -> bool:
    """ISME: whether a user is the one who acts."""
    return identity(user) == identity(env.me)


def _field(name: str) -> Callable[[Environment, Value], Value]:
    def follow(env: Environment, user: Value) -> Value:
        if isinstance(user, Mapping) and name in user:
            return clean(user[name])
        return clean(env.fetch(PEOPLE[USER], str(identity(user)), name))

    return follow


_USER = needs(("user", "user"))

FUNCTIONS = (
    Function("ME", ("本人",), (), "user", lambda env: env.me,
             Words("当前操作人；可写 ME 或 ME.name", "The one who acts; ME and ME.name may be written too"),
             ("ME = 'u1'", "TRUE"), mode="environment", volatile=True),
    Function("INITIATOR", ("发起人",), (), "user", lambda env: env.initiator,
             Words("审批的发起人", "The one who started the approval"), ("INITIATOR = ME", "FALSE"), mode="environment"),
    Function("HASROLE", ("有角色",), needs(("role", "text")), "boolean", has_role,
             Words("当前操作人是否有该角色", "Whether the one who acts has the role"), ("HASROLE('keeper')", "TRUE"),
             mode="environment", volatile=True),
    Function("ISME", ("是本人",), _USER, "boolean", is_me,
             Words("是否当前操作人", "Whether a user is the one who acts"), ("ISME(INITIATOR)", "FALSE"), mode="environment", volatile=True),
    Function("DEPARTMENTOF", ("所属部门",), _USER, "department", _field("department"),
             Words("人员所属的部门", "The department of a user"), ("DEPARTMENTOF(ME) = 'd1'", "TRUE"), mode="environment"),
    Function("SUPERIOROF", ("直属上级",), _USER, "user", _field("superior"),
             Words("人员的直属上级", "The one above a user"), ("SUPERIOROF(ME) = 'u2'", "TRUE"), mode="environment"),
)  # fmt: skip
