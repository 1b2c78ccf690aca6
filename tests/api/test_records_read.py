"""GET /records/{entity}/{id}, its history and its entries."""

from tests.api.office import Office
from tests.api.shop import ORDER, RECEIPT, STOCK, an_order, approved, line, submitted


def test_a_record_is_read_with_labels_actions_and_its_version(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    reply = office["anna"].get(f"/records/{ORDER}/{order['id']}")

    assert (reply.status, reply.headers["ETag"]) == (200, '"1"')
    assert reply.body["labels"]["machine"] == {office.ids["m1"]: "M1"}
    assert reply.body["labels"]["owner"] == {office["anna"].id: "Anna"}
    assert reply.body["actions"] == ["update", "delete", "submit"]


def test_what_is_hidden_is_nowhere_in_a_record(office: Office):
    order = office["otto"].change(ORDER, office["anna"].create(ORDER, **an_order(office)), margin="7.77")

    mine, his = (office[login].get(f"/records/{ORDER}/{order['id']}") for login in ("anna", "otto"))

    assert "margin" not in mine.body["values"]
    assert "7.77" not in str(mine.body)
    assert his.body["values"]["margin"] == "7.77"


def test_a_hidden_column_is_missing_from_every_row(office: Office):
    big = office["anna"].create(ORDER, **an_order(office, lines=[line(office, "nut", "40", remark="r")]))

    seen = office["ada"].read(ORDER, big["id"])

    assert set(seen["values"]["lines"][0]) == {"id", "item", "count", "unit", "amount", "remark"}


def test_one_reads_only_what_a_scope_reaches(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))
    path = f"/records/{ORDER}/{order['id']}"

    found = {login: office[login].get(path).status for login in ("anna", "bert", "lee", "dora", "ada", "kim", "zoe")}

    # Ada reads orders above 1000 only, and Zoe none at all.
    assert found == {"anna": 200, "bert": 404, "lee": 200, "dora": 200, "ada": 404, "kim": 200, "zoe": 404}


def test_who_is_asked_may_read_without_a_grant(office: Office):
    order = submitted(office)
    seat = office["dora"].approval(order)["my_seat"]
    office["dora"].try_decide("transfer", seat, to=office.ids["zoe"])

    seen = office["zoe"].read(ORDER, order["id"])

    assert seen["status"] == "in_approval"


def test_history_tells_who_changed_what_and_when(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office))
    changed = anna.change(ORDER, order, slip="S-1")
    anna.move("submit", ORDER, changed)

    items = anna.get(f"/records/{ORDER}/{order['id']}/history").body["items"]

    assert [one["action"] for one in items] == ["in_approval", "update", "create"]
    assert items[1]["changes"] == [{"path": "slip", "title": "外部单号", "before": None, "after": "S-1"}]
    assert (items[1]["actor"]["name"], items[1]["at"]) == ("Anna", "2026-03-02T04:00:00+00:00")


def test_history_hides_what_the_record_hides(office: Office):
    order = office["otto"].change(ORDER, office["anna"].create(ORDER, **an_order(office)), margin="7.77")
    path = f"/records/{ORDER}/{order['id']}/history"

    mine, his = (office[login].get(path).body for login in ("anna", "otto"))

    assert "7.77" not in str(mine)
    assert "7.77" in str(his)


def test_history_of_what_one_may_not_see_is_not_found(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    replies = [
        office["bert"].get(f"/records/{ORDER}/{order['id']}/{part}") for part in ("history", "entries", "approval")
    ]

    assert [reply.status for reply in replies] == [404, 404, 404]


def test_entries_follow_the_life_of_a_document(office: Office):
    order = submitted(office)
    path = f"/records/{ORDER}/{order['id']}/entries"
    reserved = office["kim"].get(path).body["items"]
    for login in ("dora", "otto"):
        office[login].decide("agree", order)
    effective = office["kim"].get(path).body["items"]
    otto = office["otto"]
    otto.move("void", ORDER, otto.read(ORDER, order["id"]))

    reversed_ = office["kim"].get(path).body["items"]

    told = [
        [(one["stage"], one["entry_kind"], one["values"]["quantity"]) for one in items]
        for items in (reserved, effective, reversed_)
    ]
    assert told == [
        [("reserved", "original", "-10.00")],
        [("effective", "original", "-10.00")],
        [("effective", "original", "-10.00"), ("effective", "reverse", "10.00")],
    ]
    assert reserved[0]["ledger"] == STOCK
    assert reserved[0]["labels"]["item"] == {office.ids["bolt"]: "Bolt"}


def test_entries_of_a_ledger_that_one_may_not_read_are_left_out(office: Office):
    order = approved(office)

    items = office["anna"].get(f"/records/{ORDER}/{order['id']}/entries").body["items"]

    assert items == []


def test_a_record_of_a_scope_that_excludes_the_own_is_not_found(office: Office):
    receipt = office["admin"].read(RECEIPT, office.ids["receipt"])

    assert office["ada"].get(f"/records/{RECEIPT}/{receipt['id']}").status == 200
    assert office["zoe"].get(f"/records/{RECEIPT}/{receipt['id']}").status == 404
