"""GET with `expand`: the records that are pointed at come along, as far as the reader may see them."""

from tests.api.office import Office
from tests.api.shop import ITEM, ORDER, an_order


def test_a_record_brings_what_it_and_its_rows_point_at(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    reply = office["anna"].get(f"/records/{ORDER}/{order['id']}?expand=machine,lines.item,owner")

    found = reply.body["expanded"]
    assert found["machine"][office.ids["m1"]]["values"]["code"] == "M1"
    assert found["lines.item"][office.ids["bolt"]]["values"]["price"] == "2.00"
    assert found["owner"] == {office["anna"].id: {"id": office["anna"].id, "name": "Anna", "login": "anna"}}


def test_a_list_brings_what_its_records_point_at_once(office: Office):
    for _ in range(2):
        office["anna"].create(ORDER, **an_order(office))

    reply = office["anna"].get(f"/records/{ORDER}?fields=number&expand=machine")

    assert list(reply.body["expanded"]["machine"]) == [office.ids["m1"]]
    assert len(reply.body["items"]) == 2


def test_hidden_fields_of_what_is_pointed_at_stay_hidden(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))
    path = f"/records/{ORDER}/{order['id']}?expand=lines.item"

    mine, his = (
        office[login].get(path).body["expanded"]["lines.item"][office.ids["bolt"]] for login in ("anna", "otto")
    )

    assert "bought_for" not in mine["values"]
    assert his["values"]["bought_for"] == "1.25"


def test_what_the_reader_may_not_see_is_not_expanded(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    reply = office["otto"].get(f"/records/{ORDER}/{order['id']}?expand=machine")

    assert reply.body["expanded"] == {"machine": {}}


def test_what_points_at_nothing_cannot_be_expanded(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    wrong = [
        office["anna"].get(f"/records/{ORDER}/{order['id']}?expand={path}") for path in ("number", "nothing", "margin")
    ]
    below = office["anna"].get(f"/records/{ORDER}?expand=lines.item")

    assert {(one.status, one.problems[0][1]) for one in (*wrong, below)} == {(422, "unknown_path")}


def test_without_expand_nothing_comes_along(office: Office):
    reply = office["anna"].get(f"/records/{ITEM}")

    assert "expanded" not in reply.body
