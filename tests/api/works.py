"""People and items of the module whose records have rows inside rows."""

from collections.abc import Mapping
from pathlib import Path

from tests.api.office import PASSWORD, Office

MODULES_OF_ROWS = Path(__file__).parents[1] / "modules_of_rows"
PLAN, ITEM, USE = "works.plan", "works.item", "works.use"

_PEOPLE: Mapping[str, str] = {"paula": "works.planner", "rob": "works.reader"}


def furnish_works(office: Office) -> dict[str, str]:
    """Add the people and two items; return their ids by short names."""
    admin = office["admin"]
    ids = {}
    for login, role in _PEOPLE.items():
        given = {"login": login, "name": login.title(), "password": PASSWORD, "roles": [role]}
        ids[login] = admin.post("/accounts", given).body["id"]
    ids["bolt"] = admin.create(ITEM, name="Bolt", price="2.00", unit="box")["id"]
    ids["plate"] = admin.create(ITEM, name="Plate", price="30.00", unit="piece")["id"]
    return ids
