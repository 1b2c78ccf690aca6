"""The whole story, from a seed and a date: the same two give the same events."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

from demo import contracts, day_work, masters, payments, site_progress, spending, unfinished, workforce
from demo.events import Event, Story, in_order
from demo.months import Months

MONTHS = 18
SEED = 20_260_101

LABOUR = {"P01": Decimal(560_000), "P02": Decimal(560_000), "P03": Decimal(560_000)}
"""What day labour and work by the piece come to in each project, about: contracts are sized so that the usage is met."""


def generate(seed: int, today: date) -> Iterator[Event]:
    """Yield all that happened up to the evening before `today`, in the order of time."""
    months = Months(today, MONTHS)

    def story(name: str) -> Story:
        # Each thread draws its own numbers: a change in one leaves the others as they are.
        return Story(Random(f"{seed}/{name}"))  # noqa: S311 - a story, not a secret

    first, people, labour, spent, dealt, built, open_ = map(
        story, ("first", "people", "labour", "spent", "dealt", "built", "open")
    )
    masters.begin(first, months)
    teams = workforce.hire(people, months)
    spending.budgets(spent, months)
    expenses = spending.expenses(spent, months)
    spending.forecasts(spent, months)
    spending.calculations(spent, months)
    attendance = day_work.day_sheets(labour, months, teams)
    day_work.piece_works(labour, months, teams)
    wages = day_work.month_summaries(labour, months, attendance)
    signed = contracts.sign(dealt, months, {code: amount + LABOUR[code] for code, amount in expenses.items()})
    money = payments.Money()
    contracts.run(dealt, months, signed, money)
    payments.pay_wages(dealt, months, wages, money)
    payments.collect(dealt, months, money)
    contracts.change(dealt, months, signed)
    site_progress.plans(built, months)
    site_progress.reports(built, months)
    site_progress.delays(built, months)
    unfinished.leave(open_, months, teams, signed)
    return in_order(first, people, spent, labour, dealt, built, open_, until=months.yesterday)
