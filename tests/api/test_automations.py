"""Automations that answer to what happens to records: in order, by the same rules as people, and never for ever."""

from engine.services.batches import Batch, Wish, Written
from engine.services.setup import system_context
from engine.services.work import Work, writing
from tests.api.automating import automate, automation, create, runs, update
from tests.api.office import Office
from tests.api.shop import ITEM, ORDER, RECEIPT, STOCK, an_order, approved, submitted


def test_several_automations_run_in_their_declared_order(office: Office):
    automate(
        office,
        automation("a_last", "create", update({"note": "note & 'c'"}), order=30),
        automation("z_first", "create", update({"note": "'a'"}), order=10),
        automation("m_tie_two", "create", update({"note": "note & '2'"}), order=20),
        automation("m_tie_one", "create", update({"note": "note & '1'"}), order=20),
    )

    item = office["kim"].create(ITEM, code="X1", name="Nail")

    assert item["values"]["note"] == "a12c"
    listed = office["admin"].get("/automations", module="shop").body["items"]
    assert [one["key"] for one in listed] == ["shop.z_first", "shop.m_tie_one", "shop.m_tie_two", "shop.a_last"]


def test_the_history_says_which_automation_acted_for_whom(office: Office):
    automate(office, automation("stamp", "create", update({"note": "'made by ' & created_by.name"})))

    item = office["kim"].create(ITEM, code="X1", name="Nail")
    history = office["kim"].get(f"/records/{ITEM}/{item['id']}/history").body["items"]

    assert item["values"]["note"] == "made by Kim"
    assert [(one["action"], one["automation"]) for one in history] == [
        ("update", {"key": "shop.stamp", "title": "Stamp"}),
        ("create", None),
    ]
    assert history[0]["actor"]["name"] == "Kim"


def test_a_change_of_named_fields_alone_triggers_and_the_old_value_is_known(office: Office):
    automate(
        office,
        automation(
            "was",
            {"type": "field_change", "fields": ["price"]},
            update({"note": "TEXT(OLD.price, 2)"}),
            when="price > 5",
        ),
    )
    kim, item = office["kim"], office["kim"].create(ITEM, code="X1", name="Nail", price="1.50")

    renamed = kim.change(ITEM, item, name="Screw")
    cheap = kim.change(ITEM, renamed, price="2.00")
    dear = kim.change(ITEM, cheap, price="9.00")

    assert [one["values"]["note"] for one in (renamed, cheap, dear)] == [None, None, "2.00"]


def test_two_automations_that_trigger_each_other_stop_at_the_limit_and_show_the_chain(office: Office):
    automate(
        office,
        automation(
            "ping", {"type": "field_change", "fields": ["pieces"]}, update({"weight": "COALESCE(weight, 0) + 1"})
        ),
        automation(
            "pong", {"type": "field_change", "fields": ["weight"]}, update({"pieces": "COALESCE(pieces, 0) + 1"})
        ),
    )
    item = office["kim"].create(ITEM, code="X1", name="Nail")

    refused = office["kim"].try_change(ITEM, item, pieces=1)

    assert (refused.status, refused.code) == (422, "automation_failed")
    assert "Ping → Pong → Ping → Pong → Ping → Pong → Ping" in refused.body["problems"][0]["detail"]
    assert office["kim"].read(ITEM, item["id"])["values"]["pieces"] is None
    line = runs(office)[0]
    assert (line["result"], line["automation"], len(line["chain"])) == ("refused", "shop.ping", 7)


def test_the_rules_hold_for_automations_as_for_people_and_refuse_the_whole(office: Office):
    automate(office, automation("double", "change", update({"code": "'B1'"}), entity="item", when="pieces = 7"))
    item = office["kim"].create(ITEM, code="X1", name="Nail")

    refused = office["kim"].try_change(ITEM, item, pieces=7, name="Other")

    assert refused.status == 422
    assert refused.body["params"]["automation"] == "shop.double"
    assert "Double" in refused.body["problems"][0]["detail"]
    assert refused.body["problems"][0]["params"]["code"] == "not_unique"
    assert office["kim"].read(ITEM, item["id"])["values"]["name"] == "Nail"
    assert [one["result"] for one in runs(office)] == ["refused"]


def test_an_automation_that_may_fail_is_undone_alone_and_logged(office: Office):
    automate(
        office,
        automation(
            "double",
            "change",
            update({"note": "'half'"}),
            update({"code": "'B1'"}),
            when="pieces = 7",
            on_failure="log",
        ),
    )
    item = office["kim"].create(ITEM, code="X1", name="Nail")

    changed = office["kim"].change(ITEM, item, pieces=7)

    assert (changed["values"]["pieces"], changed["values"]["note"]) == (7, None)
    line = runs(office)[0]
    assert (line["result"], line["can_replay"]) == ("failed", True)


