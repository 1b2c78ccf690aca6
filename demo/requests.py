"""Papers that ask for something ahead or sum a month up, one at each step of its route."""

from demo.desk import Desk
from demo.events import Person, Ref
from demo.projects import PROJECTS
from demo.workforce import Team

Values = dict[str, object]


def leave_requests(desk: Desk, teams: tuple[Team, ...]) -> None:
    """Tell of plans, requests and summaries that somebody still has to agree to."""
    project: Values = {"project": Ref(PROJECTS[0].key)}
    for votes in range(2):
        month: Values = project | {"month": desk.months.text(desk.months.count - 1 - votes)}
        desk.wait("funds.fund_plan", "cost", month | {"lines": [_plan_line(desk, votes)]}, votes)
        desk.wait(
            "cost_centre.price_adjustment", "cost", month | {"risk": "0.05", "lines": [_price_line(votes)]}, votes
        )
        desk.wait("cost_centre.profit_snapshot", "costdept", project | _result(desk, votes), votes)
        desk.wait("day_labour.advance_wage", "labour", project | _advance(desk, teams, votes), votes)
    desk.wait(
        "progress.joint_kpi",
        "engineer",
        project | {"month": desk.months.text(desk.months.count - 1)} | {"parts": _parts()},
        0,
    )
    for votes in range(3):
        desk.wait("day_labour.labour_request", "clerk", project | _people_wanted(desk, votes), votes)


def _plan_line(desk: Desk, votes: int) -> Values:
    return {"direction": "out", "plan_on": str(desk.day), "amount": str(180_000 + 20_000 * votes)}


def _price_line(votes: int) -> Values:
    return {"material": "螺纹钢", "base": "3900", "current": str(4290 - 790 * votes), "quantity": "820"}


def _result(desk: Desk, votes: int) -> Values:
    return {"as_of": str(desk.day), "revenue": str(9_000_000 + votes), "cost": "7600000", "pending": "350000"}


def _advance(desk: Desk, teams: tuple[Team, ...], votes: int) -> Values:
    worker = next(team for team in teams if team.project.number == 0).workers[votes]
    return {
        "worker": Ref(worker.key),
        "biz_date": str(desk.day),
        "amount": "300",
        "cap_pct": "0.3",
        "way": "transfer",
    }


def _parts() -> list[Values]:
    return [
        {"name": "按时率", "score": "92", "weight": "0.6", "responsible": Person("engineer")},
        {"name": "质量分", "score": "88", "weight": "0.4", "responsible": Person("foreman")},
    ]


def _people_wanted(desk: Desk, votes: int) -> Values:
    line = {"work_type": "general", "people": 8, "days": "3", "rate": "260"}
    return {
        "location": "2#楼地下室",
        "reason": "cleaning",
        "need_by": f"{desk.day}",
        "cost_code": Ref("code.0201"),
        "bearer": "own",
        "urgent": votes == 2,
        "lines": [line],
    }
