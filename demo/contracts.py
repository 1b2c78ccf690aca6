"""Contracts, their changes and settlements; what is asked for, paid and received."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from demo.events import Ref, Story, moment
from demo.masters import LABOUR_PARTY, revenue
from demo.months import Months
from demo.people import SUFFIXES
from demo.projects import PROJECTS, Deal, Project

CENT = Decimal("0.01")
NEARLY_ALL = Decimal("0.985")
"""Contracts that have run their time are settled up to this part: the last of it is not measured yet."""

LARGE = frozenset({"0101", "0102", "0203"})
"""What is settled last under these codes of the first project is not asked for yet: `unfinished` does that."""


@dataclass(slots=True)
class Signed:
    """A contract in the story: what of it may still be asked for."""

    key: str
    project: Project
    deal: Deal
    quantity: Decimal
    settled: Decimal = field(default_factory=Decimal)
    payable: Decimal = field(default_factory=Decimal)
    requested: Decimal = field(default_factory=Decimal)
    next_from: date = date.min
    settlements: int = 0

    @property
    def amount(self) -> Decimal:
        """Return the amount with tax."""
        return cents(self.quantity * self.deal.price)

    @property
    def left(self) -> Decimal:
        """Return what may be asked for now."""
        return self.payable - self.requested


@dataclass(slots=True)
class Money:
    """What goes in and out of the accounts, as the story makes payments: by account and month."""

    out: dict[tuple[str, int], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    serial: int = 0

    def next_serial(self) -> str:
        """Return the number of a bank transfer."""
        self.serial += 1
        return f"JY{self.serial:08}"


def cents(value: Decimal) -> Decimal:
    """Round as the modules do."""
    return value.quantize(CENT, ROUND_HALF_UP)


def sign(story: Story, months: Months, others: Mapping[str, Decimal]) -> list[Signed]:
    """Tell of the contracts with the client and with others; `others` is what each project uses besides contracts."""
    signed = []
    for project in PROJECTS:
        _with_client(story, months, project)
        factor = _factor(story, project, others[project.code])
        for number, deal in enumerate(project.deals, 1):
            wobble = Decimal(story.random.randint(965, 1035)) / 1000
            quantity = project.line(deal.code) * deal.part * factor * wobble * (1 + deal.tax) / deal.price
            contract = Signed(f"contract.{project.code}.{number}", project, deal, quantity.quantize(CENT))
            story.document(_signed_at(story, months, deal), "funds.contract", contract.key, _commercial(project), contract_values(contract, months))
            signed.append(contract)
    return signed


def _factor(story: Story, project: Project, others: Decimal) -> Decimal:
    contracted = sum((project.line(deal.code) * deal.part for deal in project.deals), Decimal(0))
    return (project.budget * project.usage - others) / contracted


def _signed_at(story: Story, months: Months, deal: Deal):  # type: ignore[no-untyped-def]
    return moment(months.day(deal.start - 1, story.random.randint(18, 21)), 10, story.random.randint(0, 59))


def _commercial(project: Project) -> str:
    return f"commercial{SUFFIXES[project.number]}"


def contract_values(contract: Signed, months: Months) -> dict[str, object]:
    """Return a contract as it is written."""
    deal, project = contract.deal, contract.project
    line = {"cost_code": Ref(f"code.{deal.code}"), "content": deal.title, "unit": deal.unit, "quantity": str(contract.quantity)}
    line |= {"price": str(deal.price), "tax_rate": str(deal.tax)}
    values: dict[str, object] = {"name": f"{project.short}{deal.title}合同", "project": Ref(project.key), "category": deal.category}
    values |= {"party": Ref(f"party.{deal.party}"), "company": Ref("company"), "signed_on": str(months.day(deal.start - 1, 18))}
    values |= {"advance_pct": str(deal.advance), "invoice_required": deal.category != "labour", "lines": [line]}
    return values


def _with_client(story: Story, months: Months, project: Project) -> None:
    line = {"cost_code": Ref("code.0801"), "content": "工程施工", "unit": "项", "quantity": "1", "price": str(revenue(project)), "tax_rate": "0.09"}
    values: dict[str, object] = {"name": f"{project.name}施工合同", "project": Ref(project.key), "direction": "income"}
    values |= {"category": "construction", "party": Ref(f"party.{project.client}"), "company": Ref("company"), "pricing": "lump_sum"}
    values |= {"signed_on": str(months.day(-1, 17)), "lines": [line]}
    at = moment(months.day(-1, 17), 9, 30 + project.number)
    story.document(at, "funds.contract", f"income.{project.code}", "contract", values)


def run(story: Story, months: Months, signed: list[Signed], money: Money) -> None:
    """Tell how contracts are settled and paid, month by month."""
    for month in range(months.count):
        for contract in signed:
            deal = contract.deal
            if month == deal.start and deal.advance:
                _ask_advance(story, months, contract, money, month)
            if deal.start <= month <= deal.finish and ((month - deal.start) % 3 == 2 or month == deal.finish):
                _settle(story, months, contract, money, month)


def _ask_advance(story: Story, months: Months, contract: Signed, money: Money, month: int) -> None:
    amount = cents(contract.amount * contract.deal.advance).quantize(Decimal(1000), ROUND_FLOOR)
    _request(story, months, contract, money, moment(months.day(month, 6), 10), amount, "advance")


def _settle(story: Story, months: Months, contract: Signed, money: Money, month: int) -> None:
    deal = contract.deal
    settled_on = months.day(month + 1, 3)
    if settled_on > months.yesterday:
        return
    done = Decimal(month - deal.start + 1) / (deal.finish - deal.start + 1)
    quantity = (contract.quantity * done * NEARLY_ALL).quantize(CENT, ROUND_FLOOR) - contract.settled
    values, limit = settlement_values(contract, months, month, quantity)
    story.document(moment(settled_on, 10, story.random.randint(0, 59)), "funds.settlement", f"{contract.key}.s{contract.settlements}", _commercial(contract.project), values)
    contract.payable += limit
    asked = story.random.random() < 0.88 and not (contract.project.number == 0 and deal.code in LARGE and month >= months.count - 4)
    if asked:
        part = Decimal(story.random.randint(84, 92)) / 100
        amount = (contract.left * part).quantize(Decimal(1000), ROUND_FLOOR)
        at = moment(settled_on + timedelta(days=9), 9, story.random.randint(0, 59))
        _request(story, months, contract, money, at, amount, "progress")


def settlement_values(contract: Signed, months: Months, month: int, quantity: Decimal) -> tuple[dict[str, object], Decimal]:
    """Return the next settlement of a contract and what may be asked for because of it; it counts as made."""
    deal = contract.deal
    contract.settlements += 1
    contract.settled += quantity
    begins = contract.next_from if contract.settlements > 1 else months.first(deal.start)
    contract.next_from = months.first(month + 1)
    line = {"cost_code": Ref(f"code.{deal.code}"), "content": deal.title, "unit": deal.unit, "quantity": str(quantity)}
    line |= {"price": str(deal.price), "tax_rate": str(deal.tax)}
    amount = cents(quantity * deal.price)
    recovered = cents(amount * deal.advance)
    values: dict[str, object] = {"project": Ref(contract.project.key), "contract": Ref(contract.key), "period_no": contract.settlements}
    values |= {"period_from": str(begins), "period_to": str(months.last(month)), "settled_on": str(months.day(month + 1, 3))}
    values |= {"advance_recovered": str(recovered), "lines": [line]}
    return values, cents(amount * Decimal("0.8")) - recovered


def request_values(contract: Signed, months: Months, day: date, amount: Decimal, kind: str, **more: object) -> dict[str, object]:
    """Return a request for payment under a contract."""
    values: dict[str, object] = {"project": Ref(contract.project.key), "kind": kind, "contract": Ref(contract.key)}
    values |= {"requested": str(amount), "requested_on": str(day), "plan_month": day.strftime("%Y-%m"), "invoiced": str(amount)}
    return values | more


def _request(story: Story, months: Months, contract: Signed, money: Money, at, amount: Decimal, kind: str) -> None:  # type: ignore[no-untyped-def]
    if amount <= 0 or at.date() > months.yesterday:
        return
    if kind != "advance":
        contract.requested += amount
    name = f"{contract.key}.{kind}.{at.date()}"
    values = request_values(contract, months, at.date(), amount, kind)
    approved = story.document(at, "funds.payment_request", name, _commercial(contract.project), values)
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
            values = {"request": Ref(request), "account": Ref(f"account.{account}"), "amount": str(part), "paid_on": str(paid_on), "serial": money.next_serial()}
            story.document(moment(paid_on, 15, story.random.randint(0, 59)), "funds.payment", f"{request}.paid{number}", "cashier", values, votes=0)
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
        values: dict[str, object] = {"project": Ref(f"project.{project}"), "kind": "wages", "payee": Ref(f"party.{LABOUR_PARTY}")}
        values |= {"requested": str(amount), "requested_on": str(day), "plan_month": day.strftime("%Y-%m"), "reason": f"{months.text(month)} 点工工资代发"}
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
    values = {"kind": kind, "account": Ref(f"account.{account}"), "project": Ref(project.key), "payer": Ref(f"party.{project.client}")}
    values |= {"contract": Ref(f"income.{project.code}"), "amount": str(amount), "received_on": str(day)}
    values |= {"labour_part": str(amount)} if account == "wages" else {}
    story.document(moment(day, 9, 10), "funds.collection", f"collection.{account}.{day}", "finance", values, votes=0)


def change(story: Story, months: Months, signed: list[Signed]) -> None:
    """Tell of changes to contracts: each contract on the works has one now and then."""
    works = [contract for contract in signed if contract.deal.category in {"subcontract", "labour"}]
    for number, contract in enumerate(story.random.sample(works, 9)):
        month = min(contract.deal.start + 2 + number % 4, months.count - 2)
        story.document(
            moment(months.day(month, 12), 11), "funds.change_order", f"change.{number}", _commercial(contract.project), change_values(story, contract, months.day(month, 12))
        )


def change_values(story: Story, contract: Signed, day: date) -> dict[str, object]:
    """Return a change of a contract, claimed on a day."""
    claimed = Decimal(story.random.randint(12, 90) * 1000)
    values: dict[str, object] = {"project": Ref(contract.project.key), "contract": Ref(contract.key)}
    values |= {"kind": story.random.choice(("design", "site", "day_work", "price")), "cost_code": Ref(f"code.{contract.deal.code}")}
    values |= {"reason": "现场条件与图纸不符，按监理通知单施工", "location": "施工现场", "claimed": str(claimed)}
    values |= {"approved_amount": str(claimed * Decimal("0.9")), "occurred_on": str(day - timedelta(days=5)), "claimed_on": str(day)}
    return values
