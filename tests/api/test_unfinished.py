"""Forms that were begun and not saved: /unfinished, for their author alone."""

from datetime import timedelta
from typing import Any

from sqlalchemy import text

from engine.services import chores
from tests.api.office import Office, Person, Reply
from tests.api.shop import ITEM, ORDER, an_order, line

BROKEN = {"machine": "no such thing", "lines": [{"count": "minus ten", "remark": "半句"}], "note": "zqxjnote"}
"""What no record could be saved with."""


def keep(person: Person, entity: str, record: dict[str, Any] | None = None, **values: object) -> Reply:
    body: dict[str, Any] = {"values": values, "publication": 1, "labels": {"machine": {"x": "X"}}}
    if record is not None:
        body |= {"version": record["version"], "base": record["values"]}
    return person.put(f"/unfinished/{entity}" + (f"/{record['id']}" if record else ""), body)


def kept(person: Person, entity: str, record: dict[str, Any] | None = None) -> Any:
    reply = person.get(f"/unfinished/{entity}" + (f"/{record['id']}" if record else ""))
    assert reply.status == 200, reply
    return reply.body["unfinished"]


def listed(person: Person) -> list[tuple[str, str | None, bool]]:
    items = person.get("/unfinished").body["items"]
    return [(one["entity"], one["record_id"], one["changed"]) for one in items]


def stored(office: Office) -> str:
    with office.installation.database.reading() as tx:
        return str(tx.connection.execute(text("SELECT * FROM unfinished_form")).all())


def test_what_is_half_filled_and_wrong_is_kept_as_typed_and_opens_on_another_device(office: Office):
    first = keep(office["anna"], ORDER, **BROKEN)
    office.clock.moment += timedelta(seconds=5)
    keep(office["anna"], ORDER, **BROKEN, day="2026-")

    found = kept(office.another("anna"), ORDER)

    assert first.status == 200
    assert found["values"] == {**BROKEN, "day": "2026-"}
    assert (found["version"], found["publication"], found["changed"]) == (None, 1, False)
    assert found["labels"] == {"machine": {"x": "X"}}
    assert found["saved_at"] > first.body["saved_at"]


def test_nobody_but_its_author_comes_to_it_and_it_is_in_no_list_search_file_or_figure(office: Office):
    anna, before = office["anna"], office["admin"].list(ORDER).body["items"]
    keep(anna, ORDER, **BROKEN)

    others = [(kept(office[login], ORDER), listed(office[login])) for login in ("bert", "admin")]

    assert others == [(None, [])] * 2
    for login in ("anna", "admin"):
        person = office[login]
        assert person.list(ORDER).body["items"] == before
        assert person.list(ORDER, q="zqxjnote").body["items"] == []
        assert "zqxjnote" not in str(person.get("/search", q="zqxjnote").body.get("items"))
        assert b"zqxjnote" not in person.post(f"/exports/{ORDER}", {"fields": "note", "format": "csv"}).body
        counted = person.post(f"/records/{ORDER}/aggregate", {"values": [{"fn": "count", "field": ""}]}).body
        assert "1" not in str(counted["rows"])


def test_a_form_over_a_record_knows_that_the_record_changed_meanwhile(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office))
    keep(anna, ORDER, order, note="mine")
    same = kept(anna, ORDER, order)
    office["otto"].change(ORDER, order, note="theirs")

    changed = kept(anna, ORDER, order)

    assert (same["changed"], changed["changed"]) == (False, True)
    assert changed["version"] == 1
    assert changed["base"]["lines"] == order["values"]["lines"]
    assert listed(anna) == [(ORDER, order["id"], True)]


def test_saving_ends_it_and_a_refused_save_does_not(office: Office):
    anna = office["anna"]
    keep(anna, ORDER, **BROKEN)
    refused = anna.post(f"/records/{ORDER}", {"values": BROKEN, "finishes": True})
    after_refusal = listed(anna)
    order = anna.post(f"/records/{ORDER}", {"values": an_order(office), "finishes": True}).body
    keep(anna, ORDER, order, note="a")
    untouched = anna.change(ORDER, order, note="by another form")
    before = listed(anna)
    anna.patch(f"/records/{ORDER}/{order['id']}", {"values": {"note": "b"}, "finishes": True}, if_match='"2"')

    assert (refused.status, after_refusal) == (422, [(ORDER, None, False)])
    assert (untouched["version"], before) == (2, [(ORDER, order["id"], True)])
    assert listed(anna) == []


