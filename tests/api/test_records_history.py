"""GET /records/{entity}/{id}/history: differences, page by page, less what is hidden."""

from typing import Any

from tests.api.office import Office, Person
from tests.api.shop import ORDER, an_order, line


def history(person: Person, order: dict[str, Any], **query: object) -> dict[str, Any]:
    reply = person.get(f"/records/{ORDER}/{order['id']}/history", **query)
    assert reply.status == 200, reply
    body: dict[str, Any] = reply.body
    return body


def test_rows_that_came_went_and_changed_are_told_apart(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office, lines=[line(office), line(office, item="nut", count="2")]))
    first, second = order["values"]["lines"]
    anna.change(ORDER, order, lines=[{"id": second["id"], "count": "3"}, line(office, count="7", remark="new")])

    latest = history(anna, order)["items"][0]

    told = {one["kind"]: one for one in latest["rows"]}
    assert {kind: one["id"] for kind, one in told.items() if kind != "added"} == {
        "removed": first["id"], "changed": second["id"],
    }  # fmt: skip
    assert [(one["path"], one["before"], one["after"]) for one in told["changed"]["changes"]] == [
        ("lines.count", "2.00", "3.00"), ("lines.amount", "60.00", "90.00"),
    ]  # fmt: skip
    assert ("lines.remark", "说明", None, "new") in [tuple(one.values()) for one in told["added"]["changes"]]
    assert [(one["path"], one["title"]) for one in latest["changes"]] == [("total", "Total")]


def test_things_are_told_with_their_names(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office))
    anna.change(ORDER, order, place=office.ids["shelf"])

    told = history(anna, order)

    assert told["labels"]["place"] == {office.ids["shelf"]: "Shelf"}
    assert told["labels"]["lines.item"] == {office.ids["bolt"]: "Bolt"}


def test_what_a_record_began_with_is_its_first_change(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office, slip="S"))

    [first] = history(anna, order)["items"]

    assert (first["action"], first["version"]) == ("create", 1)
    assert ("slip", None, "S") in [(one["path"], one["before"], one["after"]) for one in first["changes"]]
    assert [(one["kind"], one["at"]) for one in first["rows"]] == [("added", 0)]


def test_moving_rows_is_told_as_moving(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office, lines=[line(office), line(office, item="nut", count="2")]))
    anna.change(ORDER, order, lines=[{"id": row["id"]} for row in reversed(order["values"]["lines"])])

    latest = history(anna, order)["items"][0]

    assert [one["kind"] for one in latest["rows"]] == ["moved"]


def test_history_is_read_page_by_page(office: Office):
    anna = office["anna"]
    order = seen = anna.create(ORDER, **an_order(office))
    for number in range(5):
        seen = anna.change(ORDER, seen, slip=f"S{number}")

    first = history(anna, order, limit=4)
    rest = history(anna, order, limit=4, cursor=first["next_cursor"])

    assert [one["version"] for one in (*first["items"], *rest["items"])] == [6, 5, 4, 3, 2, 1]
    assert rest["next_cursor"] is None


def test_hidden_columns_of_rows_are_nowhere(office: Office):
    otto = office["otto"]
    order = office["anna"].create(ORDER, **an_order(office, lines=[line(office, count="400", price="3.33")]))
    row = order["values"]["lines"][0]
    changed = otto.change(ORDER, order, lines=[{"id": row["id"], "price": "4.44"}])
    otto.change(ORDER, changed, lines=[line(office, count="400", price="5.55")])

    seen, all_ = (history(office[login], order) for login in ("ada", "otto"))

    assert not [price for price in ("3.33", "4.44", "5.55") if price in str(seen)]
    assert all(price in str(all_) for price in ("3.33", "4.44", "5.55"))


def test_a_deletion_and_a_return_stand_in_the_history(office: Office):
    anna = office["anna"]
    order = anna.create(ORDER, **an_order(office))
    anna.send("DELETE", f"/records/{ORDER}/{order['id']}?reason=twice", headers={"If-Match": '"1"'})
    anna.post(f"/records/{ORDER}/recycle_bin/{order['id']}/restore")

    told = history(anna, order)["items"]

    assert [(one["action"], one["reason"], one["version"]) for one in told] == [
        ("undelete", "", 2), ("delete", "twice", 1), ("create", "", 1),
    ]  # fmt: skip
