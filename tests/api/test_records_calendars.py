"""Records that are calendars of working days, asked by the formulas of other records."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.office import Builder, Office, Person
from tests.unit.definition.shop import document, record, reference, text

DAYS = {
    "title": "例外日",
    "type": "array",
    "items": record(
        ["day", "kind"],
        day=text("日期", format="date"),
        kind=text("性质", oneOf=[{"const": "off", "title": "休"}, {"const": "on", "title": "班"}]),
    ),
}
YEAR = {"title": "年", "type": "integer"}
WEEK = {"title": "周", "type": "array", "items": {"enum": list("1234567")}, "x-field": {"type": "multi_select"}}
CALENDAR = document(
    "entity", name="calendar", title="日历", kind="master", display="name",
    schema=record(["name", "first", "last", "week"], name=text("名称"), first=YEAR, last=YEAR, week=WEEK, days=DAYS),
    calendar={"week": "week", "from_year": "first", "to_year": "last", "table": "days",
              "date": "day", "kind": "kind", "working": "on"},
)  # fmt: skip
END = text("完成", format="date", readOnly=True, **{"x-field": {"formula": "WORKEND(start, days, calendar)"}})
STEPS = {
    "title": "步骤",
    "type": "array",
    "items": record(["days"], days={"title": "天", "type": "integer"}, until={**END, "title": "至"}),
}
JOB = document(
    "entity", name="job", title="任务", kind="master", display="name",
    schema=record(
        ["name", "start", "days"], name=text("名称"), start=text("开始", format="date"),
        days={"title": "天数", "type": "integer"}, calendar=reference("日历", "calendar"), finish=END, steps=STEPS,
    ),
)  # fmt: skip
MODULE = document("module", name="plant", version="1.0.0", title="车间", roles=[{"name": "planner", "title": "计划"}])
SPRING = [{"day": f"2026-02-{day}", "kind": "off"} for day in range(15, 24)]
MAKE_UP = [{"day": "2026-02-14", "kind": "on"}, {"day": "2026-02-28", "kind": "on"}]


@pytest.fixture
def plant(database_url: str, tmp_path: Path) -> Iterator[Office]:
    folder = tmp_path / "modules" / "plant"
    (folder / "entities").mkdir(parents=True)
    for name, body in (("module", MODULE), ("entities/calendar", CALENDAR), ("entities/job", JOB)):
        (folder / f"{name}.json").write_text(json.dumps(body), encoding="utf-8")
    builder = Builder(tmp_path / "modules", tmp_path / "files")
    builder.publish(database_url)
    with builder.open(database_url, {}) as office:
        yield office


def a_calendar(admin: Person) -> dict[str, Any]:
    return admin.create(
        "plant.calendar", name="2026", first=2026, last=2026, week=list("12345"), days=[*SPRING, *MAKE_UP]
    )


def test_a_formula_counts_working_days_with_holidays_and_make_up_days(plant: Office):
    admin = plant["admin"]
    calendar = a_calendar(admin)

    made = admin.create("plant.job", name="a", start="2026-02-12", days=10, calendar=calendar["id"])

    assert made["values"]["finish"] == "2026-03-03"


def test_without_a_calendar_there_is_no_guess(plant: Office):
    made = plant["admin"].create("plant.job", name="a", start="2026-02-12", days=10)

    assert made["values"]["finish"] is None


def test_a_year_that_the_calendar_does_not_cover_is_an_error_that_shows(plant: Office):
    admin = plant["admin"]
    values = {"name": "a", "start": "2026-12-28", "days": 10, "calendar": a_calendar(admin)["id"]}

    reply = admin.post("/records/plant.job", {"values": values})

    assert (reply.status, reply.problems) == (422, [("/finish", "formula_failed")])
    assert "2027" in str(reply.body["problems"])


def test_a_calendar_is_read_once_however_many_formulas_ask_it(plant: Office):
    admin = plant["admin"]
    values = {"name": "a", "start": "2026-02-12", "days": 3, "calendar": a_calendar(admin)["id"]}

    with plant.statements() as sent:
        admin.create("plant.job", **values, steps=[{"days": days} for days in range(1, 40)])

    assert sum("r_plant__calendar__days" in one for one in sent) == 1


def test_an_edit_of_the_calendar_counts_from_the_next_save_on(plant: Office):
    admin = plant["admin"]
    calendar = a_calendar(admin)
    job = admin.create("plant.job", name="a", start="2026-02-12", days=20, calendar=calendar["id"])
    admin.change("plant.calendar", calendar, week=list("123456"))

    changed = admin.change("plant.job", job, name="b")

    assert job["values"]["finish"] == "2026-03-17"
    assert changed["values"]["finish"] == "2026-03-14"
