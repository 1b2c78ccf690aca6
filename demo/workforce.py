"""Twelve teams and two hundred workers, and what a day of their work is paid."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from demo.events import Ref, Story, moment
from demo.masters import LABOUR_PARTY
from demo.months import Months
from demo.names import people
from demo.people import SUFFIXES, accounts
from demo.projects import PROJECTS, Project

WORKERS = 200
TRADES = {
    "general": ("综合班", 240),
    "carpenter": ("木工班", 340),
    "steel_fixer": ("钢筋班", 330),
    "mason": ("瓦工班", 320),
    "concreter": ("混凝土班", 290),
    "scaffolder": ("架子班", 330),
    "electrician": ("水电班", 310),
    "painter": ("装修班", 300),
}
"""What a team of a trade is called, and the middle rate of a day in yuan."""

TEAMS = (
    ("general", "carpenter", "steel_fixer", "mason"),
    ("general", "concreter", "mason", "electrician"),
    ("general", "scaffolder", "electrician", "painter"),
)
"""The teams of each project, by trade."""


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker, by the name that events use, with the rate of a day."""

    key: str
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Team:
    """One team of one project with its workers."""

    key: str
    project: Project
    trade: str
    workers: tuple[Worker, ...]


def hire(story: Story, months: Months) -> tuple[Team, ...]:
    """Tell how rates are set and teams and workers arrive, and return the teams."""
    names = people(story.random, {account.name for account in accounts()})
    wanted = [(project, trade) for project in PROJECTS for trade in TEAMS[project.number]]
    found, hired = [], 0
    for number, (project, trade) in enumerate(wanted):
        size = WORKERS // len(wanted) + (number < WORKERS % len(wanted))
        _rates(story, months, project, trade)
        leader, sex = next(names)
        key = f"team.{project.code}.{trade}"
        _team(story, months, project, key, trade, leader)
        crew = [(leader, sex), *(next(names) for _ in range(size - 1))]
        workers = [_worker(story, months, project, key, trade, hired + n, *one) for n, one in enumerate(crew, 1)]
        hired += size
        found.append(Team(key, project, trade, tuple(workers)))
    return tuple(found)


def rule_for(team: Team, month: int) -> Ref:
    """Return the rates in force for a team in a month of the story."""
    return Ref(f"rule.{team.project.code}.{team.trade}.{0 if month < RULES_CHANGE else 1}")


RULES_CHANGE = 9
"""The month of the story from which the second set of rates holds."""


def _rates(story: Story, months: Months, project: Project, trade: str) -> None:
    title, middle = TRADES[trade]
    spans = ((months.first(-1), months.last(RULES_CHANGE - 1)), (months.first(RULES_CHANGE), months.last(30)))
    for number, (start, end) in enumerate(spans):
        values: dict[str, object] = {
            "name": f"{title}标准（第 {number + 1} 期）",
            "project": Ref(project.key),
            "work_type": trade,
        }
        values |= {"grade": "middle", "valid_from": str(start), "valid_to": str(end), "day_rate": str(middle)}
        values |= {"guide_min": str(middle - 60), "guide_max": str(middle + 55)}
        name = f"rule.{project.code}.{trade}.{number}"
        actor = f"cost{SUFFIXES[project.number]}"
        story.record(moment(months.before(18), 10, number), "day_labour.wage_rule", name, actor, **values)


def _team(story: Story, months: Months, project: Project, key: str, trade: str, leader: str) -> None:
    values: dict[str, object] = {
        "name": TRADES[trade][0],
        "project": Ref(project.key),
        "work_type": trade,
        "leader": leader,
    }
    values |= {
        "party": Ref(f"party.{LABOUR_PARTY}"),
        "leader_phone": "10000000000",
        "entry_on": str(months.before(20)),
    }
    actor = f"labour{SUFFIXES[project.number]}"
    story.record(moment(months.before(20), 9), "day_labour.team", key, actor, **values)


def _worker(
    story: Story, months: Months, project: Project, team: str, trade: str, number: int, name: str, sex: str
) -> Worker:
    random, middle = story.random, TRADES[trade][1]
    leads = name == next(
        event.values["leader"] for event in reversed(story.events) if event.values and event.name == team
    )
    rate = Decimal(middle + 10 * random.randint(-4, 5) + (10 if leads else 0))
    born = months.first(0) - timedelta(days=random.randint(21 * 365, 54 * 365))
    values: dict[str, object] = {
        "code": f"GR{number:04}",
        "name": name,
        "id_no": f"000000{born:%Y%m%d}{number:04}",
        "sex": sex,
        "born_on": str(born),
        "phone": f"1000000{number:04}",
        "project": Ref(project.key),
        "team": Ref(team),
        "work_type": trade,
        "grade": random.choice(("junior", "middle", "middle", "senior")),
        "is_leader": leads,
        "has_insurance": random.random() < 0.9,
        "enter_on": str(months.before(20)),
        "bank": "江北农商银行",
        "card": f"6202 0000 0000 {number:04}",
        "day_rate": str(rate),
    }
    actor = f"labour{SUFFIXES[project.number]}"
    story.record(moment(months.before(20), 10, number % 60), "day_labour.worker", f"worker.{number}", actor, **values)
    return Worker(f"worker.{number}", rate)
