"""Approvals in every state: papers at each step of each route, and drafts, returned, rejected, withdrawn and void ones."""

from datetime import timedelta
from decimal import Decimal

from demo.contracts import change_values, contract_values, settlement_values
from demo.day_work import piece_values, sheet_values
from demo.desk import ENDED_DAYS, Desk
from demo.events import Person, Ref, Story
from demo.months import Months
from demo.payments import request_values
from demo.people import SUFFIXES
from demo.projects import PROJECTS, Deal
from demo.requests import leave_requests
from demo.signed import Signed
from demo.site_progress import BUILDING, task_key
from demo.spending import budget_line, expense_values
from demo.workforce import Team, Worker


def leave(story: Story, months: Months, teams: tuple[Team, ...], signed: list[Signed]) -> None:
    """Tell of all that is not finished."""
    desk = Desk(story, months)
    _sheets(desk, teams)
    _pieces(desk, teams)
    _wages(desk, teams)
    _expenses(desk)
    _budgets(desk)
    _contracts(desk, signed)
    _settlements(desk, signed)
    _requests(desk, signed)
    _changes(desk, signed)
    _progress(desk)
    leave_requests(desk, teams)


def _sheets(desk: Desk, teams: tuple[Team, ...]) -> None:
    """Of the first project: its people have the plain log-in names."""
    own = [team for team in teams if team.project.number == 0]
    month = desk.months.count - 1

    def sheet(number: int, size: int, before: int = 0) -> dict[str, object]:
        team = own[number % len(own)]
        day = desk.day - timedelta(days=before)
        values = sheet_values(desk.story, team, month, day, list(team.workers[:size]))
        return values | {"lines": _lines(team.workers[:size])}

    for number, (size, votes) in enumerate(((4, 0), (4, 1), (4, 2), (16, 3))):
        desk.wait("day_labour.day_sheet", "clerk", sheet(number, size), votes)
    # Rates above the guide are looked at by the company.
    desk.wait("day_labour.day_sheet", "clerk", sheet(4, 3, 1) | {"wage_rule": None, "guide_max": "200"}, 3)
    for number, how in enumerate(("draft", "returned", "rejected", "withdrawn", "void", "corrected")):
        desk.end(
            "day_labour.day_sheet",
            "clerk",
            sheet(number, 5, ENDED_DAYS + 1 + number // 4),
            how,
            {"returned": 1, "void": 7}.get(how, 0),
            "manager",
        )
    small = next(team for team in teams if team.project.number == 2)
    values = sheet_values(desk.story, small, month, desk.day, list(small.workers[:6]))
    desk.wait("day_labour.day_sheet", "clerk3", values | {"lines": _lines(small.workers[:6])}, 1)


def _lines(workers: tuple[Worker, ...]) -> list[dict[str, object]]:
    """Return lines of an afternoon: no other sheet has those, so none of them meets one that is there already."""
    return [{"worker": Ref(worker.key), "shift": "afternoon", "reg_hours": "6"} for worker in workers]


def _pieces(desk: Desk, teams: tuple[Team, ...]) -> None:
    own = [team for team in teams if team.project.number == 0]
    for number, (quantity, votes) in enumerate((("20", 0), ("22", 1), ("400", 2))):
        desk.wait("day_labour.piece_work", "clerk", piece_values(desk.story, own[number], desk.day, quantity), votes)
    desk.end("day_labour.piece_work", "clerk", piece_values(desk.story, own[0], desk.day, "30"), "draft")
    desk.end("day_labour.piece_work", "clerk", piece_values(desk.story, own[1], desk.past, "40"), "rejected", 1)


def _wages(desk: Desk, teams: tuple[Team, ...]) -> None:
    """Wages of the month before the story for those who came late to the list: one paper for each step."""
    for votes, team in enumerate(teams[0:9:4]):
        worker = team.workers[-1]
        values: dict[str, object] = {
            "project": Ref(team.project.key),
            "month": desk.months.text(-1),
            "team": Ref(team.key),
        }
        values |= {
            "published_on": str(desk.day),
            "lines": [{"worker": Ref(worker.key), "days": "3", "note": "补发进场前整理场地"}],
        }
        desk.wait("day_labour.month_summary", f"labour{SUFFIXES[team.project.number]}", values, votes)


def _expenses(desk: Desk) -> None:
    first, third, day = PROJECTS[0], PROJECTS[2], str(desk.day)
    for amount, votes in ((1600, 0), (9800, 1), (21500, 1), (22500, 2)):
        desk.wait(
            "cost_centre.expense", "clerk", expense_values(first, "0501", day, "临边防护栏杆", Decimal(amount)), votes
        )
    # Nothing else is spent under this code: the line of the budget is tight with this claim, and the deputy is asked too.
    tight = (third.line("0105") * Decimal("0.94")).quantize(Decimal(100))
    desk.wait("cost_centre.expense", "clerk3", expense_values(third, "0105", day, "零星水电材料", tight), 3)
    asked = expense_values(first, "0601", str(desk.past), "会议室投影设备", Decimal(6800), kind="request")
    desk.end("cost_centre.expense", "clerk", asked, "approved", 7)
    for how, votes in (("draft", 0), ("returned", 0), ("rejected", 1), ("withdrawn", 0), ("void", 7)):
        desk.end(
            "cost_centre.expense",
            "clerk",
            expense_values(first, "0603", str(desk.past), "施工用电", Decimal(4200)),
            how,
            votes,
            "manager",
        )


def _budgets(desk: Desk) -> None:
    """Additions need the general manager; a move between lines only the project manager."""
    first = PROJECTS[0]

    def adjust(version: int, *lines: tuple[str, int]) -> dict[str, object]:
        values: dict[str, object] = {
            "project": Ref(first.key),
            "kind": "adjust",
            "version_no": version,
            "effective_on": str(desk.day),
        }
        return values | {
            "basis": "现场条件变化",
            "lines": [budget_line(code, Decimal(amount)) for code, amount in lines],
        }

    desk.wait("cost_centre.budget", "cost", adjust(2, ("0801", 120_000)), 0)
    desk.wait("cost_centre.budget", "cost", adjust(3, ("0305", -160_000), ("0603", 160_000)), 1)
    desk.wait("cost_centre.budget", "cost", adjust(4, ("0403", 300_000)), 1)
    desk.wait("cost_centre.budget", "cost", adjust(5, ("0105", 450_000)), 2)
    desk.end("cost_centre.budget", "cost", adjust(6, ("0602", 50_000)), "rejected", 1)
    desk.end("cost_centre.budget", "cost", adjust(7, ("0601", 20_000)), "draft")


def _contracts(desk: Desk, signed: list[Signed]) -> None:
    """Nine that are not in force: with them there are forty."""
    last = desk.months.count
    offers = (
        ("0304", "明源幕墙工程有限公司", "门窗工程", "subcontract", "平方米", "520", 0),
        ("0305", "安泰消防工程有限公司", "消防工程", "subcontract", "平方米", "24", 1),
        ("0104", "新砌建材有限公司", "模板木方采购", "purchase", "张", "68", 2),
        ("0403", "力行机械租赁有限公司", "挖掘机租赁", "lease", "台班", "1450", 3),
    )
    for code, party, title, category, unit, price, votes in offers:
        deal = Deal(code, party, title, category, unit, Decimal(price), Decimal("0.09"), last, last + 4)
        contract = Signed("", PROJECTS[0], deal, Decimal(300 + 40 * votes))
        desk.wait(
            "funds.contract",
            "commercial",
            contract_values(contract, desk.months) | _open_party(signed, party, desk),
            votes,
        )
    for number, (how, votes) in enumerate(
        (("draft", 0), ("returned", 1), ("rejected", 2), ("withdrawn", 0), ("void", 7))
    ):
        deal = Deal(
            "0105",
            "联通管材有限公司",
            f"零星材料采购（{number + 1}）",
            "purchase",
            "批",
            Decimal(8600),
            Decimal("0.13"),
            last,
            last + 2,
        )
        contract = Signed("", PROJECTS[1], deal, Decimal(3 + number))
        values = contract_values(contract, desk.months) | {"signed_on": str(desk.past)}
        desk.end("funds.contract", "commercial2", values, how, votes, "contract")


def _open_party(signed: list[Signed], party: str, desk: Desk) -> dict[str, object]:
    known = {contract.deal.party for contract in signed}
    return {"signed_on": str(desk.day)} | ({} if party in known else {"party": Ref(f"party.{signed[5].deal.party}")})


def _settlements(desk: Desk, signed: list[Signed]) -> None:
    """The present period of contracts that still run, at each step; the first is large enough for finance."""
    running = sorted(
        (one for one in signed if one.project.number == 0 and one.deal.finish >= desk.months.count - 1),
        key=lambda one: -one.amount,
    )
    for votes, part in ((3, "0.12"), (2, "0.02"), (1, "0.02"), (0, "0.02")):
        contract = running[3 - votes]
        quantity = (contract.quantity * Decimal(part)).quantize(Decimal("0.01"))
        values, _ = settlement_values(contract, desk.months, desk.months.count - 1, quantity)
        values |= {"settled_on": str(desk.day), "period_to": str(desk.day)}
        desk.wait("funds.settlement", "commercial", values, votes)


def _requests(desk: Desk, signed: list[Signed]) -> None:
    """Requests within what is left to be paid, at each step of each size."""
    own = [one for one in signed if one.project.number == 0]
    day = desk.day
    asked: tuple[tuple[int, int, dict[str, object]], ...] = (
        (30_000, 0, {}),
        (42_000, 1, {}),
        (180_000, 2, {}),
        (520_000, 2, {}),
        (510_000, 3, {}),
        (36_000, 2, {"in_plan": False}),
    )
    for amount, votes, more in asked:
        contract = max(own, key=lambda one: one.left)
        contract.requested += amount
        desk.wait(
            "funds.payment_request",
            "commercial",
            request_values(contract, day, Decimal(amount), "progress", **more),
            votes,
        )
    for how, votes in (("draft", 0), ("returned", 1), ("rejected", 1), ("withdrawn", 0), ("void", 7)):
        contract = max(own, key=lambda one: one.left)
        contract.requested += 8_000
        desk.end(
            "funds.payment_request",
            "commercial",
            request_values(contract, desk.past, Decimal(8_000), "progress"),
            how,
            votes,
            "finance",
        )


def _changes(desk: Desk, signed: list[Signed]) -> None:
    works = [one for one in signed if one.project.number == 0 and one.deal.category == "subcontract"]
    for votes in range(3):
        desk.wait("funds.change_order", "cost", change_values(desk.story, works[votes], desk.day), votes)
    desk.end("funds.change_order", "cost", change_values(desk.story, works[0], desk.day), "draft")
    desk.end("funds.change_order", "cost", change_values(desk.story, works[1], desk.past), "rejected", 1)


def _progress(desk: Desk) -> None:
    """A changed baseline at each step of its route, and reports that wait."""
    first = PROJECTS[0]
    for votes in range(3):
        line = {
            "task": Ref(task_key(first, BUILDING[7])),
            "planned_on": str(desk.day),
            "planned": str(10_000 * (votes + 1)),
        }
        values: dict[str, object] = {
            "project": Ref(first.key),
            "kind": "special",
            "baseline_no": 2 + votes,
            "data_date": str(desk.day),
        }
        desk.wait("progress.plan", "engineer", values | {"reason": "按新的开盘日期调整", "lines": [line]}, votes)
    for votes in range(2):
        line = {"task": Ref(task_key(first, BUILDING[6])), "quantity": str(120 + votes), "image_text": "机电管线"}
        report: dict[str, object] = {
            "project": Ref(first.key),
            "period_from": str(desk.day),
            "period_to": str(desk.day),
            "lines": [line],
        }
        desk.wait("progress.progress_report", "engineer", report, votes)
    action: dict[str, object] = {
        "project": Ref(first.key),
        "kind": "resources",
        "description": "增加装修班组",
        "responsible": Person("foreman"),
        "due_on": str(desk.day),
    }
    desk.end("progress.corrective_action", "manager", action, "draft")
