"""Rules and formulas that ask about other records: how many lie near in time, and what the one before said."""

from collections.abc import Callable
from typing import Any

from tests.api.office import Office, Person, Reply
from tests.api.plant import READING
from tests.api.simultaneously import at_once


def read(office: Office, day: str, count: str, machine: str = "M1", **more: object) -> dict[str, Any]:
    return office["ann"].create(READING, machine=office.ids[machine], day=day, count=count, **more)


def submit(person: Person, record: dict[str, Any]) -> Callable[[], Reply]:
    return lambda: person.try_move("submit", READING, record)


def test_records_within_seven_days_are_counted(plant: Office):
    for day in ("2026-02-24", "2026-02-26", "2026-02-28"):
        plant["ann"].move("submit", READING, read(plant, day, "5"))
    plant["ann"].move("submit", READING, read(plant, "2026-02-26", "5", machine="M2"))

    fourth = submit(plant["ann"], read(plant, "2026-03-02", "5"))()
    later = submit(plant["ann"], read(plant, "2026-03-03", "5"))()

    assert (fourth.status, fourth.problems) == (422, [("", "rule_violated")])
    assert "3 in a week" in str(fourth.body)
    assert later.status == 200


def test_of_two_who_submit_the_last_one_of_a_week_together_exactly_one_passes(plant: Office):
    for day in ("2026-02-24", "2026-02-25"):
        plant["ann"].move("submit", READING, read(plant, day, "5"))
    one, other = read(plant, "2026-02-27", "5"), read(plant, "2026-02-27", "6")

    replies = at_once(submit(plant["ann"], one), submit(plant["ben"], other))

    assert sorted(reply.status for reply in replies) == [200, 422]


def test_rows_are_counted_within_bounds_of_a_number_in_one_question_for_all(plant: Office):
    rows = [{"place": name, "least": "5"} for name in ("north", "south", "east")]
    plant["ann"].move("submit", READING, read(plant, "2026-02-24", "5", places=[*rows, rows[0] | {"least": "1"}]))
    few, many = read(plant, "2026-02-25", "5", places=rows[:2]), read(plant, "2026-02-25", "5", places=rows)

    with plant.statements() as two:
        second = submit(plant["ann"], few)()
    with plant.statements() as three:
        third = submit(plant["ann"], many)()

    assert (second.status, third.status) == (200, 422)
    assert {at for at, _ in third.problems} == {"/places/0", "/places/1"}
    assert len(two) >= len(three)


def test_the_record_before_is_the_one_closest_below(plant: Office):
    read(plant, "2026-02-10", "40")
    read(plant, "2026-01-10", "20")
    read(plant, "2026-02-20", "90", machine="M2")

    between = read(plant, "2026-02-05", "30")
    back = plant["ann"].post(
        f"/records/{READING}", {"values": {"machine": plant.ids["M1"], "day": "2026-02-12", "count": "39"}}
    )

    assert between["values"]["last"] == "20.0"
    assert (back.status, back.problems) == (422, [("/count", "rule_violated")])
    assert read(plant, "2026-01-01", "0")["values"]["last"] is None


def test_a_record_is_not_its_own_predecessor_and_a_void_one_is_nobodys(plant: Office):
    first = plant["ann"].move("submit", READING, read(plant, "2026-02-10", "40"))
    second = read(plant, "2026-02-12", "50")

    plant["ann"].move("void", READING, first)
    changed = plant["ann"].change(READING, second, count="10")

    assert (second["values"]["last"], changed["values"]["last"]) == ("40.0", None)
