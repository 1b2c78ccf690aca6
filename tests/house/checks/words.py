"""Business words: the engine gives the language its meaning and knows none of them."""

import re
from pathlib import Path

from tests.house.checks.sources import files, place

ENGLISH = (
    "cost", "costs", "costing", "fund", "funds", "funding", "labour", "labor", "timesheet", "timesheets", "budget",
    "budgets", "budgeting", "payroll", "wage", "wages", "salary", "salaries", "settlement", "settlements", "invoice",
    "invoices", "invoicing", "payment", "payments", "payable", "payables", "receivable", "receivables", "contract",
    "contracts", "contractor", "contractors", "subcontract", "subcontractor", "subcontractors", "procurement",
    "reimbursement", "reimbursements", "expense", "expenses",
)  # fmt: skip
CHINESE = (
    "成本", "资金", "劳务", "点工", "工时", "工资", "薪资", "薪酬", "工人", "班组", "预算", "合同", "结算", "发票",
    "付款", "收款", "支付", "报销", "费用", "施工", "分包", "采购", "供应商", "工日",
)  # fmt: skip

# Parameters of libraries that happen to be called so.
FOREIGN_NAMES = ("time_cost", "memory_cost")

_ENGLISH = re.compile(rf"(?<![a-z])(?:{'|'.join(ENGLISH)})(?![a-z])", re.IGNORECASE)
_CHINESE = re.compile("|".join(CHINESE))
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def business_words(root: Path, folder: str = "engine") -> list[str]:
    """Return every line, of code, comment or text, that holds a business word; `camelCase` and `snake_case` count."""
    return [
        f"{place(root, file)}:{number}: {word}"
        for file in files(root, folder, ".py", ".json", ".ts", ".tsx", ".sql", ".html", ".txt")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        for word in words_in(line)
    ]


def words_in(line: str) -> list[str]:
    """Return the business words of a line."""
    for name in FOREIGN_NAMES:
        line = line.replace(name, "")
    return _ENGLISH.findall(_HUMP.sub(" ", line)) + _CHINESE.findall(line)
