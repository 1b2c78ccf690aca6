"""Why somebody can, or cannot: /explain names the grant that decides."""

import pytest

from tests.api.office import Office
from tests.api.shop import ORDER, an_order, large, submitted


def asked(office: Office, login: str, about: str, **more: str) -> dict[str, object]:
    reply = office[login].get("/explain", person=office.ids[about], entity=ORDER, **more)
    assert reply.status == 200, reply
    return reply.body


@pytest.mark.parametrize(
    ("login", "reason"),
    [("anna", "granted"), ("lee", "granted"), ("bert", "outside_scope"), ("ada", "outside_scope"), ("zoe", "no_role")],
)
def test_reading_a_record_is_explained_by_the_rule_that_decides(office: Office, login: str, reason: str):
    order = office["anna"].create(ORDER, **an_order(office))

    [told] = asked(office, "admin", login, record=order["id"], action="read")["actions"]

    may = office[login].get(f"/records/{ORDER}/{order['id']}").status == 200
    assert (told["reason"], told["allowed"]) == (reason, may)
    deciding = [one["pointer"] for one in told["rules"] if one["decides"]]
    assert deciding == {"anna": ["shop/permissions.json#/grants/0"], "lee": ["shop/permissions.json#/grants/5"]}.get(
        login, []
    )


def test_a_field_is_explained_by_what_each_grant_says_of_it(office: Office):
    order = office["anna"].create(ORDER, **an_order(office))

    [told] = asked(office, "admin", "anna", record=order["id"], action="read", field="margin")["actions"]

    assert (told["allowed"], told["reason"], told["access"]) == (False, "field_closed", "hidden")
    assert [(one["role"], one["access"]) for one in told["rules"]] == [("shop.clerk", "hidden")]


def test_an_approval_explains_who_sees_a_record_without_a_grant(office: Office):
    order = submitted(office, **large(office))
    seat = office["dora"].approval(order)["my_seat"]
    office["dora"].try_decide("transfer", seat, to=office.ids["zoe"])

    [told] = asked(office, "admin", "zoe", record=order["id"], action="read")["actions"]

    assert (told["allowed"], told["reason"]) == (True, "seat")


def test_only_administrators_ask_about_others_and_nobody_learns_what_exists(small_office: Office):
    order = small_office["anna"].create(ORDER, **an_order(small_office))

    other = small_office["bert"].get("/explain", person=small_office.ids["anna"], entity=ORDER)
    there, missing = (
        asked(small_office, "bert", "bert", record=record)["actions"] for record in (order["id"], "no such record")
    )

    assert (other.status, other.body["params"]["reason"]) == (403, "admins_only")
    assert there == missing


def test_what_would_be_needed_is_named_where_something_is_not_allowed(small_office: Office):
    order = small_office["anna"].create(ORDER, **an_order(small_office))

    [read] = asked(small_office, "admin", "bert", record=order["id"], action="read")["actions"]
    [margin] = asked(small_office, "anna", "anna", record=order["id"], action="update", field="margin")["actions"]

    assert {one["role"] for one in read["needed"]} == {
        "shop.lead",
        "shop.driver",
        "shop.keeper",
        "shop.auditor",
        "shop.chief",
    }
    assert {one["role"] for one in margin["needed"]} == {"shop.driver", "shop.chief"}


def test_an_unknown_action_and_field_are_named_together(small_office: Office):
    reply = small_office["admin"].get("/explain", entity=ORDER, action="fly", field="wings")

    assert reply.problems == [("/field", "unknown_path"), ("/action", "unknown_action")]
