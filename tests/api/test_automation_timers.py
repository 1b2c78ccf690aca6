"""Automations by the clock: each due moment once, whoever works on it, and whatever breaks off."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from engine.services.automations import timers
from tests.api.automating import automate, automation, create, runs, update
from tests.api.office import NOON, Office
from tests.api.shop import ITEM

PLACE = "shop.place"
DAILY = {"type": "schedule", "every": "day", "at": "08:00"}


def places(office: Office) -> list[str]:
    """Names of places that automations made."""
    found = office["admin"].list(PLACE, fields="name", limit=200).body["items"]
    return sorted(one["values"]["name"] for one in found if "@" in one["values"]["name"])


def at(office: Office, *moment: int) -> None:
    """Set the clock to a moment where the installation stands (eight hours ahead of UTC), and work."""
    office.clock.moment = datetime(*moment, tzinfo=UTC) - timedelta(hours=8)  # type: ignore[arg-type,misc]
    while timers.tick(office.installation):
        pass


def clock_in(name: str, on: dict[str, object], **more: object) -> dict[str, object]:
    return automation(name, on, create("place", {"name": f"'{name}@' & TODAY()"}), entity=None, **more)


def test_a_monthly_schedule_takes_the_last_day_of_shorter_months(office: Office):
    automate(office, clock_in("m", {"type": "schedule", "every": "month", "day": 31, "at": "23:30"}))

    at(office, 2026, 3, 2, 13)
    for day in ((2026, 3, 31, 23), (2026, 4, 1, 0), (2026, 4, 30, 23, 30), (2026, 5, 1, 9)):
        at(office, *day)

    assert places(office) == ["m@2026-03-31", "m@2026-04-30"]


def test_what_was_missed_while_nobody_worked_is_made_up_for_once_each(office: Office):
    automate(office, clock_in("d", DAILY))
    at(office, 2026, 3, 2, 13)

    at(office, 2026, 3, 5, 7)
    at(office, 2026, 3, 5, 7, 30)
    at(office, 2026, 3, 5, 8)

    assert places(office) == ["d@2026-03-03", "d@2026-03-04", "d@2026-03-05"]
    assert [one["trigger"] for one in runs(office)] == ["schedule"] * 3


def test_two_workers_do_everything_once(office: Office):
    automate(office, *(clock_in(f"w{number}", DAILY) for number in range(6)))
    at(office, 2026, 3, 2, 13)
    office.clock.moment = NOON + timedelta(days=3)
    gate = Barrier(2)

    def work(_worker: int) -> int:
        gate.wait()
        done = 0
        while worked := timers.tick(office.installation, limit=1):
            done += worked
        return done

    with ThreadPoolExecutor(2) as pool:
        done = sum(pool.map(work, range(2)))

    assert done == 18
    assert len(places(office)) == len(set(places(office))) == 18


def test_a_worker_that_is_killed_leaves_nothing_half_done(office: Office, monkeypatch: pytest.MonkeyPatch):
    automate(office, clock_in("d", DAILY))
    at(office, 2026, 3, 2, 13)

    def killed(*_anything: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("engine.services.automations.timers.attempt", _after(timers.attempt, killed))
        with pytest.raises(KeyboardInterrupt):
            at(office, 2026, 3, 3, 9)

    before = places(office)
    at(office, 2026, 3, 3, 9)
    assert (before, places(office)) == ([], ["d@2026-03-03"])


def _after(does: object, then: object) -> object:
    def both(*given: object, **named: object) -> None:
        does(*given, **named)  # type: ignore[operator]
        then()  # type: ignore[operator]

    return both


def test_a_schedule_with_an_entity_works_on_each_record_that_fits_and_one_failure_stops_no_other(office: Office):
    automate(
        office,
        automation("cheap", DAILY, update({"pieces": "100 / COALESCE(weight, 0)"}), when="pieces = 0 AND code <> 'B1'"),
    )
    kim = office["kim"]
    weights = {"X1": "4", "X2": None, "X3": "5"}
    made = [kim.create(ITEM, code=code, name=code, pieces=0, weight=weight) for code, weight in weights.items()]
    at(office, 2026, 3, 2, 13)

    at(office, 2026, 3, 3, 8)

    assert [kim.read(ITEM, one["id"])["values"]["pieces"] for one in made] == [25, 0, 20]
    assert sorted(one["result"] for one in runs(office)) == ["done", "done", "failed"]


def dated(**more: object) -> dict[str, object]:
    on = {"type": "date", "field": "made_on", "days": -1, "at": "09:00"}
    return automation("soon", on, update({"note": "COALESCE(note, '') & '!' & TODAY()"}), **more)


def test_a_date_of_a_record_is_waited_for_and_follows_its_changes(office: Office):
    automate(office, dated())
    kim = office["kim"]
    item = kim.create(ITEM, code="X1", name="Nail", made_on="2026-03-10")
    at(office, 2026, 3, 8, 12)

    put_off = kim.change(ITEM, item, made_on="2026-03-20")
    at(office, 2026, 3, 9, 10)
    early = kim.read(ITEM, item["id"])
    at(office, 2026, 3, 19, 9)
    at(office, 2026, 3, 19, 10)

    late = kim.read(ITEM, item["id"])
    renamed = kim.change(ITEM, late, name="Screw")
    at(office, 2026, 3, 25, 10)
    assert (early["version"], early["values"]["note"]) == (put_off["version"], None)
    assert late["values"]["note"] == "!2026-03-19"
    assert kim.read(ITEM, item["id"])["version"] == renamed["version"]


def test_a_date_that_has_passed_already_when_it_is_written_is_not_made_up_for(office: Office):
    automate(office, dated())

    item = office["kim"].create(ITEM, code="X1", name="Nail", made_on="2026-03-02")
    at(office, 2026, 3, 2, 13)

    assert office["kim"].read(ITEM, item["id"])["values"]["note"] is None


def test_records_that_were_there_before_the_automation_are_waited_for_too(office: Office):
    item = office["kim"].create(ITEM, code="X1", name="Nail", made_on="2026-03-10")
    automate(office, dated())

    at(office, 2026, 3, 2, 13)
    at(office, 2026, 3, 9, 9)

    assert office["kim"].read(ITEM, item["id"])["values"]["note"] == "!2026-03-09"


def test_a_deleted_record_and_a_removed_automation_are_not_waited_for(office: Office):
    automate(office, dated(), clock_in("d", DAILY))
    kim = office["kim"]
    item = kim.create(ITEM, code="X1", name="Nail", made_on="2026-03-10")
    at(office, 2026, 3, 2, 13)
    kim.delete(f"/records/{ITEM}/{item['id']}", if_match=f'"{item["version"]}"')
    office["admin"].put("/draft/documents/shop/automations/d.json", {"document": None})
    office["admin"].post("/publications", {"note": "no more"})

    at(office, 2026, 3, 12, 12)

    assert (places(office), runs(office)) == ([], [])
