"""The people and records with which every test of the neutral shop begins."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.api.office import PASSWORD, Office, Person

MODULES = Path(__file__).parent / "modules"
ORDER, ITEM, RECEIPT, BOOKING, STOCK = "shop.order", "shop.item", "shop.receipt", "shop.booking", "shop.stock"

PEOPLE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "anna": ("north", ("shop.clerk",)),
    "bert": ("south", ("shop.clerk",)),
    "lee": ("north", ("shop.lead",)),
    "dora": ("south", ()),
    "kim": ("south", ("shop.keeper",)),
    "ken": ("south", ("shop.keeper",)),
    "ada": ("north", ("shop.auditor",)),
    "otto": ("works", ("shop.chief",)),
    "zoe": ("works", ()),
}
"""Department and roles by login. Dora is the driver in the team of machine M1."""


def furnish(office: Office) -> dict[str, str]:
    """Fill an installation that has only its administrator, and return the ids of what is there by short names."""
    admin = office["admin"]
    ids = _departments(admin)
    for login, (department, roles) in PEOPLE.items():
        given = {"login": login, "name": login.title(), "password": PASSWORD, "roles": list(roles)}
        ids[login] = _created(admin, "/accounts", given | {"department_id": ids[department]})
    admin.patch(f"/departments/{ids['north']}", {"head_id": ids["lee"]})
    return ids | _masters(admin, ids)


def _departments(admin: Person) -> dict[str, str]:
    ids = {"works": _created(admin, "/departments", {"code": "W", "name": "Works"})}
    for name in ("north", "south"):
        given = {"code": name[0].upper(), "name": name.title(), "parent_id": ids["works"]}
        ids[name] = _created(admin, "/departments", given)
    return ids


def _masters(admin: Person, ids: Mapping[str, str]) -> dict[str, str]:
    driver = {"person": ids["dora"], "part": "driver"}
    made = {
        "m1": admin.create("shop.machine", code="M1", people=[driver]),
        "m2": admin.create("shop.machine", code="M2", people=[]),
        "hall": admin.create("shop.place", name="Hall"),
        "bolt": admin.create(ITEM, code="B1", name="Bolt", price="2.00", bought_for="1.25"),
        "nut": admin.create(ITEM, code="N1", name="Nut", price="30.00", bought_for="20.00"),
    }
    made["shelf"] = admin.create("shop.place", name="Shelf", above=made["hall"]["id"])
    found = {name: record["id"] for name, record in made.items()}
    lines = [{"item": found[name], "count": "100"} for name in ("bolt", "nut")]
    receipt = admin.create(RECEIPT, place=found["shelf"], day="2026-02-27", lines=lines)
    admin.move("submit", RECEIPT, receipt)
    return found | {"receipt": receipt["id"]}


def _created(admin: Person, path: str, given: Mapping[str, Any]) -> str:
    reply = admin.post(path, given)
    assert reply.status == 201, reply
    return str(reply.body["id"])


def an_order(office: Office, **more: object) -> dict[str, Any]:
    """Return the values of a small order of machine M1: 10 bolts, 20.00 in all."""
    values: dict[str, Any] = {"machine": office.ids["m1"], "lines": [line(office)]}
    return values | more


def line(office: Office, item: str = "bolt", count: str = "10", **more: object) -> dict[str, Any]:
    """Return one row of an order."""
    return {"item": office.ids[item], "count": count, **more}


def large(office: Office, **more: object) -> dict[str, Any]:
    """Return the values of an order that the keepers are asked about as well: 40 nuts, 1200.00 in all."""
    return an_order(office, lines=[line(office, "nut", "40")], **more)


def submitted(office: Office, login: str = "anna", **values: object) -> dict[str, Any]:
    """Create an order and hand it in."""
    person = office[login]
    return person.move("submit", ORDER, person.create(ORDER, **(values or an_order(office))))


def approved(office: Office, login: str = "anna", **values: object) -> dict[str, Any]:
    """Hand in an order, let everybody who is asked agree, and return the record as its owner sees it."""
    order = submitted(office, login, **values)
    for name in ("dora", "kim", "ken", "otto"):
        if office[name].approval(order)["my_seat"]:
            office[name].decide("agree", order)
    return office[login].read(ORDER, order["id"])