def test_an_automation_acts_with_the_rights_of_the_system_for_what_it_declares(office: Office):
    automate(
        office,
        automation(
            "price_up",
            "create",
            update({"note": "RECORD.number", "bought_for": "price * 2"}, entity="item", where="id IN RECORD.item", each="lines"),
            entity="order",
        ),
    )  # fmt: skip

    order = office["anna"].create(ORDER, **an_order(office))
    item = office["admin"].read(ITEM, office.ids["bolt"])

    assert item["values"]["note"] == order["values"]["number"]
    assert item["values"]["bought_for"] == "4.00"
    assert office["anna"].try_change(ITEM, item, note="x").status == 403


def test_a_document_that_takes_effect_makes_another_with_rows_and_hands_it_in(office: Office):
    rows = {"each": "lines", "when": "count > 1", "set": {"item": "lines.item", "count": "lines.count * 2"}}
    automate(
        office,
        automation("refill", "effect", create("receipt", {"day": "day", "lines": rows}, submit=True), entity="order"),
    )

    approved(office)

    made = office["kim"].list(RECEIPT, filter={"field": "id", "op": "ne", "value": office.ids["receipt"]}).body["items"]
    assert [one["status"] for one in made] == ["approved"]
    receipt = office["admin"].read(RECEIPT, made[0]["id"])
    assert [(row["item"], row["count"]) for row in receipt["values"]["lines"]] == [(office.ids["bolt"], "20.00")]


def test_an_automation_posts_when_a_document_takes_effect_and_voiding_reverses_it(office: Office):
    automate(
        office,
        automation(
            "fee",
            "effect",
            {
                "type": "post",
                "to": "stock",
                "each": "lines",
                "set": {"item": "item", "day": "day", "quantity": "0 - 1"},
            },
            entity="order",
        ),
    )
    order = approved(office)

    office["otto"].move("void", ORDER, office["otto"].read(ORDER, order["id"]))

    entries = office["admin"].get(f"/records/{ORDER}/{order['id']}/entries").body["items"]
    told = sorted((one["posting"], one["entry_kind"], one["values"]["quantity"]) for one in entries)
    assert told == [
        ("shop.fee:0", "original", "-1.00"),
        ("shop.fee:0", "reverse", "1.00"),
        ("take", "original", "-10.00"),
        ("take", "reverse", "10.00"),
    ]
    assert {one["ledger"] for one in entries} == {STOCK}


def test_a_deleted_record_can_still_be_told_about(office: Office):
    automate(office, automation("note", "delete", create("place", {"name": "'gone: ' & name"})))
    item = office["kim"].create(ITEM, code="X1", name="Nail")

    office["kim"].delete(f"/records/{ITEM}/{item['id']}", if_match=f'"{item["version"]}"')

    names = [one["values"]["name"] for one in office["kim"].list("shop.place", fields="name").body["items"]]
    assert "gone: Nail" in names


def test_an_automation_may_set_what_people_may_not_type_in_but_not_change_what_is_closed(office: Office):
    automate(
        office,
        automation("reopen", "create", update({"note": "'x'"}, entity="order", where="status = 'in_approval'")),
    )
    order = submitted(office)

    refused = office["kim"].post(f"/records/{ITEM}", {"values": {"code": "X1", "name": "Nail"}})

    assert (refused.status, refused.body["problems"][0]["params"]["code"]) == (422, "not_open")
    assert office["anna"].read(ORDER, order["id"])["values"]["note"] is None


def test_a_record_without_automations_needs_no_statement_more(office: Office):
    automate(office, automation("other", "create", update({"note": "'x'"}), entity="order"))

    with office.statements() as seen:
        office["kim"].create(ITEM, code="X1", name="Nail")

    assert not [one for one in seen if "automation" in one]


def test_many_records_written_at_once_trigger_like_single_ones(office: Office):
    automate(
        office,
        automation("stamp", "create", update({"note": "'made'"})),
        automation("no", "create", update({"code": "'B1'"}), when="name = 'Bad'"),
    )
    wishes = [
        Wish(1, {"code": "X1", "name": "Nail"}),
        Wish(2, {"code": "X2", "name": "Bad"}),
        Wish(3, {"code": "X3", "name": "Bolt"}),
    ]
    done: list[Written] = []

    def act(work: Work) -> dict[str, object]:
        done.extend(Batch(work, work.entity(ITEM)).write(wishes))
        return {}

    writing(office.installation, system_context(office.installation), act)

    assert [(one.done, one.version) for one in done] == [("created", 2), ("refused", 0), ("created", 2)]
    assert done[1].problems[0].code == "automation_refused"
    found = office["kim"].list(ITEM, fields="code,note", q="X").body["items"]
    assert {one["values"]["code"]: one["values"]["note"] for one in found} == {"X1": "made", "X3": "made"}


def test_a_field_of_the_record_goes_before_one_of_the_system_that_has_its_name(office: Office):
    place = office["admin"].get("/draft/documents/shop/entities/place.json").body["document"]
    place["schema"]["properties"]["status"] = {"title": "状态", "type": "string"}
    office["admin"].put("/draft/documents/shop/entities/place.json", {"document": place})
    automate(
        office, automation("busy", "create", update({"name": "name & '!'"}), entity="place", when="status = 'busy'")
    )

    made = [office["kim"].create("shop.place", name="P", status=status) for status in ("busy", "free")]

    assert [one["values"]["name"] for one in made] == ["P!", "P"]
