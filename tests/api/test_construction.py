"""The modules of the product, asked for what nobody may get: also by two requests at the same moment."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import Prepared
from tests.api.office import PASSWORD, Builder, Office
from tests.api.simultaneously import at_once
from tests.api.stages import PostgreSQLCopies, SQLiteCopies
from tests.api.test_statement_budget import told

MODULES = Path(__file__).resolve().parents[2] / "modules"
SHEET, EXPENSE, ENTRY = "day_labour.day_sheet", "cost_centre.expense", "cost_centre.entry"


def furnish(office: Office) -> dict[str, str]:
    """Two projects with a team of workers each, and a cost code with one below it."""
    admin = office["admin"]
    team = [{"user": admin.id, "role": role} for role in ("manager", "cost_officer", "labour_officer", "site_clerk")]
    ids: dict[str, str] = {}
    for name, code in (("east", "P1"), ("west", "P2")):
        ids[name] = admin.create("organisation.project", code=code, name=name, team=team)["id"]
        ids[f"{name}_team"] = admin.create("day_labour.team", name=name, project=ids[name])["id"]
    ids["above"] = admin.create("organisation.cost_code", code="02", name="人工", nature="labour")["id"]
    ids["code"] = admin.create(
        "organisation.cost_code", code="0201", name="点工", nature="labour", parent=ids["above"]
    )["id"]
    worker = {"code": "W1", "name": "张三", "work_type": "general", "day_rate": "300.00"}
    ids["worker"] = admin.create("day_labour.worker", **worker, project=ids["east"], team=ids["east_team"])["id"]
    return ids


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Builder:
    return Builder(MODULES, tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def prepared(request: pytest.FixtureRequest, builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    made = Prepared(builder, furnish)
    if request.param == "sqlite":
        made.copies = SQLiteCopies(made, tmp_path_factory.mktemp("site"))
    else:
        made.copies = PostgreSQLCopies(made, request.getfixturevalue("postgres_folder"))
    return made


@pytest.fixture
def site(prepared: Prepared) -> Iterator[Office]:
    with prepared.open() as made:
        yield made


def sheet(site: Office, project: str = "east", hours: str = "8", **more: object) -> dict[str, Any]:
    row = {"worker": site.ids["worker"], "reg_hours": "8", "ot_hours": hours, "shift": more.pop("shift", "day")}
    values = {"project": site.ids[project], "team": site.ids[f"{project}_team"], "work_date": "2026-03-02"}
    return values | {"location": "地下室", "cost_code": site.ids["code"], "lines": [row]} | more


def test_a_cost_code_with_others_below_takes_no_cost(site: Office):
    reply = site["admin"].post(f"/records/{SHEET}", {"values": sheet(site, cost_code=site.ids["above"])})

    assert (reply.status, reply.problems) == (422, [("/cost_code", "reference_not_leaf")])
    assert reply.body["problems"][0]["params"]["label"] == "人工"


def test_nobody_works_more_than_a_day_has_hours_on_two_projects_together(site: Office):
    admin = site["admin"]
    admin.move("submit", SHEET, admin.create(SHEET, **sheet(site, hours="6")))

    reply = admin.post(f"/records/{SHEET}", {"values": sheet(site, "west", "3", shift="night")})

    assert reply.status == 422
    assert [one["params"]["rule"] for one in reply.body["problems"] if one["severity"] == "error"] == [
        "day_of_24_hours"
    ]
    assert reply.body["problems"][0]["pointer"].startswith("/lines/0")


def test_of_two_sheets_handed_in_at_once_only_one_fits_into_the_day(site: Office):
    browsers = [site["admin"], site.another("admin")]
    sheets = [
        browsers[0].create(SHEET, **sheet(site, "east", "6")),
        browsers[0].create(SHEET, **sheet(site, "west", "6", shift="night")),
    ]

    replies = at_once(
        *(
            lambda one=one, made=made: one.try_move("submit", SHEET, made)
            for one, made in zip(browsers, sheets, strict=True)
        )
    )

    assert sorted(reply.status for reply in replies) == [200, 422]
    hours = browsers[0].get("/measures/day_labour.worked_hours", where={"worker": site.ids["worker"]}).body["total"]
    assert hours == "14.00"


def test_the_same_worker_twice_in_one_shift_is_refused(site: Office):
    values = sheet(site)
    values["lines"] *= 2

    reply = site["admin"].post(f"/records/{SHEET}", {"values": values})

    assert reply.status == 422
    assert all(pointer.startswith("/lines") for pointer, _ in reply.problems)


def test_every_entity_of_every_module_draws_its_pages(site: Office):
    admin = site["admin"]
    modules = admin.get("/modules").body["items"]

    for entity in (one["key"] for module in modules for one in module["entities"]):
        meta = admin.get(f"/entities/{entity}").body
        replies = [admin.list(entity, view=view["name"]) for view in meta["views"]] + [
            admin.get(f"/records/{entity}/totals", view=view["name"]) for view in meta["views"]
        ]
        if meta["kind"] != "ledger":
            replies.append(admin.get(f"/records/{entity}/template"))
        assert {reply.status for reply in replies} <= {200}, entity


def test_every_measure_and_dashboard_of_every_module_answers(site: Office):
    admin = site["admin"]
    admin.move("submit", SHEET, admin.create(SHEET, **sheet(site)))
    configuration = site.installation.configurations._kept[1].configuration

    for key, measure in configuration.measures.items():
        by = ",".join(one.name for one in measure.dimensions[:2])
        assert admin.get(f"/measures/{key}", by=by).status == 200, key
        assert admin.get(f"/measures/{key}/documents").status == 200, key
    assert {admin.get(f"/dashboards/{key}").status for key in configuration.dashboards} == {200}


def test_the_last_approval_of_a_sheet_takes_ten_statements_with_all_that_it_posts(site: Office):
    admin, given = site["admin"], {"login": "cora", "name": "Cora", "password": PASSWORD}
    cora = admin.post("/accounts", given | {"roles": ["organisation.cost_staff"]}).body["id"]
    project = admin.read("organisation.project", site.ids["east"])
    team = [{"user": admin.id, "role": "manager"}, {"user": cora, "role": "cost_officer"}]
    admin.change("organisation.project", project, team=team)
    record = admin.create(SHEET, **sheet(site))
    admin.move("submit", SHEET, record)
    onward = admin.try_decide("agree", admin.approval(record, SHEET)["my_seat"])
    seat = site["cora"].approval(record, SHEET)["my_seat"]

    with site.statements() as seen:
        reply = site["cora"].try_decide("agree", seat)

    assert (onward.status, reply.body["record"]["status"]) == (200, "approved")
    assert len(seen) <= 10, told(seen)
