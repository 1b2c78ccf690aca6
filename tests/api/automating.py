"""Automations for the shop of the tests: written as documents, published like any other change."""

from typing import Any

from engine.definition.schemas import address
from tests.api.office import Office


def automation(name: str, on: object, *do: dict[str, Any], entity: str = "item", **more: object) -> dict[str, Any]:
    """Return an automation; `on` may be the name of an event."""
    trigger = {"type": on} if isinstance(on, str) else on
    body = {"name": name, "title": name.title(), "entity": entity, "on": trigger, "do": list(do)} | more
    given = {key: value for key, value in body.items() if value is not None}
    return {"$schema": address("automation"), **given}


def automate(office: Office, *documents: dict[str, Any]) -> None:
    """Publish automations."""
    for one in documents:
        kept = office["admin"].put(f"/draft/documents/shop/automations/{one['name']}.json", {"document": one})
        blocking = [problem for problem in kept.body["problems"] if problem["severity"] == "error"]
        assert not blocking, blocking
    published = office["admin"].post("/publications", {"note": "automations"})
    assert published.status == 201, published


def update(values: dict[str, str], **more: object) -> dict[str, Any]:
    return {"type": "update", "set": values, **more}


def create(entity: str, values: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"type": "create", "entity": entity, "set": values, **more}


def runs(office: Office, **query: str) -> list[dict[str, Any]]:
    """Return the run log, the newest first."""
    return office["admin"].get("/automations/runs", **query).body["items"]
