"""A module of references of every kind, written into a folder for the tests of the API: places in places, machines, jobs."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.api.office import PASSWORD, Office

PLACE, MACHINE, JOB, NOTE, PART = "yard.place", "yard.machine", "yard.job", "yard.note", "yard.part"

_ADDRESS = "https://formwork.dev/schemas/v1"


def _to(name: str, **more: Any) -> dict[str, Any]:
    return {"title": name, "type": "string", "x-field": {"type": "reference", "to": name, **more}}


def _several(name: str, **more: Any) -> dict[str, Any]:
    field = {"type": "references", "to": name, **more}
    return {"title": name, "type": "array", "items": {"type": "string"}, "x-field": field}


def _either(*names: str, **more: Any) -> dict[str, Any]:
    return {"title": "any", "type": "object", "x-field": {"type": "dynamic_reference", "to": list(names), **more}}


def _number(**settings: Any) -> dict[str, Any]:
    made = {"readOnly": True} if {"rollup", "formula", "lookup"} & set(settings) else {}
    return {"title": "数", "type": "string", "format": "decimal", "x-field": settings} | made


TEXT: Mapping[str, Any] = {"title": "文", "type": "string"}
ROW = {
    "machine": _to("machine", on_delete="cascade"),
    "spare": _several("machine", on_delete="nullify"),
    "about": _either("machine", "place", on_delete="nullify"),
    "hours": _number(),
}
ENTITIES: Mapping[str, tuple[str, Mapping[str, Any], Mapping[str, Any]]] = {
    "place": (
        "master",
        {
            "name": TEXT,
            "within": {"title": "上级", "type": "string", "x-field": {"type": "tree_parent", "on_delete": "cascade"}},
            "room": _number(),
            "weight": _number(rollup={"from": "machine", "via": "place", "value": "weight", "tree": True}),
            "left": _number(formula="room - weight"),
        },
        {
            "parent": "within",
            "rules": [
                {
                    "name": "enough_room",
                    "check": "ISBLANK(room) OR weight <= room",
                    "message": "{name} 只能承受 {room}",
                    "target": "room",
                    "in_database": True,
                }
            ],
        },
    ),
    "machine": (
        "master",
        {
            "name": TEXT,
            "place": _to("place"),
            "weight": _number(),
            "live_room": _number(lookup="place.room"),
            "room_then": _number(copy="place.room"),
            "friends": _several("machine"),
        },
        {"unique": [{"name": "once", "fields": ["name", "place"], "message": "每处只能有一台同名设备"}]},
    ),
    "job": (
        "document",
        {
            "name": TEXT,
            "machines": _several("machine", filter="ISBLANK(weight) OR weight < 100"),
            "seen": _several("place", on_delete="nullify"),
            "about": _either("machine", "place"),
            "rows": {"title": "行", "type": "array", "items": {"type": "object", "properties": ROW}},
        },
        {},
    ),
    "part": (
        "master",
        {"name": TEXT, "of": _to("machine", on_delete="cascade"), "next": _to("part", on_delete="cascade")},
        {},
    ),
    "note": ("master", {"name": TEXT, "about": _either("machine", "part", on_delete="cascade")}, {}),
}


def documents() -> dict[str, Any]:
    """Return the documents of the module by their paths in it."""
    every = ["read", "create", "update", "delete"]
    grants = [
        {"role": "keeper", "entity": name, "actions": [*every, *(["submit", "void"] if name == "job" else [])]}
        for name in ENTITIES
    ]
    grants += [{"role": "helper", "entity": name, "actions": every} for name in ("place", "machine")]
    grants += [{"role": "helper", "entity": "part", "actions": ["read"]}]
    roles = [{"name": name, "title": name} for name in ("keeper", "helper")]
    head = {"name": "yard", "version": "1.0.0", "title": "场地", "roles": roles}
    found: dict[str, Any] = {
        "module.json": {"$schema": f"{_ADDRESS}/module.schema.json", **head},
        "permissions.json": {"$schema": f"{_ADDRESS}/permissions.schema.json", "grants": grants},
        "locales/en.json": {
            "$schema": f"{_ADDRESS}/locale.schema.json",
            "texts": {
                "entities/place.json#/rules/0/message": "{name} bears {room} only",
                "entities/machine.json#/unique/0/message": "One machine of a name in a place",
            },
        },
    }
    for name, (kind, properties, more) in ENTITIES.items():
        schema = {"type": "object", "properties": dict(properties)}
        said = {"name": name, "title": name, "kind": kind, "display": "name", "schema": schema, **more}
        found[f"entities/{name}.json"] = {"$schema": f"{_ADDRESS}/entity.schema.json", **said}
    return found


def write_yard(folder: Path) -> Path:
    """Write the module into a folder and return it."""
    for path, body in documents().items():
        file = folder / "yard" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return folder


def furnish_yard(office: Office) -> dict[str, str]:
    """Add two people and three places, one in the other; return their ids by short names."""
    admin, ids = office["admin"], {}
    for login, role in (("kay", "yard.keeper"), ("hal", "yard.helper")):
        given = {"login": login, "name": login.title(), "password": PASSWORD, "roles": [role]}
        ids[login] = admin.post("/accounts", given).body["id"]
    ids["site"] = admin.create(PLACE, name="Site")["id"]
    ids["hall"] = admin.create(PLACE, name="Hall", within=ids["site"], room="100.00")["id"]
    ids["bay"] = admin.create(PLACE, name="Bay", within=ids["hall"])["id"]
    return ids