def test_it_can_be_thrown_away_twice(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office))
    keep(anna, ORDER, **BROKEN)
    keep(anna, ORDER, order, note="a")

    statuses = [anna.delete(f"/unfinished/{path}").status for path in (ORDER, ORDER, f"{ORDER}/{order['id']}")]

    assert statuses == [204] * 3
    assert (listed(anna), kept(anna, ORDER), kept(anna, ORDER, order)) == ([], None, None)


def test_only_who_could_save_the_form_keeps_it(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    told = [
        keep(office["lee"], ORDER, note="a").status,
        keep(office["lee"], ORDER, order, note="a").status,
        keep(office["bert"], ORDER, order, note="a").status,
        keep(office["anna"], "shop.nothing", note="a").status,
        office.another().get("/unfinished").status,
    ]

    assert told == [403, 403, 404, 404, 401]


def test_what_is_hidden_by_now_is_not_told_although_it_was_typed(office: Office):
    keep(office["anna"], ORDER, note="a", margin="9", lines=[{"count": "1"}])

    found = kept(office["anna"], ORDER)

    assert found["values"] == {"note": "a", "lines": [{"count": "1"}]}


def test_what_cannot_be_read_is_refused(small_office: Office):
    anna = small_office["anna"]

    replies = [
        anna.put(f"/unfinished/{ORDER}", {"values": [], "publication": 1}),
        anna.put(f"/unfinished/{ORDER}", {"values": {}}),
        anna.put(f"/unfinished/{ORDER}", {"values": {"note": "x" * 8_000_001}, "publication": 1}),
    ]

    assert [reply.status for reply in replies] == [422] * 3
    assert replies[2].problems == [("/values", "json_too_long")]


def test_it_is_forgotten_when_nobody_goes_on_with_it(office: Office):
    keep(office["anna"], ORDER, **BROKEN)
    office.clock.moment += timedelta(days=29)
    keep(office["bert"], ORDER, **BROKEN)
    chores.tick(office.installation)
    young = listed(office.another("anna"))
    office.clock.moment += timedelta(days=2)

    chores.tick(office.installation)

    assert young == [(ORDER, None, False)]
    assert listed(office.another("anna")) == []
    assert listed(office.another("bert")) == [(ORDER, None, False)]


def test_a_deleted_record_is_offered_no_more_and_a_purged_one_leaves_nothing(office: Office):
    kim = office["kim"]
    item = kim.create(ITEM, code="X1", name="Washer")
    keep(kim, ITEM, item, name="a")
    kim.delete(f"/records/{ITEM}/{item['id']}", if_match='"1"')
    in_bin = listed(kim), stored(office)

    purged = office["admin"].send("DELETE", f"/records/{ITEM}/recycle_bin/{item['id']}", {"confirm": "Washer"})

    assert (in_bin[0], item["id"] in in_bin[1]) == ([], True)
    assert (purged.status, item["id"] in stored(office)) == (200, False)


def test_what_was_typed_stands_sealed_in_the_database(office: Office):
    keep(office["anna"], ORDER, **BROKEN)

    everything = stored(office)

    assert office.ids["anna"] in everything
    assert "zqxjnote" not in everything


def test_many_forms_take_the_statements_of_one(office: Office):
    kim = office["kim"]
    items = [kim.create(ITEM, code=f"X{number}", name="Washer") for number in range(6)]
    keep(kim, ITEM, items[0], name="a")
    with office.statements() as for_one:
        one = listed(kim)
    for item in items:
        keep(kim, ITEM, item, name="a")

    with office.statements() as for_many:
        many = kim.get("/unfinished").body["items"]

    assert (len(one), len(many)) == (1, 6)
    assert many[0]["record_label"] == "Washer"
    assert len(for_many) == len(for_one)


def test_rows_keep_any_shape(office: Office):
    shapes: dict[str, object] = {"lines": [None, 3, [line(office)], {"item": {"a": [None]}}], "note": None}

    keep(office["anna"], ORDER, **shapes)

    assert kept(office["anna"], ORDER)["values"] == shapes
