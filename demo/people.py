"""Those who may sign in: one log-in for each role of the firm, and a site team for each project."""

from dataclasses import dataclass

PASSWORD = "formwork-demo"  # noqa: S105 - printed at every start: it protects nothing


@dataclass(frozen=True, slots=True)
class Department:
    """A department; `head` is a log-in name."""

    code: str
    name: str
    parent: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in. `role` is a role of the module organisation; `title` is what the list of log-ins says."""

    login: str
    name: str
    title: str
    department: str
    role: str = ""


DEPARTMENTS = (
    Department("HQ", "恒筑建设集团", head="chairman"),
    Department("GM", "总经理办公室", "HQ", "general"),
    Department("ENG", "工程部", "GM", "works"),
    Department("COST", "成本合约部", "GM", "costdept"),
    Department("FIN", "财务部", "GM", "findirector"),
    Department("P01", "滨河花园项目部", "ENG", "manager"),
    Department("P02", "新城大道项目部", "ENG", "manager2"),
    Department("P03", "科创园项目部", "ENG", "manager3"),
)

FIRM = (
    Account("admin", "系统管理员", "系统管理员", "HQ"),
    Account("chairman", "沈国栋", "董事长", "HQ", "chairman"),
    Account("general", "陆明远", "总经理", "GM", "general_manager"),
    Account("deputy", "顾长林", "分管副总", "GM", "deputy_manager"),
    Account("works", "韩志刚", "公司工程部", "ENG", "engineering_department"),
    Account("costdept", "严素芳", "公司成本部", "COST", "cost_department"),
    Account("contract", "贺文斌", "合同总监", "COST", "contract_director"),
    Account("findirector", "邵丽华", "财务总监", "FIN", "finance_director"),
    Account("finance", "钱敏", "财务", "FIN", "finance"),
    Account("cashier", "夏雪", "出纳", "FIN", "cashier"),
)

SITE = (
    ("manager", "项目经理", "project_manager", "manager", ("周建军", "冯立新", "万海涛")),
    ("lead", "技术负责人", "site_engineer", "tech_lead", ("程宇", "汤凯", "白洁")),
    ("clerk", "现场资料员", "clerk", "site_clerk", ("姜媛", "田静", "方小琳")),
    ("foreman", "工长", "site_engineer", "foreman", ("雷大勇", "石永胜", "")),
    ("engineer", "现场工程师", "site_engineer", "engineer", ("孟凡超", "侯斌", "")),
    ("cost", "成本员", "cost_staff", "cost_officer", ("薛慧", "邱玲", "龚浩")),
    ("commercial", "商务经理", "cost_staff", "commercial", ("段文涛", "毛俊峰", "陶红")),
    ("labour", "劳资员", "labour_staff", "labour_officer", ("尹爱莲", "贾春生", "郝云")),
)
"""Log-in, title, role of the firm, role in the project, and the person in each of the three projects.

The third project is small: without a foreman and an engineer of its own a day sheet of up to 3,000 has exactly two approvers.
"""

SUFFIXES = ("", "2", "3")
"""After the log-in names of the three projects."""

ROLES_SHOWN = (*(account.login for account in FIRM), *(login for login, *_ in SITE))


def accounts() -> tuple[Account, ...]:
    """Return everybody, the firm first."""
    return FIRM + tuple(
        Account(login + suffix, names[number], title, f"P0{number + 1}", role)
        for number, suffix in enumerate(SUFFIXES)
        for login, title, role, _, names in SITE
        if names[number]
    )


def team(number: int) -> list[tuple[str, str]]:
    """Return log-in and role in the project of everybody in one of the projects, 0 to 2."""
    return [(login + SUFFIXES[number], project_role) for login, _, _, project_role, names in SITE if names[number]]


def log_ins() -> list[str]:
    """Return the lines that tell how to sign in: one for each role."""
    by_login = {account.login: account for account in accounts()}
    shown = (by_login[login] for login in ROLES_SHOWN)
    lines = [f"  {one.login:<12} {one.name}　{one.title}" for one in shown]
    return [
        f"演示账号 demo log-ins (密码 password: {PASSWORD})",
        *lines,
        "  第二、三个项目部 the other two sites: manager2, clerk3 ...",
    ]
