"""POST /records/{entity}, /template and /check."""

import pytest

from tests.api.office import Office
from tests.api.shop import BOOKING, ITEM, ORDER, RECEIPT, STOCK, an_order, line

KEY = "7b0c-one-of-a-kind"


def test_a_record_is_stored_with_what_the_definition_adds(office: Office):
    anna = office["anna"]

    made = anna.create(ORDER, **an_order(office))

    values = made["values"]
    assert (made["status"], made["version"], made["owner"]) == ("draft", 1, anna.id)
    assert (values["number"], values["day"], values["priority"]) == ("O-M1-2026-0001", "2026-03-02", "low")
    row = values["lines"][0]
    assert (row["price"], row["unit"], row["amount"], values["total"]) == ("2.00", "个", "20.00", "20.00")
    assert made["labels"]["machine"] == {office.ids["m1"]: "M1"}
    assert made["labels"]["lines.item"] == {office.ids["bolt"]: "Bolt"}


def test_the_answer_has_the_version_as_etag(office: Office):
    reply = office["kim"].post(f"/records/{ITEM}", {"values": {"code": "X", "name": "X"}})

    assert (reply.status, reply.headers["ETag"]) == (201, '"1"')


def test_numbers_have_no_gap_after_a_refusal(office: Office):
    anna = office["anna"]
    anna.create(ORDER, **an_order(office))
    refused = anna.post(f"/records/{ORDER}", {"values": an_order(office, lines=[])})

    made = anna.create(ORDER, **an_order(office))

    assert refused.status == 422
    assert made["values"]["number"] == "O-M1-2026-0002"


@pytest.mark.parametrize(
    ("values", "pointer", "code"),
    [
        ({"day": "2026-02-30"}, "/day", "not_a_date"),
        ({"day": 20260302}, "/day", "not_a_date"),
        ({"lines": "many"}, "/lines", "wrong_type"),
        ({"lines": [["a"]]}, "/lines", "wrong_type"),
        ({"lines": []}, "/lines", "required"),
        ({"priority": "urgent"}, "/priority", "not_an_option"),
        ({"slip": "x" * 21}, "/slip", "too_long"),
        ({"slip": "nul \x00 byte"}, "/slip", "unstorable_character"),
        ({"slip": "half \ud83d of a pair"}, "/slip", "unstorable_character"),
        ({"machine": "nowhere"}, "/machine", "reference_missing"),
        ({"checker": "nobody"}, "/checker", "reference_missing"),
        ({"priority": "high"}, "/reason", "required"),
        ({"machine": None}, "/machine", "required"),
        ({"color": "red"}, "/color", "unknown_key"),
        ({"total": "1.00"}, "/total", "read_only"),
        ({"number": "O-1"}, "/number", "read_only"),
    ],
)
def test_a_wrong_value_is_told_at_its_place(small_office: Office, values: dict[str, object], pointer: str, code: str):
    given = an_order(small_office) | values

    reply = small_office["anna"].post(f"/records/{ORDER}", {"values": given})

    assert (reply.status, reply.problems) == (422, [(pointer, code)])
    assert small_office["admin"].list(ORDER).body["items"] == []


@pytest.mark.parametrize(
    ("row", "pointer", "code"),
    [
        ({"count": "1.5"}, "/lines/1/count", "rule_violated"),
        ({"count": "-1"}, "/lines/1/count", "below_minimum"),
        ({"count": "1001"}, "/lines/1/count", "above_maximum"),
        ({"count": 3}, "/lines/1/count", "wrong_type"),
        ({"count": "1.234"}, "/lines/1/count", "too_many_decimals"),
        ({"count": "NaN"}, "/lines/1/count", "wrong_type"),
        ({"count": "1" + "0" * 40}, "/lines/1/count", "wrong_type"),
        ({"item": None}, "/lines/1/item", "required"),
        ({"remark": "x" * 51}, "/lines/1/remark", "too_long"),
        ({"weight": "1"}, "/lines/1/weight", "unknown_key"),
    ],
)
def test_a_row_that_breaks_a_rule_is_told_by_its_number(
    small_office: Office, row: dict[str, object], pointer: str, code: str
):
    rows = [line(small_office), line(small_office) | row]

    reply = small_office["anna"].post(f"/records/{ORDER}", {"values": an_order(small_office, lines=rows)})

    assert (reply.status, reply.problems) == (422, [(pointer, code)])


