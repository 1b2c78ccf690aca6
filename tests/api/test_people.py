"""/people, /accounts, /departments and /roles."""

from typing import Any

import pytest

from tests.api.office import PASSWORD, Office
from tests.api.shop import ORDER


def test_people_are_searched_by_name_and_login(office: Office):
    found = office["anna"].get("/people", q="AN").body["items"]

    assert [(one["name"], one["login"], one["department"]) for one in found] == [("Anna", "anna", "North")]
    assert set(found[0]) == {"id", "name", "login", "department"}


def test_people_are_found_by_id_even_when_they_left(office: Office):
    office["admin"].patch(f"/accounts/{office.ids['bert']}", {"active": False})

    by_id = office["anna"].get("/people", ids=f"{office.ids['bert']},{office.ids['anna']}").body["items"]
    by_name = office["anna"].get("/people", q="bert").body["items"]

    assert [one["name"] for one in by_id] == ["Anna", "Bert"]
    assert by_name == []


def test_an_account_is_made_and_can_sign_in(office: Office):
    given = {"login": " new ", "name": "New", "password": PASSWORD, "roles": ["shop.clerk"], "language": "en"}

    made = office["admin"].post("/accounts", given)

    assert made.status == 201
    assert "password" not in str(made.body)
    person = office.another("new")
    assert person.get("/session").body["person"]["roles"] == ["shop.clerk"]


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"name": "X", "password": PASSWORD}, "/login"),
        ({"login": "x", "password": PASSWORD}, "/name"),
        ({"login": "x", "name": "X"}, "/password"),
        ({"login": "x", "name": "X", "password": "short"}, "/password"),
        ({"login": "x", "name": "X", "password": PASSWORD, "roles": ["shop.nobody"]}, "/roles/0"),
        ({"login": "x", "name": "X", "password": PASSWORD, "roles": "shop.clerk"}, "/roles"),
        ({"login": "x", "name": "X", "password": PASSWORD, "language": "tlh"}, "/language"),
        ({"login": "x", "name": "X", "password": PASSWORD, "department_id": "nowhere"}, "/department_id"),
        ({"login": "x", "name": "X", "password": PASSWORD, "superior_id": "nobody"}, "/superior_id"),
        ({"login": "x", "name": "X", "password": PASSWORD, "colour": "red"}, "/colour"),
        ({"login": "   ", "name": "X", "password": PASSWORD}, "/login"),
    ],
)
def test_an_account_that_cannot_be_is_told(office: Office, given: dict[str, Any], pointer: str):
    reply = office["admin"].post("/accounts", given)

    assert reply.status == 422
    assert pointer in {one for one, _ in reply.problems}


def test_a_login_is_taken_once(office: Office):
    given = {"login": "anna", "name": "Other", "password": PASSWORD}

    made = office["admin"].post("/accounts", given)
    changed = office["admin"].patch(f"/accounts/{office.ids['bert']}", {"login": "anna"})

    assert [(reply.status, reply.code) for reply in (made, changed)] == [(409, "login_taken")] * 2


def test_an_account_is_changed_in_part(office: Office):
    path = f"/accounts/{office.ids['anna']}"

    changed = office["admin"].patch(path, {"name": "Anna B.", "department_id": office.ids["south"], "roles": []})

    assert (changed.body["name"], changed.body["department_id"], changed.body["roles"]) == (
        "Anna B.",
        office.ids["south"],
        [],
    )
    assert office["admin"].get(path).body == changed.body
    assert office["admin"].patch(path, {"department_id": "nowhere"}).status == 422


def test_a_new_password_replaces_the_old_one(office: Office):
    office["admin"].patch(f"/accounts/{office.ids['anna']}", {"password": "another one"})

    door = office.another()
    old = door.post("/session", {"login": "anna", "password": PASSWORD})
    new = door.post("/session", {"login": "anna", "password": "another one"})

    assert (old.status, new.status) == (422, 200)


@pytest.mark.parametrize("change", [{"is_admin": False}, {"active": False}])
def test_the_last_administrator_stays(office: Office, change: dict[str, bool]):
    admin = office["admin"]

    refused = admin.patch(f"/accounts/{admin.id}", change)
    admin.patch(f"/accounts/{office.ids['otto']}", {"is_admin": True})
    allowed = admin.patch(f"/accounts/{admin.id}", change)

    assert (refused.status, refused.code) == (409, "last_admin")
    assert allowed.status == 200


def test_accounts_are_for_administrators(small_office: Office):
    otto, path = small_office["otto"], f"/accounts/{small_office.ids['anna']}"

    replies = [
        otto.get("/accounts"),
        otto.get(path),
        otto.post("/accounts", {}),
        otto.patch(path, {"is_admin": True}),
        otto.post("/departments", {"code": "X", "name": "X"}),
        otto.patch(f"/departments/{small_office.ids['north']}", {"name": "X"}),
    ]

    assert {(reply.status, reply.code, reply.body["params"]["reason"]) for reply in replies} == {
        (403, "forbidden", "admins_only")
    }


def test_all_accounts_are_listed_without_secrets(office: Office):
    items = office["admin"].get("/accounts").body["items"]

    assert len(items) == 10
    assert not any("password" in name for one in items for name in one)


def test_departments_are_a_tree_with_heads(office: Office):
    items = {one["name"]: one for one in office["anna"].get("/departments").body["items"]}

    assert items["North"]["parent_id"] == office.ids["works"]
    assert (items["North"]["head_id"], items["North"]["head"]) == (office.ids["lee"], "Lee")


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"name": "X"}, "/code"),
        ({"code": "X"}, "/name"),
        ({"code": "X", "name": "X", "parent_id": "nowhere"}, "/parent_id"),
        ({"code": "X", "name": "X", "head_id": "nobody"}, "/head_id"),
    ],
)
def test_a_department_that_cannot_be_is_told(office: Office, given: dict[str, Any], pointer: str):
    reply = office["admin"].post("/departments", given)

    assert reply.status == 422
    assert pointer in {one for one, _ in reply.problems}


def test_a_department_does_not_stand_below_itself(office: Office):
    circle = office["admin"].patch(f"/departments/{office.ids['works']}", {"parent_id": office.ids["north"]})
    taken = office["admin"].post("/departments", {"code": "N", "name": "Other"})
    nowhere = office["admin"].patch("/departments/nowhere", {"name": "X"})

    assert (circle.status, circle.problems) == (422, [("/parent_id", "tree_circle")])
    assert (taken.status, taken.code) == (409, "department_code_taken")
    assert nowhere.status == 404


def test_the_own_department_and_those_below_are_seen_by_their_lead(office: Office):
    admin = office["admin"]
    office["bert"].create(ORDER, machine=office.ids["m1"], lines=[{"item": office.ids["bolt"], "count": "1"}])
    before = len(office["lee"].list(ORDER).body["items"])

    admin.patch(f"/departments/{office.ids['south']}", {"parent_id": office.ids["north"]})

    assert (before, len(office["lee"].list(ORDER).body["items"])) == (0, 1)


def test_roles_are_listed_with_their_module(small_office: Office):
    items = small_office["admin"].get("/roles").body["items"]

    assert items[0] == {"key": "shop.clerk", "title": "文员", "module": "商店"}
