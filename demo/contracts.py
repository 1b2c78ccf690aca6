"""Contracts with clients and others, their changes, and how they are settled."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

from demo.events import Ref, Story, moment
from demo.masters import revenue
from demo.months import Months
from demo.payments import Money, request
from demo.projects import PROJECTS, Deal, Project
from demo.signed import CENT, Signed, cents

NEARLY_ALL = Decimal("0.985")
"""Contracts that have run their time are settled up to this part: the last of it is not measured yet."""

LARGE = frozenset({"0101", "0102", "0203"})
"""What is settled last under these codes of the first project is not asked for yet: `unfinished` does that."""


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
            story.document(
                _signed_at(story, months, deal),
                "funds.contract",
                contract.key,
                contract.commercial,
                contract_values(contract, months),
            )
            signed.append(contract)
    return signed


def _factor(story: Story, project: Project, others: Decimal) -> Decimal:
    contracted = sum((project.line(deal.code) * deal.part for deal in project.deals), Decimal(0))
    return (project.budget * project.usage - others) / contracted


def _signed_at(story: Story, months: Months, deal: Deal) -> datetime:
    return moment(months.day(deal.start - 1, story.random.randint(18, 21)), 10, story.random.randint(0, 59))


def contract_values(contract: Signed, months: Months) -> dict[str, object]:
    """Return a contract as it is written."""
    deal, project = contract.deal, contract.project
    line = {
        "cost_code": Ref(f"code.{deal.code}"),
        "content": deal.title,
        "unit": deal.unit,
        "quantity": str(contract.quantity),
    }
    line |= {"price": str(deal.price), "tax_rate": str(deal.tax)}
    values: dict[str, object] = {
        "name": f"{project.short}{deal.title}合同",
        "project": Ref(project.key),
        "category": deal.category,
    }
    values |= {
        "party": Ref(f"party.{deal.party}"),
        "company": Ref("company"),
        "signed_on": str(months.day(deal.start - 1, 18)),
    }
    values |= {"advance_pct": str(deal.advance), "invoice_required": deal.category != "labour", "lines": [line]}
    return values


def _with_client(story: Story, months: Months, project: Project) -> None:
    line = {
        "cost_code": Ref("code.0801"),
        "content": "工程施工",
        "unit": "项",
        "quantity": "1",
        "price": str(revenue(project)),
        "tax_rate": "0.09",
    }
    values: dict[str, object] = {"name": f"{project.name}施工合同", "project": Ref(project.key), "direction": "income"}
    values |= {
        "category": "construction",
        "party": Ref(f"party.{project.client}"),
        "company": Ref("company"),
        "pricing": "lump_sum",
    }
    values |= {"signed_on": str(months.before(17)), "lines": [line]}
    at = moment(months.before(17), 9, 30 + project.number)
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
    request(story, months, contract, money, moment(months.day(month, 6), 10), amount, "advance")


def _settle(story: Story, months: Months, contract: Signed, money: Money, month: int) -> None:
    deal = contract.deal
    settled_on = months.day(month + 1, 3)
    if settled_on > months.yesterday:
        return
    done = Decimal(month - deal.start + 1) / (deal.finish - deal.start + 1)
    quantity = (contract.quantity * done * NEARLY_ALL).quantize(CENT, ROUND_FLOOR) - contract.settled
    values, limit = settlement_values(contract, months, month, quantity)
    story.document(
        moment(settled_on, 10, story.random.randint(0, 59)),
        "funds.settlement",
        f"{contract.key}.s{contract.settlements}",
        contract.commercial,
        values,
    )
    contract.payable += limit
    asked = story.random.random() < 0.88 and not (
        contract.project.number == 0 and deal.code in LARGE and month >= months.count - 4
    )
    if asked:
        part = Decimal(story.random.randint(84, 92)) / 100
        amount = (contract.left * part).quantize(Decimal(1000), ROUND_FLOOR)
        at = moment(settled_on + timedelta(days=9), 9, story.random.randint(0, 59))
        request(story, months, contract, money, at, amount, "progress")


def settlement_values(
    contract: Signed, months: Months, month: int, quantity: Decimal
) -> tuple[dict[str, object], Decimal]:
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
    values: dict[str, object] = {
        "project": Ref(contract.project.key),
        "contract": Ref(contract.key),
        "period_no": contract.settlements,
    }
    values |= {
        "period_from": str(begins),
        "period_to": str(months.last(month)),
        "settled_on": str(months.day(month + 1, 3)),
    }
    values |= {"advance_recovered": str(recovered), "lines": [line]}
    return values, cents(amount * Decimal("0.8")) - recovered


def change(story: Story, months: Months, signed: list[Signed]) -> None:
    """Tell of changes to contracts: each contract on the works has one now and then."""
    works = [contract for contract in signed if contract.deal.category in {"subcontract", "labour"}]
    for number, contract in enumerate(story.random.sample(works, 9)):
        month = min(contract.deal.start + 2 + number % 4, months.count - 2)
        story.document(
            moment(months.day(month, 12), 11),
            "funds.change_order",
            f"change.{number}",
            contract.commercial,
            change_values(story, contract, months.day(month, 12)),
        )


def change_values(story: Story, contract: Signed, day: date) -> dict[str, object]:
    """Return a change of a contract, claimed on a day."""
    claimed = Decimal(story.random.randint(12, 90) * 1000)
    values: dict[str, object] = {"project": Ref(contract.project.key), "contract": Ref(contract.key)}
    values |= {
        "kind": story.random.choice(("design", "site", "day_work", "price")),
        "cost_code": Ref(f"code.{contract.deal.code}"),
    }
    values |= {"reason": "现场条件与图纸不符，按监理通知单施工", "location": "施工现场", "claimed": str(claimed)}
    values |= {
        "approved_amount": str(claimed * Decimal("0.9")),
        "occurred_on": str(day - timedelta(days=5)),
        "claimed_on": str(day),
    }
    return values