def test_all_mistakes_of_a_record_come_at_once(small_office: Office):
    values = {"day": "soon", "priority": "urgent", "slip": "x" * 30, "color": "red", "lines": [{"count": "a"}]}

    reply = small_office["anna"].post(f"/records/{ORDER}", {"values": values})

    pointers = {pointer for pointer, _ in reply.problems}
    assert pointers >= {"/day", "/priority", "/slip", "/color", "/lines/0/count", "/lines/0/item", "/machine"}
    assert all(one["detail"] and one["remedy"] for one in reply.body["problems"])


def test_a_broken_rule_says_its_message_in_the_language_asked_for(small_office: Office):
    values = an_order(small_office, lines=[line(small_office, "nut", "200")])

    told = {
        language: small_office["anna"].post(f"/records/{ORDER}", {"values": values}, accept_language=language)
        for language in ("en", "zh-CN")
    }

    messages = {language: reply.body["problems"][0] for language, reply in told.items()}
    assert messages["en"]["detail"] == "Total 6000.00 is above 5000"
    assert messages["zh-CN"]["detail"] == "合计 6000.00 超过 5000"
    assert (messages["en"]["pointer"], messages["en"]["params"]["rule"]) == ("/total", "cap")


def test_a_warning_does_not_block(small_office: Office):
    made = small_office["admin"].create(ORDER, **an_order(small_office, margin="-1.00"))

    assert [one["severity"] for one in made["warnings"]] == ["warning"]
    assert made["values"]["margin"] == "-1.00"


def test_the_same_slip_twice_is_refused_for_one_machine_only(office: Office):
    anna = office["anna"]
    anna.create(ORDER, **an_order(office, slip="S-1"))

    again = anna.post(f"/records/{ORDER}", {"values": an_order(office, slip="S-1")})
    elsewhere = anna.post(f"/records/{ORDER}", {"values": an_order(office, slip="S-1", machine=office.ids["m2"])})

    assert (again.status, again.problems) == (422, [("/machine", "not_unique")])
    assert again.body["problems"][0]["detail"].endswith("该机器的这一外部单号已登记")
    assert elsewhere.status == 201


def test_bookings_of_one_machine_may_touch_but_not_overlap(office: Office):
    anna = office["anna"]
    times = {"starts_at": "2026-03-03T08:00:00+08:00", "ends_at": "2026-03-03T10:00:00+08:00"}
    anna.create(BOOKING, machine=office.ids["m1"], **times)
    after = {"starts_at": times["ends_at"], "ends_at": "2026-03-03T12:00:00+08:00"}
    inside = {"starts_at": "2026-03-03T01:00:00Z", "ends_at": "2026-03-03T01:30:00Z"}

    touching = anna.post(f"/records/{BOOKING}", {"values": {"machine": office.ids["m1"], **after}})
    overlapping = anna.post(f"/records/{BOOKING}", {"values": {"machine": office.ids["m1"], **inside}})

    assert touching.status == 201
    assert (overlapping.status, overlapping.problems) == (422, [("/starts_at", "overlaps")])


def test_only_leaves_of_a_tree_may_be_named(small_office: Office):
    kim, lines = small_office["kim"], [{"item": small_office.ids["bolt"], "count": "1"}]

    reply = kim.post(f"/records/{RECEIPT}", {"values": {"place": small_office.ids["hall"], "lines": lines}})

    assert (reply.status, reply.problems) == (422, [("/place", "reference_not_leaf")])


