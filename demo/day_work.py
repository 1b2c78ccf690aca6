"""Day sheets, work by the piece, and the wages of each month."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from demo.events import Ref, Story, moment
from demo.months import Months
from demo.names import WORKS, place
from demo.people import SUFFIXES
from demo.workforce import Team, Worker, rule_for

SHEETS_A_MONTH = 2
FEWEST_LINES, MOST_LINES = 9, 16
REASONS = ("sundry", "sundry", "cleaning", "assistance", "rework", "instruction", "emergency")
PIECES = (
    ("二次结构砌筑", "立方米", "118.50"),
    ("墙面抹灰", "平方米", "23.80"),
    ("地面找平", "平方米", "19.60"),
    ("管沟开挖", "立方米", "41.00"),
    ("脚手架搭设", "平方米", "14.20"),
    ("线管预埋", "米", "8.60"),
)


@dataclass(slots=True)
class Worked:
    """What a worker did in a month: whole days, half days, hours of overtime."""

    days: int = 0
    halves: int = 0
    overtime: Decimal = field(default_factory=Decimal)


Attendance = dict[tuple[str, int], dict[Worker, Worked]]
"""By project and month: what its workers did, on sheets of the ordinary kind."""


def day_sheets(story: Story, months: Months, teams: tuple[Team, ...]) -> Attendance:
    """Tell of the sheets of every team in every month, and return what the workers did."""
    attendance: Attendance = defaultdict(lambda: defaultdict(Worked))
    for month in range(months.count):
        for team in teams:
            for day in months.some_days(month, SHEETS_A_MONTH, story.random):
                _sheet(story, team, month, day, attendance[team.project.code, month])
    return attendance


def sheet_values(
    story: Story, team: Team, month: int, day: date, workers: list[Worker], **more: object
) -> dict[str, object]:
    """Return the header of a sheet with plain lines of eight hours."""
    values: dict[str, object] = {"project": Ref(team.project.key), "work_date": str(day), "team": Ref(team.key)}
    values |= {"location": place(story.random), "cost_code": Ref("code.0201"), "reason": story.random.choice(REASONS)}
    values |= {"wage_rule": rule_for(team, month), "note": story.random.choice(WORKS)}
    values["lines"] = [{"worker": Ref(worker.key), "shift": "day", "reg_hours": "8"} for worker in workers]
    return values | more


def _sheet(story: Story, team: Team, month: int, day: date, attendance: dict[Worker, Worked]) -> None:
    random, suffix = story.random, SUFFIXES[team.project.number]
    size = random.randint(FEWEST_LINES, min(MOST_LINES, len(team.workers)))
    workers = sorted(random.sample(team.workers, size), key=lambda worker: worker.key)
    values = sheet_values(story, team, month, day, workers)
    values["lines"] = [_line(story, worker, attendance[worker]) for worker in workers]
    chance = random.random()
    if chance < 0.06:
        deal = random.choice([deal for deal in team.project.deals if deal.category == "subcontract"])
        values |= {"bearer": "party", "party": Ref(f"party.{deal.party}")}
    elif chance < 0.12:
        values |= {"cost_code": Ref(random.choice(("code.0501", "code.0502")))}
    at = moment(day + timedelta(days=random.randint(0, 1)), random.randint(16, 17), random.randint(0, 59))
    name = f"sheet.{team.project.code}.{team.trade}.{day}"
    story.document(at, "day_labour.day_sheet", name, f"clerk{suffix}", values)


def _line(story: Story, worker: Worker, worked: Worked) -> dict[str, object]:
    random = story.random
    line: dict[str, object] = {"worker": Ref(worker.key)}
    chance = random.random()
    if chance < 0.1:
        worked.halves += 1
        return line | {"shift": "morning", "start": "07:30", "end": "11:30", "reg_hours": "4"}
    worked.days += 1
    if chance < 0.14:
        return line | {"shift": "night", "start": "20:00", "end": "05:00", "break_min": 60, "reg_hours": "8"}
    overtime = random.choice((0, 0, 0, 0, 0, 3, 3, 6)) / 2
    worked.overtime += Decimal(str(overtime))
    until = f"{17 + int(overtime)}:{30 if overtime % 1 else 0:02}"
    return line | {
        "shift": "day",
        "start": "07:00",
        "end": until,
        "break_min": 120,
        "reg_hours": "8",
        "ot_hours": str(overtime),
    }


def piece_works(story: Story, months: Months, teams: tuple[Team, ...]) -> None:
    """Tell of work by the piece: each team now and then."""
    for month in range(1, months.count):
        for team in story.random.sample(teams, 3):
            for day in months.some_days(month, 1, story.random):
                values = piece_values(story, team, day)
                actor = f"clerk{SUFFIXES[team.project.number]}"
                at = moment(day, 17, story.random.randint(0, 59))
                story.document(at, "day_labour.piece_work", f"piece.{team.key}.{day}", actor, values)


def piece_values(story: Story, team: Team, day: date, quantity: str = "") -> dict[str, object]:
    """Return a piece of work, shared by the days of those who did it."""
    random = story.random
    item, unit, price = random.choice(PIECES)
    workers = sorted(random.sample(team.workers, random.randint(3, 6)), key=lambda worker: worker.key)
    shares = [{"worker": Ref(worker.key), "weight": str(random.choice((1, 1.5, 2, 2.5, 3)))} for worker in workers]
    values: dict[str, object] = {"project": Ref(team.project.key), "work_date": str(day), "team": Ref(team.key)}
    values |= {"cost_code": Ref("code.0202"), "location": place(random), "item": item, "unit": unit, "price": price}
    return values | {"quantity": quantity or f"{random.randint(600, 2600) / 10}", "tax_rate": "0.03", "shares": shares}


def month_summaries(story: Story, months: Months, attendance: Attendance) -> dict[tuple[str, int], Decimal]:
    """Tell of the wages of each month, and return what is paid out, by project and month."""
    paid: dict[tuple[str, int], Decimal] = {}
    for (project, month), by_worker in attendance.items():
        published = months.day(month + 1, 2)
        if published > months.yesterday:
            continue
        rows = [_wage(story, worker, by_worker[worker]) for worker in sorted(by_worker, key=lambda worker: worker.key)]
        paid[project, month] = sum((net for _, net in rows), Decimal(0))
        values: dict[str, object] = {"project": Ref(f"project.{project}"), "month": months.text(month)}
        values |= {"lines": [line for line, _ in rows], "published_on": str(published)}
        actor = f"labour{SUFFIXES[int(project[-1]) - 1]}"
        story.document(moment(published, 15), "day_labour.month_summary", f"wages.{project}.{month}", actor, values)
    return paid


def _wage(story: Story, worker: Worker, worked: Worked) -> tuple[dict[str, object], Decimal]:
    """Return a line and what is paid out by it."""
    days = worked.days + Decimal(worked.halves) / 2 + worked.overtime / 6
    gross = (worker.rate * days).quantize(Decimal("0.01"))
    chance = story.random.random()
    advance = Decimal(200) if chance < 0.12 and gross > 400 else Decimal(0)
    penalty = Decimal(50) if chance > 0.97 else Decimal(0)
    line: dict[str, object] = {"worker": Ref(worker.key), "days": str(worked.days), "half_days": worked.halves}
    line |= {"ot_hours": str(worked.overtime), "advance": str(advance), "penalty": str(penalty), "signed": True}
    return line, max(gross - advance - penalty, Decimal(0))
