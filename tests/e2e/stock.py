"""A small module of things that are counted, published while the site runs: for what is done with many records at once."""

import json
from pathlib import Path

from engine.services.scenarios import ADMIN
from tests.e2e.site import Site

FOLDER = Path(__file__).parent / "modules" / "stock"
ITEM, COUNT = "stock.item", "stock.count"
ITEMS = (("A1", "水泥", "420.00"), ("A2", "砂", "95.00"), ("A3", "石子", "88.00"))


def publish_stock(site: Site) -> None:
    """Publish the module through the API and store three items; their ids are `item.A1` and so on."""
    ask = site.desk._ask
    for file in sorted(FOLDER.rglob("*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        ask(ADMIN, "PUT", f"/draft/documents/stock/{file.relative_to(FOLDER)}", {"document": document})
    ask(ADMIN, "POST", "/publications", {"note": "what is counted"})
    for code, name, price in ITEMS:
        values = {"code": code, "name": name, "place": "一号库", "price": price}
        site.company.record(f"item.{code}", ADMIN, ITEM, values)


def values_of(site: Site, call: str, entity: str = ITEM) -> dict[str, object]:
    """Return what the API says of a record."""
    read = site.desk._ask(ADMIN, "GET", f"/records/{entity}/{site.company.ids[call]}")
    return dict(read["values"])
