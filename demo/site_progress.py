"""Tasks, the plan of what they are worth month by month, and the reports of what was done."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from demo.events import Person, Ref, Story, moment
from demo.months import Months
from demo.people import SUFFIXES
from demo.projects import PROJECTS, Project


@dataclass(frozen=True, slots=True)
class Task:
    """One task that takes progress: its share of what the client pays, its quantity, and the months that it takes."""

    code: str
    name: str
    share: Decimal
    unit: str
    quantity: Decimal
    start: int
    finish: int


def _tasks(text: str) -> tuple[Task, ...]:
    """Read lines of code, name, share in percent, unit, quantity and months."""
    rows = (line.split() for line in text.strip().splitlines())
    return tuple(
        Task(code, name, Decimal(share) / 100, unit, Decimal(quantity), *map(int, span.split("-")))
        for code, name, share, unit, quantity, span in rows
    )


BUILDING = _tasks("""
    1.1 土方开挖 4 立方米 62000 0-2
    1.2 桩基及筏板 10 立方米 5800 1-5
    2.1 地下室结构 12 立方米 9600 3-7
    2.2 主体结构 30 平方米 48600 5-14
    2.3 二次结构 9 立方米 4300 8-16
    3.1 屋面及防水 6 平方米 12800 11-17
    3.2 机电安装 15 平方米 48600 6-19
    3.3 装饰装修 14 平方米 46000 12-20
""")
ROAD = _tasks("""
    1.1 拆除及清表 6 平方米 98000 0-3
    1.2 路基土方 20 立方米 76000 1-9
    2.1 雨污水管道 18 米 6200 2-11
    2.2 管廊结构 16 立方米 5400 4-13
    3.1 路面基层 18 平方米 84000 7-15
    3.2 沥青面层 14 平方米 84000 10-18
    3.3 路灯及交通设施 8 套 420 12-19