def test_what_a_filter_excludes_may_not_be_named(small_office: Office):
    old = small_office["kim"].create(ITEM, code="OLD", name="Old", active=False)

    reply = small_office["anna"].post(
        f"/records/{ORDER}",
        {"values": an_order(small_office, lines=[{"item": old["id"], "count": "1"}])},
    )

    assert (reply.status, reply.problems) == (422, [("/lines/0/item", "reference_filtered")])


def test_the_same_key_twice_creates_one_record(office: Office):
    anna, body = office["anna"], {"values": an_order(office)}

    first = anna.post(f"/records/{ORDER}", body, idempotency_key=KEY)
    second = anna.post(f"/records/{ORDER}", body, idempotency_key=KEY)

    assert (first.status, second.status) == (201, 201)
    assert first.body == second.body
    assert len(office["admin"].list(ORDER).body["items"]) == 1


def test_a_key_used_for_another_request_is_refused(office: Office):
    anna = office["anna"]
    anna.post(f"/records/{ORDER}", {"values": an_order(office)}, idempotency_key=KEY)

    reply = anna.post(f"/records/{ORDER}", {"values": an_order(office, slip="other")}, idempotency_key=KEY)

    assert (reply.status, reply.code) == (409, "idempotency_key_reused")


def test_a_key_belongs_to_one_person(office: Office):
    body = {"values": an_order(office)}
    office["anna"].post(f"/records/{ORDER}", body, idempotency_key=KEY)

    reply = office["bert"].post(f"/records/{ORDER}", body, idempotency_key=KEY)

    assert (reply.status, reply.body["owner"]) == (201, office["bert"].id)


def test_a_refused_request_may_be_mended_under_the_same_key(office: Office):
    anna = office["anna"]
    refused = anna.post(f"/records/{ORDER}", {"values": an_order(office, lines=[])}, idempotency_key=KEY)

    mended = anna.post(f"/records/{ORDER}", {"values": an_order(office)}, idempotency_key=KEY)

    assert (refused.status, mended.status) == (422, 201)


def test_nobody_creates_entries_of_a_ledger(small_office: Office):
    reply = small_office["admin"].post(f"/records/{STOCK}", {"values": {"item": small_office.ids["bolt"]}})

    assert (reply.status, reply.code, reply.body["params"]["reason"]) == (
        403,
        "forbidden",
        "ledger_is_written_by_postings",
    )


def test_an_unknown_entity_is_not_found(small_office: Office):
    reply = small_office["anna"].post("/records/shop.nothing", {"values": {}})

    assert (reply.status, reply.code) == (404, "not_found")


def test_a_template_holds_what_a_new_record_starts_with(small_office: Office):
    reply = small_office["anna"].get(f"/records/{ORDER}/template")

    values = reply.body["values"]
    assert (values["day"], values["priority"]) == ("2026-03-02", "low")
    assert "margin" not in values


def test_a_check_judges_and_stores_nothing(small_office: Office):
    anna = small_office["anna"]
    values = an_order(small_office, lines=[line(small_office, count="101")])

    save = anna.post(f"/records/{ORDER}/check", {"values": values})
    submit = anna.post(f"/records/{ORDER}/check", {"values": values, "moment": "submit"})

    assert (save.body["values"]["total"], save.body["problems"]) == ("202.00", [])
    problem = submit.body["problems"][0]
    assert (problem["pointer"], problem["detail"]) == ("/lines/0/count", "Bolt 只剩 -1")
    assert anna.list(ORDER).body["items"] == []


def test_a_check_does_not_tell_what_is_hidden(small_office: Office):
    order = small_office["anna"].create(ORDER, **an_order(small_office))
    otto = small_office["otto"]
    otto.change(ORDER, order, margin="5.00")

    reply = small_office["anna"].post(f"/records/{ORDER}/check", {"values": {}, "id": order["id"]})

    assert "margin" not in reply.body["values"]
