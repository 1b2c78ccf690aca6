"""What is asked for under contracts and for wages, what is paid, and what clients pay in."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

from demo.events import Ref, Story, moment
from demo.masters import LABOUR_PARTY
from demo.months import Months
from demo.people import SUFFIXES
from demo.projects import PROJECTS, Project
from demo.signed import Signed


@dataclass(slots=True)
class Money:
    """What goes in and out of the accounts, as the story makes payments: by account and month."""

    out: dict[tuple[str, int], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    serial: int = 0

    def next_serial(self) -> str:
        """Return the number of a bank transfer."""
        self.serial += 1
        return f"JY{self.serial:08}"


def request_values(contract: Signed, day: date, amount: Decimal, kind: str, **more: object) -> dict[str, object]:
    """Return a request for payment under a contract."""
    values: dict[str, object] = {"project": Ref(contract.project.key), "kind": kind, "contract": Ref(contract.key)}
    values |= {
        "requested": str(amount),
        "requested_on": str(day),
        "plan_month": day.strftime("%Y-%m"),
        "invoiced": str(amount),
    }
    return values | more


def request(
    story: Story, months: Months, contract: Signed, money: Money, at: datetime, amount: Decimal, kind: str
) -> None:
    """Tell of a request under a contract and of its payment."""
    if amount <= 0 or at.date() > months.yesterday:
        return
    if kind != "advance":
        contract.requested += amount
    name = f"{contract.key}.{kind}.{at.date()}"
    values = request_values(contract, at.date(), amount, kind)
    approved = story.document(at, "funds.payment_request", name, contract.commercial, values)
    _pay(story, months, money, name, contract.project.code, amount, approved.date() + timedelta(days=1))


def _pay(story: Story, months: Months, money: Money, request: str, account: str, amount: Decimal, day: date) -> None:
    """Tell of the payment, one time in six in two parts."""
    parts = [amount]
    if story.random.random() < 0.16 and amount > 100_000:
        first = (amount / 2).quantize(Decimal(1000), ROUND_FLOOR)
        parts = [first, amount - first]
    for number, part in enumerate(parts):
        paid_on = day + timedelta(days=7 * number)
        if paid_on <= months.yesterday:
            values = {
                "request": Ref(request),
                "account": Ref(f"account.{account}"),
                "amount": str(part),
                "paid_on": str(paid_on),
                "serial": money.next_serial(),
            }
            story.document(
                moment(paid_on, 15, story.random.randint(0, 59)),
                "funds.payment",
                f"{request}.paid{number}",
                "cashier",
                values,
                votes=0,
            )
            money.out[account, _month_of(months, paid_on)] += part


def _month_of(months: Months, day: date) -> int:
    first = months.first(0)
    return (day.year - first.year) * 12 + day.month - first.month


def pay_wages(story: Story, months: Months, paid: Mapping[tuple[str, int], Decimal], money: Money) -> None:
    """Tell how the wages of each month are asked for and paid from their own account."""
    for (project, month), amount in paid.items():
        day = months.day(month + 1, 10)
        if day > months.yesterday or not amount:
            continue
        values: dict[str, object] = {
            "project": Ref(f"project.{project}"),
            "kind": "wages",
            "payee": Ref(f"party.{LABOUR_PARTY}"),
        }
        values |= {
            "requested": str(amount),
            "requested_on": str(day),
            "plan_month": day.strftime("%Y-%m"),
            "reason": f"{months.text(month)} 点工工资代发",
        }
        name = f"wage_request.{project}.{month}"
        actor = f"commercial{SUFFIXES[int(project[-1]) - 1]}"
        approved = story.document(moment(day, 9, 30), "funds.payment_request", name, actor, values)
        _pay(story, months, money, name, "wages", amount, approved.date() + timedelta(days=1))


def collect(story: Story, months: Months, money: Money) -> None:
    """Tell how clients pay: what goes out in a month came in shortly before, and a little more."""
    for month in range(months.count):
        day = months.day(month, 1)
        if day > months.yesterday:
            continue
        wages = money.out["wages", month]
        for project in PROJECTS:
            needed = money.out[project.code, month] * Decimal(story.random.randint(98, 112)) / 100
            _collection(story, project, day, "progress", project.code, needed)
        _collection(story, PROJECTS[month % len(PROJECTS)], day, "progress", "wages", wages * Decimal("1.03") + 5000)


def _collection(story: Story, project: Project, day: date, kind: str, account: str, needed: Decimal) -> None:
    amount = needed.quantize(Decimal(1000))
    if amount <= 0:
        return
    values = {
        "kind": kind,
        "account": Ref(f"account.{account}"),
        "project": Ref(project.key),
        "payer": Ref(f"party.{project.client}"),
    }
    values |= {"contract": Ref(f"income.{project.code}"), "amount": str(amount), "received_on": str(day)}
    values |= {"labour_part": str(amount)} if account == "wages" else {}
    story.document(moment(day, 9, 10), "funds.collection", f"collection.{account}.{day}", "finance", values, votes=0)
