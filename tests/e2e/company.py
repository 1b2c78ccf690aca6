"""A small building company for browser tests: people, one project with its masters, a budget, a contract and a settlement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.adapters.api_desk import ApiDesk
from engine.services.scenarios import ADMIN

PEOPLE = {
    "clerk": ("姜媛", "clerk", "site_clerk"),
    "clerk2": ("田静", "clerk", "site_clerk"),
    "manager": ("周建军", "project_manager", "manager"),
    "cost": ("薛慧", "cost_staff", "cost_officer"),
    "commercial": ("段文涛", "cost_staff", "commercial"),
    "director": ("贺文斌", "contract_director", ""),
    "company": ("严素芳", "cost_department", ""),
    "finance": ("钱敏", "finance", ""),
    "fin_director": ("邵丽华", "finance_director", ""),
    "cashier": ("夏雪", "cashier", ""),
    "deputy": ("顾长林", "deputy_manager", ""),
    "general": ("陆明远", "general_manager", ""),
}
"""Log-in: name, role of the firm, role in the project. Without a foreman and an engineer a small sheet has two approvers."""

NAMES = {"admin": "系统管理员"} | {login: name for login, (name, *_) in PEOPLE.items()}
"""Names by log-in."""

DEPARTMENTS = {
    "HQ": ("恒筑建设集团", "", "general"),
    "COST": ("成本合约部", "HQ", "company"),
    "P01": ("滨河花园项目部", "HQ", "manager"),
}
WORKERS = (
    ("W001", "赵铁柱", "300.00"),
    ("W002", "钱大海", "280.00"),
    ("W003", "孙小满", "260.00"),
    ("W004", "李秋生", "320.00"),
)
CODES = (
    ("02", "班组及人工", "labour", ""),
    ("0201", "点工", "labour", "02"),
    ("0101", "钢材", "material", ""),
    ("0301", "主体劳务", "subcontract", ""),
)
BUDGET = {"0201": "100000", "0101": "400000", "0301": "5200000"}


@dataclass(slots=True)
class Company:
    """Ids of what was founded, by short names: "project", "code.0201", "worker.W001", "person.clerk" ..."""

    desk: ApiDesk
    ids: dict[str, str] = field(default_factory=dict)

    def record(self, call: str, who: str, entity: str, values: Mapping[str, Any]) -> str:
        """Create a record and remember its id."""
        self.ids[call] = self.desk.create(who, entity, values).id
        return self.ids[call]

    def document(self, call: str, who: str, entity: str, values: Mapping[str, Any], voters: Sequence[str] = ()) -> str:
        """Create a document, submit it, and let everybody agree who is asked."""
        found = self.record(call, who, entity, values)
        self.desk.move(who, "submit", entity, found, "")
        for voter in voters:
            self.desk.decide(voter, "agree", entity, found, "", "")
        return found


def today() -> date:
    """Return the day as the company has it."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def found(desk: ApiDesk) -> Company:
    """Found the company through the public API."""
    company = Company(desk)
    _hire(company)
    _masters(company)
    _money(company)
    return company


def _hire(company: Company) -> None:
    desk, ids = company.desk, company.ids
    ids["person.admin"] = desk.employ(ADMIN, (), None, admin=True)
    desk._ask(ADMIN, "PATCH", f"/accounts/{ids['person.admin']}", {"name": NAMES["admin"]})
    for login, (name, role, _) in PEOPLE.items():
        ids[f"person.{login}"] = desk.employ(login, [f"organisation.{role}"], None, admin=False)
        desk._ask(ADMIN, "PATCH", f"/accounts/{ids[f'person.{login}']}", {"name": name})
    for code, (name, parent, head) in DEPARTMENTS.items():
        given = {
            "code": code,
            "name": name,
            "parent_id": ids.get(f"department.{parent}"),
            "head_id": ids[f"person.{head}"],
        }
        ids[f"department.{code}"] = desk._ask(ADMIN, "POST", "/departments", given)["id"]
    for login, code in (("clerk", "P01"), ("manager", "P01"), ("cost", "P01"), ("company", "COST"), ("general", "HQ")):
        desk._ask(ADMIN, "PATCH", f"/accounts/{ids[f'person.{login}']}", {"department_id": ids[f"department.{code}"]})