""")
PLANS = (BUILDING, ROAD, BUILDING)
PHASES = {"1": "基础工程", "2": "主体工程", "3": "安装及收尾"}
PACE = (Decimal("0.97"), Decimal("0.90"), Decimal("1.0"))
"""How much of its plan each project gets done."""

SPEED = (Decimal("1.2"), Decimal("1.12"), Decimal("0.92"))
"""The tasks of each project take so many times the months that are given: the third is shorter."""


def worth(project: Project, task: Task) -> Decimal:
    """Return what a task is worth, without tax."""
    return (project.budget * project.price * task.share).quantize(Decimal(1000))


def planned_share(project: Project, task: Task, month: int) -> Decimal:
    """Return which part of a task is to be done by the end of a month."""
    start, finish = task.start * SPEED[project.number], (task.finish + 1) * SPEED[project.number]
    return min(max((Decimal(month + 1) - start) / (finish - start), Decimal(0)), Decimal(1))


def plans(story: Story, months: Months) -> None:
    """Tell of tasks, plans and milestones."""
    for project in PROJECTS:
        tasks, suffix = PLANS[project.number], SUFFIXES[project.number]
        at = moment(months.before(19), 9, project.number)
        for phase, title in PHASES.items():
            story.record(
                at,
                "progress.task",
                f"task.{project.code}.{phase}",
                "works",
                project=Ref(project.key),
                wbs_code=phase,
                name=title,
                kind="summary",
            )
        for task in tasks:
            _task(story, months, project, task)
        lines = [line for task in tasks for line in _plan_lines(months, project, task)]
        values: dict[str, object] = {"project": Ref(project.key), "data_date": str(months.first(0)), "lines": lines}
        story.document(
            moment(months.before(21), 9), "progress.plan", f"plan.{project.code}", f"manager{suffix}", values
        )
        _milestones(story, months, project)


def _task(story: Story, months: Months, project: Project, task: Task) -> None:
    speed = SPEED[project.number]
    values: dict[str, object] = {
        "project": Ref(project.key),
        "wbs_code": task.code,
        "name": task.name,
        "unit": task.unit,
    }
    values |= {
        "parent": Ref(f"task.{project.code}.{task.code[0]}"),
        "plan_start": str(months.first(int(task.start * speed))),
    }
    values |= {"plan_finish": str(months.last(int(task.finish * speed))), "budget_amount": str(worth(project, task))}
    values |= {
        "quantity_total": str(task.quantity),
        "weight": str(task.share * 100),
        "responsible": Person(f"manager{SUFFIXES[project.number]}"),
    }
    story.record(
        moment(months.before(19), 10, project.number), "progress.task", task_key(project, task), "works", **values
    )


def task_key(project: Project, task: Task) -> str:
    """Return the name that events use for a task."""
    return f"task.{project.code}.{task.code}"


def _plan_lines(months: Months, project: Project, task: Task) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = []
    before = Decimal(0)
    for month in range(months.count):
        value = (worth(project, task) * planned_share(project, task, month)).quantize(Decimal(100), ROUND_FLOOR)
        if value > before:
            lines.append(
                {
                    "task": Ref(task_key(project, task)),
                    "planned_on": str(months.last(month)),
                    "planned": str(value - before),
                }
            )
        before = value
    return lines


def _milestones(story: Story, months: Months, project: Project) -> None:
    named = (("正负零完成", 6, 9), ("主体封顶", 14, 14), ("竣工验收", 19 - project.number, 21))
    for number, (name, month, late) in enumerate(named):
        plan = months.day(month, 19)
        values: dict[str, object] = {
            "project": Ref(project.key),
            "name": name,
            "plan_on": str(plan),
            "contract_amount": str(project.budget),
        }
        values |= {
            "penalty_rate": "0.0005",
            "penalty_cap": "0.03",
            "forecast_on": str(months.day(month, 19 + late * project.number % 10)),
        }
        at = moment(months.before(22), 9, project.number * 5 + number)
        story.record(
            at,
            "progress.milestone",
            f"milestone.{project.code}.{number}",
            f"manager{SUFFIXES[project.number]}",
            **values,
        )


def reports(story: Story, months: Months) -> None:
    """Tell what was done in each month."""
    for project in PROJECTS:
        done: dict[str, Decimal] = {}
        for month in range(months.count):
            ends = min(months.last(month), months.yesterday)
            if ends < months.first(month):
                continue
            lines = [
                line for task in PLANS[project.number] if (line := _done(story, months, project, task, month, done))
            ]
            if lines:
                _report(story, months, project, month, ends, lines)


def _done(
    story: Story, months: Months, project: Project, task: Task, month: int, done: dict[str, Decimal]
) -> dict[str, object] | None:
    part = planned_share(project, task, month) * PACE[project.number] * Decimal(story.random.randint(96, 100)) / 100
    if month == months.count - 1:
        part *= Decimal("0.995")
    quantity = (task.quantity * part).quantize(Decimal(1), ROUND_FLOOR) - done.get(task.code, Decimal(0))
    if quantity <= 0:
        return None
    done[task.code] = done.get(task.code, Decimal(0)) + quantity
    return {
        "task": Ref(task_key(project, task)),
        "quantity": str(quantity),
        "image_text": f"{task.name}累计完成 {int(part * 100)}%",
    }


def _report(
    story: Story, months: Months, project: Project, month: int, ends: date, lines: list[dict[str, object]]
) -> None:
    values: dict[str, object] = {
        "project": Ref(project.key),
        "period_from": str(months.first(month)),
        "period_to": str(ends),
    }
    values |= {
        "weather": story.random.choice(("晴", "多云", "小雨", "阴")),
        "headcount": story.random.randint(60, 180),
        "lines": lines,
    }
    actor = f"engineer{SUFFIXES[project.number]}" if project.number < 2 else "lead3"
    story.document(
        moment(ends, 17, 10 + project.number),
        "progress.progress_report",
        f"report.{project.code}.{month}",
        actor,
        values,
    )


def delays(story: Story, months: Months) -> None:
    """Tell what held the work up, and what was done about it."""
    causes = ("weather", "client", "design", "material", "labour", "weather", "weather", "client")
    for number, cause in enumerate(causes):
        project, month = PROJECTS[number % 3], 1 + number * 2
        day = months.day(month, 8)
        values: dict[str, object] = {
            "project": Ref(project.key),
            "starts_on": str(day),
            "ends_on": str(months.day(month, 9 + number % 5)),
            "cause": cause,
        }
        values |= {"claimable": cause in {"client", "design"}}
        actor = f"manager{SUFFIXES[project.number]}"
        story.document(moment(months.day(month, 16), 11), "progress.delay", f"delay.{number}", actor, values, votes=0)
        if number % 3 == 1:
            action: dict[str, object] = {
                "project": Ref(project.key),
                "kind": "overtime",
                "description": "增加夜班，调整流水段",
                "responsible": Person(actor),
            }
            action |= {"due_on": str(months.day(month, 26)), "gain_plan": 3}
            story.document(
                moment(months.day(month, 17), 11),
                "progress.corrective_action",
                f"action.{number}",
                actor,
                action,
                votes=0,
            )
