"""Many records written together mean what writing them one after the other means."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from engine.errors import Forbidden
from engine.services import accounts
from engine.services.batches import Batch, Wish, Written
from engine.services.context import Context
from engine.services.work import Work, reading, writing
from tests.api.office import NOON, Office
from tests.api.shop import BOOKING, ITEM, ORDER, an_order, line

Act = Callable[[Work], dict[str, Any]]


def _context(office: Office, login: str) -> Context:
    actor = accounts.load_actor(office.installation, office[login].id)
    assert actor is not None
    return Context(actor, NOON, "batch", "en")


def write(office: Office, login: str, entity: str, wishes: list[Wish], **how: bool) -> list[Written]:
    found: list[Written] = []

    def act(work: Work) -> dict[str, Any]:
        found.extend(Batch(work, work.entity(entity), **how).write(wishes))
        return {}

    writing(office.installation, _context(office, login), act)
    return found


def new(*values: Mapping[str, object]) -> list[Wish]:
    return [Wish(number, one) for number, one in enumerate(values)]


def codes(written: Written) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.code) for problem in written.problems]


def item(code: str, **more: object) -> dict[str, object]:
    return {"code": code, "name": code.title(), **more}


def test_a_record_of_a_batch_is_what_it_would_be_alone(office: Office):
    alone = office["anna"].create(ORDER, **an_order(office))

    written = write(office, "anna", ORDER, new(an_order(office), an_order(office)))

    made = [office["anna"].read(ORDER, one.record_id) for one in written]
    assert [one.done for one in written] == ["created", "created"]
    assert [one["values"]["number"] for one in made] == ["O-M1-2026-0002", "O-M1-2026-0003"]
    row = {name: value for name, value in made[0]["values"]["lines"][0].items() if name != "id"}
    assert row == {name: value for name, value in alone["values"]["lines"][0].items() if name != "id"}
    assert (made[0]["status"], made[0]["owner"], made[0]["version"]) == (alone["status"], alone["owner"], 1)
    told = office["anna"].get(f"/records/{ORDER}/{written[0].record_id}/history").body["items"]
    assert [one["action"] for one in told] == ["create"]


def test_bad_records_are_refused_and_the_good_ones_stay(office: Office):
    written = write(
        office,
        "kim",
        ITEM,
        new(item("A"), item("B1"), item("A"), item("X" * 13), {"name": "no code"}, item("C", price="-1"), item("D")),
    )

    assert [one.done for one in written] == [
        "created", "refused", "refused", "refused", "refused", "refused", "created",
    ]  # fmt: skip
    assert codes(written[1]) == codes(written[2]) == [("/code", "not_unique")]
    assert codes(written[3]) == [("/code", "too_long")]
    assert codes(written[4]) == [("/code", "required")]
    assert codes(written[5]) == [("/price", "below_minimum")]


def test_a_value_that_an_earlier_record_gives_up_is_free_for_the_next(office: Office):
    kim = office["kim"]
    bolt = kim.read(ITEM, office.ids["bolt"])

    written = write(
        office,
        "kim",
        ITEM,
        [
            Wish(0, {"code": "B2"}, bolt["id"], bolt["version"]),
            Wish(1, item("B1")),
            Wish(2, {"code": "B2"}, bolt["id"]),
        ],
    )

    assert [one.done for one in written] == ["updated", "created", "unchanged"]
    assert kim.read(ITEM, bolt["id"])["values"]["code"] == "B2"


def test_a_change_needs_the_version_that_was_seen_and_a_record_that_is_there(office: Office):
    written = write(
        office, "kim", ITEM, [Wish(0, {"name": "x"}, office.ids["bolt"], 7), Wish(1, {"name": "x"}, "nowhere")]
    )

    assert [codes(one) for one in written] == [[("", "stale")], [("", "not_found")]]


def test_fields_that_are_hidden_or_computed_are_refused_by_name(office: Office):
    written = write(office, "anna", ORDER, new(an_order(office, margin="1.00"), an_order(office, total="1.00")))

    assert [codes(one) for one in written] == [[("/margin", "field_not_writable")], [("/total", "read_only")]]


def test_who_may_not_create_is_told_before_anything_is_done(office: Office):
    with pytest.raises(Forbidden):
        write(office, "anna", ITEM, new(item("A")))


def test_records_outside_the_scope_are_not_changed(office: Office):
    mine, other = (office[login].create(ORDER, **an_order(office)) for login in ("anna", "bert"))

    written = write(office, "anna", ORDER, [Wish(n, {"note": "x"}, one["id"]) for n, one in enumerate((mine, other))])

    assert [one.done for one in written] == ["updated", "refused"]
    assert codes(written[1]) == [("", "not_found")]


def test_intervals_of_one_batch_may_not_overlap_either(office: Office):
    times = ("2026-03-02T08:00:00Z", "2026-03-02T10:00:00Z", "2026-03-02T09:00:00Z", "2026-03-02T11:00:00Z")
    machine = office.ids["m1"]
    given = [
        {"machine": machine, "starts_at": times[0], "ends_at": times[1]},
        {"machine": machine, "starts_at": times[2], "ends_at": times[3]},
    ]

    written = write(office, "anna", BOOKING, new(*given))

    assert [one.done for one in written] == ["created", "refused"]
    assert written[1].problems[0].code == "overlaps"


def test_documents_can_be_handed_in_at_once_and_a_refused_one_is_not_there(office: Office):
    few, many = an_order(office), an_order(office, lines=[line(office, "bolt", "900")])

    written = write(office, "anna", ORDER, new(few, many), submits=True)

    assert [one.done for one in written] == ["created", "refused"]
    assert codes(written[1]) == [("/lines/0/count", "rule_violated")]
    listed = office["anna"].list(ORDER).body["items"]
    assert [one["status"] for one in listed] == ["in_approval"]


def test_a_rehearsal_finds_the_same_and_stores_nothing(office: Office):
    wishes = new(item("A"), item("A"), item("B1"), item("B"))

    with reading(office.installation, _context(office, "kim")) as work:
        foreseen = Batch(work, work.entity(ITEM), stores=False).write(wishes)
    written = write(office, "kim", ITEM, wishes)

    assert [one.done for one in foreseen] == [one.done for one in written]
    assert [codes(one) for one in foreseen] == [codes(one) for one in written]


def test_a_thousand_records_take_few_statements(small_office: Office):
    wishes = new(*(item(f"T{number}", machine=small_office.ids["m1"]) for number in range(1000)))

    with small_office.statements() as sent:
        written = write(small_office, "kim", ITEM, wishes)

    assert {one.done for one in written} == {"created"}
    assert len(sent) < 40
