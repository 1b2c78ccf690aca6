"""Budgets, expenses and the forecast of the cost at completion."""

from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal

from demo.events import Ref, Story, moment
from demo.months import Months
from demo.people import SUFFIXES
from demo.projects import PROJECTS, Project

EXPENSES = {
    "0501": (8, ("安全网及防护用品", "扬尘治理喷淋", "安全标识牌", "消防器材")),
    "0502": (5, ("宿舍板房维修", "临时围挡", "临时用电箱")),
    "0601": (10, ("办公用品", "打印耗材", "办公室网络费", "资料装订")),
    "0602": (8, ("外地考察差旅", "专家评审餐费", "市内交通费")),
    "0603": (7, ("施工用电", "施工用水")),
}
"""By cost code: how many claims a project has in the story, and for what."""

SPENT = Decimal("0.82")
"""The part of these lines of the budget that is claimed by now, times the usage of the project."""


def budgets(story: Story, months: Months) -> None:
    """Tell how each project gets its budget, and of one addition to it."""
    for project in PROJECTS:
        values: dict[str, object] = {
            "project": Ref(project.key),
            "kind": "target",
            "effective_on": str(months.first(0)),
        }
        values |= {
            "basis": "中标清单、施工组织设计及企业定额",
            "lines": [budget_line(code, project.line(code)) for code, _ in project.shares],
        }
        at = moment(months.before(16), 10, project.number)
        story.document(at, "cost_centre.budget", f"budget.{project.code}", f"cost{SUFFIXES[project.number]}", values)
    first = PROJECTS[0]
    moved: dict[str, object] = {
        "project": Ref(first.key),
        "kind": "adjust",
        "version_no": 1,
        "effective_on": str(months.day(7, 9)),
    }
    moved |= {
        "basis": "材料调剂",
        "lines": [budget_line("0104", Decimal(-90_000)), budget_line("0502", Decimal(90_000))],
    }
    story.document(moment(months.day(7, 9), 10), "cost_centre.budget", "budget.moved", "cost", moved)


def budget_line(code: str, amount: Decimal) -> dict[str, object]:
    """Return one line of a budget as a lump sum."""
    return {"cost_code": Ref(f"code.{code}"), "unit": "项", "quantity": "1", "price": str(amount), "tax_rate": "0"}


def expenses(story: Story, months: Months) -> dict[str, Decimal]:
    """Tell of what is spent on site without a contract, and return how much, by project."""
    spent = {}
    for project in PROJECTS:
        suffix = SUFFIXES[project.number]
        spent[project.code] = Decimal(0)
        for code, (claims, contents) in EXPENSES.items():
            each = project.line(code) * project.usage * SPENT / claims
            for number in range(claims):
                amount = (each * Decimal(story.random.randint(70, 118)) / 100).quantize(Decimal(10), ROUND_FLOOR)
                month = number * (months.count - 1) // claims
                day = months.day(month, story.random.randint(3, 24))
                actor = story.random.choice((f"clerk{suffix}", f"labour{suffix}", f"cost{suffix}"))
                values = expense_values(project, code, str(day), story.random.choice(contents), amount)
                story.document(
                    moment(day, 10, story.random.randint(0, 59)),
                    "cost_centre.expense",
                    f"expense.{project.code}.{code}.{number}",
                    actor,
                    values,
                )
                spent[project.code] += amount
    return spent


def expense_values(
    project: Project, code: str, day: str, content: str, amount: Decimal, **more: object
) -> dict[str, object]:
    """Return an expense of one line."""
    line = {
        "spent_on": day,
        "content": content,
        "amount": str(amount),
        "invoice_no": f"FP{abs(hash_of(day + content)):08}",
    }
    values: dict[str, object] = {"project": Ref(project.key), "cost_code": Ref(f"code.{code}"), "expense_date": day}
    return values | {"reason": content, "lines": [line]} | more


def hash_of(text: str) -> int:
    """Return a number that a text always leads to."""
    number = 7
    for letter in text:
        number = (number * 131 + ord(letter)) % 100_000_000
    return number


def forecasts(story: Story, months: Months) -> None:
    """Tell of the forecast that each project makes in every third month."""
    for project in PROJECTS:
        for month in range(5, months.count, 3):
            day = months.day(month, 25)
            done = Decimal(month) / months.count
            total = project.budget * (project.usage + Decimal(story.random.randint(8, 12)) / 100)
            settled = (total * done).quantize(Decimal(1000))
            values: dict[str, object] = {"project": Ref(project.key), "status_date": str(day), "settled": str(settled)}
            values |= {"open_contracts": str((total * (1 - done) * Decimal("0.8")).quantize(Decimal(1000)))}
            values |= {"open_changes": str(story.random.randint(8, 30) * 10_000), "target": str(project.budget)}
            values |= {
                "to_go": str((total * (1 - done) * Decimal("0.2")).quantize(Decimal(1000))),
                "revenue": str(project.budget * project.price),
            }
            name, actor = f"forecast.{project.code}.{month}", f"cost{SUFFIXES[project.number]}"
            story.document(
                moment(day, 14) + timedelta(minutes=project.number),
                "cost_centre.cost_forecast",
                name,
                actor,
                values,
                votes=0,
            )


def calculations(story: Story, months: Months) -> None:
    """Tell of prices that were split into price and tax."""
    for number, (subject, given, rate) in enumerate(
        (("商砼报价比较", 100_000, "0.03"), ("机电设备询价", 286_000, "0.13"), ("幕墙分包报价", 1_091_500, "0.09"))
    ):
        line = {"content": subject, "side": "in", "given": str(given), "tax_rate": rate}
        at = moment(months.day(4 + 4 * number, 12), 16)
        story.document(
            at,
            "cost_centre.price_calculation",
            f"price.{number}",
            "cost",
            {"subject": subject, "lines": [line]},
            votes=0,
        )
