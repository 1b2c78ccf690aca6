"""The first day: companies, cost codes, parties, calendars, projects with their teams, and bank accounts."""

from datetime import date
from decimal import Decimal

from demo.events import Person, Ref, Story, moment
from demo.months import Months
from demo.people import SUFFIXES, team
from demo.projects import COST_CODES, PROJECTS, Project

HOLIDAYS = (("01-01", "元旦"), ("05-01", "劳动节"), ("10-01", "国庆节"), ("10-02", "国庆节"), ("10-03", "国庆节"))
LABOUR_PARTY = "顺达劳务有限公司"
KINDS = {"purchase": "supplier", "labour": "labour", "subcontract": "subcontractor", "lease": "lessor"}
BANKS = ("江北农商银行城东支行", "江北银行新城支行", "通商银行江北分行")


def begin(story: Story, months: Months) -> None:
    """Tell how the company sets itself up, two weeks before the first month."""
    at = moment(months.before(14), 8)
    story.record(
        at, "organisation.company", "company", "admin", code="HZ", name="恒筑建设集团有限公司", short_name="恒筑建设"
    )
    for code, name, nature, parent in COST_CODES:
        above = {"parent": Ref(f"code.{parent}")} if parent else {}
        story.record(
            at, "organisation.cost_code", f"code.{code}", "costdept", code=code, name=name, nature=nature, **above
        )
    _parties(story, months)
    _calendar(story, months)
    for project in PROJECTS:
        _project(story, months, project)
    _bank_accounts(story, months)


def _parties(story: Story, months: Months) -> None:
    at = moment(months.before(14), 9)
    kinds = {project.client: "client" for project in PROJECTS}
    kinds |= {deal.party: KINDS[deal.category] for project in PROJECTS for deal in project.deals}
    kinds |= {"诚信检测有限公司": "supplier", "江北供电公司": "supplier", "正华监理有限公司": "supervisor"}
    for number, (name, kind) in enumerate(kinds.items(), 1):
        values: dict[str, object] = {
            "code": f"W{number:03}",
            "name": name,
            "kind": [kind],
            "bank": story.random.choice(BANKS),
        }
        values |= {
            "account_no": f"6200 0000 0000 {number:04}",
            "contact": "",
            "vat_kind": "small" if kind == "labour" else "general",
        }
        story.record(at, "organisation.party", f"party.{name}", "contract", **values)


def _calendar(story: Story, months: Months) -> None:
    first, last = months.first(0).year, months.today.year
    days = [
        {"day": f"{year}-{day}", "kind": "holiday", "note": note}
        for year in range(first, last + 1)
        for day, note in HOLIDAYS
    ]
    values: dict[str, object] = {
        "name": "六天工作制",
        "first_year": first,
        "last_year": last,
        "weekdays": list("123456"),
    }
    story.record(moment(months.before(14), 10), "organisation.calendar", "calendar", "works", days=days, **values)


def _project(story: Story, months: Months, project: Project) -> None:
    suffix = SUFFIXES[project.number]
    values: dict[str, object] = {
        "code": project.code,
        "name": project.name,
        "short_name": project.short,
        "project_type": project.kind,
        "owner_party": Ref(f"party.{project.client}"),
        "company": Ref("company"),
        "permit_no": f"JB-SG-{project.number + 1:04}",
        "region": project.region,
        "area": project.area,
        "contract_start": str(months.first(0)),
        "contract_finish": str(months.last(20 - project.number)),
        "actual_start": str(months.day(0, 2)),
        "pm": Person(f"manager{suffix}"),
        "tech_lead": Person(f"lead{suffix}"),
        "bid_amount": str(revenue(project)),
        "calendar": Ref("calendar"),
        "stage": "construction",
        "team": [{"user": Person(login), "role": role} for login, role in team(project.number)],
    }
    story.record(moment(months.before(15), 9), "organisation.project", project.key, "works", **values)


def revenue(project: Project) -> int:
    """Return what the client pays for a project, with tax, in whole yuan."""
    return int(project.budget * project.price * Decimal("1.09"))


def _bank_accounts(story: Story, months: Months) -> None:
    at = moment(months.before(15), 14)
    named = [("basic", "恒筑建设基本户", "basic"), ("wages", "农民工工资专户", "wage")]
    named += [(project.code, f"{project.short}项目专户", "project") for project in PROJECTS]
    for number, (name, title, kind) in enumerate(named, 1):
        values: dict[str, object] = {"name": title, "company": Ref("company"), "bank": BANKS[0], "kind": kind}
        story.record(
            at, "funds.account", f"account.{name}", "finance", account_no=f"6201 0000 0000 {number:04}", **values
        )
    for name, amount in (("basic", "6000000.00"), ("P01", "3500000.00"), ("P02", "2500000.00"), ("P03", "1800000.00")):
        opening = {
            "kind": "opening",
            "account": Ref(f"account.{name}"),
            "amount": amount,
            "received_on": str(_opened(months)),
        }
        story.document(moment(_opened(months), 10), "funds.collection", f"opening.{name}", "finance", opening, votes=0)


def _opened(months: Months) -> date:
    return months.before(16)