def _masters(company: Company) -> None:
    ids = company.ids
    team = [{"user": ids[f"person.{login}"], "role": place} for login, (_, _, place) in PEOPLE.items() if place]
    company.record(
        "project", ADMIN, "organisation.project", {"code": "P01", "name": "滨河花园一期住宅工程", "team": team}
    )
    for code, name, nature, parent in CODES:
        above = {"parent": ids[f"code.{parent}"]} if parent else {}
        company.record(
            f"code.{code}", ADMIN, "organisation.cost_code", {"code": code, "name": name, "nature": nature} | above
        )
    company.record("party", ADMIN, "organisation.party", {"code": "S1", "name": "顺达劳务有限公司"})
    company.record("team", ADMIN, "day_labour.team", {"name": "零工一班", "project": ids["project"]})
    for code, name, rate in WORKERS:
        values = {
            "code": code,
            "name": name,
            "work_type": "general",
            "day_rate": rate,
            "project": ids["project"],
            "team": ids["team"],
        }
        company.record(f"worker.{code}", ADMIN, "day_labour.worker", values)
    until = {"valid_from": str(today().replace(month=1, day=1)), "valid_to": str(today() + timedelta(days=400))}
    rule = {"name": "力工标准", "project": ids["project"], "day_rate": "280.00"} | until
    company.record("wage_rule", ADMIN, "day_labour.wage_rule", rule | {"guide_min": "200.00", "guide_max": "400.00"})
    company.record("account", ADMIN, "funds.account", {"name": "基本户", "kind": "basic", "account_no": "6222 0001"})


def _money(company: Company) -> None:
    """Budget, contract and settlement, each approved by everybody it asks; what may be requested is 2,560,000."""
    ids = company.ids
    planned = [{"cost_code": ids[f"code.{code}"], "quantity": "1", "price": price} for code, price in BUDGET.items()]
    company.document(
        "budget",
        "cost",
        "cost_centre.budget",
        {"project": ids["project"], "lines": planned},
        ("company", "manager", "general"),
    )
    signed = {
        "name": "主体劳务",
        "project": ids["project"],
        "party": ids["party"],
        "signed_on": str(today() - timedelta(days=60)),
    }
    terms = {"progress_pct": "0.80", "invoice_required": False}
    lines = [{"cost_code": ids["code.0301"], "quantity": "1", "price": "5000000"}]
    voters = ("director", "manager", "fin_director", "general")
    company.document("contract", "commercial", "funds.contract", signed | terms | {"lines": lines}, voters)
    settle(company, "settlement", 1, "3200000.00", today() - timedelta(days=30))


def settle(company: Company, call: str, number: int, amount: str, day: date) -> None:
    """Settle a part of the contract."""
    ids = company.ids
    period = {
        "period_no": number,
        "period_from": str(day.replace(day=1)),
        "period_to": str(day),
        "settled_on": str(day),
    }
    lines = [{"cost_code": ids["code.0301"], "quantity": "1", "price": amount}]
    values = {"project": ids["project"], "contract": ids["contract"], "lines": lines} | period
    voters = ("cost", "director", "finance") if float(amount) > 500_000 else ("cost", "director")
    company.document(call, "commercial", "funds.settlement", values, voters)


def furnish(company: Company) -> None:
    """Add what screens need to be looked at: documents in several states and costs of several months."""
    ids = company.ids
    for number, (code, amount, back) in enumerate(
        (("0101", "86000.00", 95), ("0101", "143500.50", 64), ("0101", "98000.00", 33), ("0201", "61200.00", 12))
    ):
        spent = {
            "kind": "claim",
            "project": ids["project"],
            "cost_code": ids[f"code.{code}"],
            "expense_date": str(today() - timedelta(days=back)),
        }
        lines = [{"content": "材料采购" if code == "0101" else "零星用工", "amount": amount}]
        company.document(
            f"expense.{number}",
            "clerk",
            "cost_centre.expense",
            spent | {"lines": lines},
            ("manager", "finance", "general"),
        )
    for number, voters in enumerate((("manager", "cost"), ("manager",), (), None)):
        values = sheet(company, today() - timedelta(days=number + 1), ("W001", "W002", "W003"))
        if voters is None:
            company.record(f"sheet.{number}", "clerk", "day_labour.day_sheet", values)
        else:
            company.document(f"sheet.{number}", "clerk", "day_labour.day_sheet", values, voters)
    company.desk.decide("manager", "return", "day_labour.day_sheet", ids["sheet.2"], "", "第三人应为半天，请更正")
    asked = {
        "project": ids["project"],
        "kind": "progress",
        "payee": ids["party"],
        "requested": "180000.00",
        "contract": ids["contract"],
    }
    company.document("request", "commercial", "funds.payment_request", asked | {"requested_on": str(today())})


def sheet(company: Company, day: date, workers: Sequence[str]) -> dict[str, Any]:
    """Return the values of a day sheet."""
    ids = company.ids
    lines = [{"worker": ids[f"worker.{code}"]} for code in workers]
    place = {
        "project": ids["project"],
        "team": ids["team"],
        "cost_code": ids["code.0201"],
        "wage_rule": ids["wage_rule"],
    }
    return place | {"work_date": str(day), "location": "地下室清理", "lines": lines}
